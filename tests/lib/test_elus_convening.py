"""When an assembly must meet, article by article."""

from datetime import date, datetime

import pytest
from mairie_elus.lib import convening


def test_a_committee_is_convened_within_eight_days_of_its_appointment():
    assert convening.committee_deadline(date(2026, 4, 2)) == date(2026, 4, 10)


def test_the_council_meets_within_thirty_days_of_a_request():
    assert convening.request_deadline(date(2026, 11, 2)) == date(2026, 12, 2)


def test_alsace_moselle_sets_no_limit_to_a_request():
    assert convening.request_deadline(date(2026, 11, 2), local_law=True) is None


def test_the_public_is_told_fifteen_days_before_a_sitting_in_an_annex():
    assert convening.annex_notice_deadline(date(2026, 12, 17)) == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("population", "local_law", "expected"),
    [
        (999, False, None),
        (1_000, False, date(2026, 9, 22)),
        (3_499, True, None),
        (3_500, True, date(2026, 9, 22)),
    ],
)
def test_internal_rules_are_due_within_six_months(population, local_law, expected):
    installed = date(2026, 3, 22)
    due = convening.internal_rules_deadline(installed, population, local_law)
    assert due == expected


def test_six_months_after_the_end_of_august_end_with_february():
    assert convening.internal_rules_deadline(date(2026, 8, 31), 2_000) == date(
        2027, 2, 28
    )


@pytest.mark.parametrize(
    ("elected", "due"),
    [
        (date(2026, 3, 22), datetime(2026, 3, 23, 18)),  # a Sunday
        (date(2026, 3, 20), datetime(2026, 3, 23, 18)),  # a Friday
        (date(2026, 3, 23), datetime(2026, 3, 30, 18)),  # a Monday
    ],
)
def test_the_table_is_due_on_monday_at_six_in_the_evening(elected, due):
    assert convening.tableau_deadline(elected) == due


@pytest.mark.parametrize(
    ("day", "months", "first", "last"),
    [
        (date(2026, 12, 17), 3, date(2026, 10, 1), date(2026, 12, 31)),
        (date(2028, 2, 29), 3, date(2028, 1, 1), date(2028, 3, 31)),
        (date(2026, 6, 30), 3, date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), 6, date(2026, 7, 1), date(2026, 12, 31)),
        (date(2026, 6, 30), 6, date(2026, 1, 1), date(2026, 6, 30)),
    ],
)
def test_a_body_meets_once_a_quarter_or_half_a_year(day, months, first, last):
    assert convening.period_of(day, months) == (first, last)


@pytest.mark.parametrize(
    ("absences", "effect"),
    [(0, ""), (2, ""), (3, "exclusion"), (4, "exclusion"), (5, "loss"), (9, "loss")],
)
def test_five_unexcused_absences_lose_the_seat_in_alsace_moselle(absences, effect):
    assert convening.absence_effect(absences) == effect
