from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mairie_base.lib.legal_calendar import (
    ZONES,
    earliest_meeting_date,
    easter_sunday,
    is_public_holiday,
    latest_notice_date,
    public_holidays,
)


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (1989, date(1989, 3, 26)),
        (2000, date(2000, 4, 23)),
        (2008, date(2008, 3, 23)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter(year, expected):
    assert easter_sunday(year) == expected


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_of_early_spring(year):
    easter = easter_sunday(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


def test_the_eleven_holidays_of_metropolitan_france():
    assert list(public_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 8),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 14),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
    ]


@pytest.mark.parametrize(
    "day", [date(2027, 3, 29), date(2027, 5, 6), date(2027, 5, 17)]
)
def test_movable_holidays_of_2027(day):
    assert is_public_holiday(day)


@pytest.mark.parametrize(
    ("zone", "extra"),
    [
        ("alsace_moselle", {(4, 3), (12, 26)}),
        ("mayotte", {(4, 27)}),
        ("martinique", {(5, 22)}),
        ("guadeloupe", {(5, 27)}),
        ("saint_martin", {(5, 28)}),
        ("guyane", {(6, 10)}),
        ("saint_barthelemy", {(10, 9)}),
        ("reunion", {(12, 20)}),
        ("saint_pierre_et_miquelon", set()),
        ("nouvelle_caledonie", {(9, 24)}),
        ("polynesie", {(3, 5), (4, 3), (11, 20)}),
        ("wallis_et_futuna", {(4, 28), (7, 29)}),
    ],
)
def test_each_zone_adds_its_own_days(zone, extra):
    added = set(public_holidays(2026, zone)) - set(public_holidays(2026))
    assert {(day.month, day.day) for day in added} == extra


def test_polynesia_replaced_the_feast_of_autonomy_in_2025():
    assert is_public_holiday(date(2024, 6, 29), "polynesie")
    assert not is_public_holiday(date(2025, 6, 29), "polynesie")
    assert is_public_holiday(date(2025, 11, 20), "polynesie")


def test_two_holidays_on_one_day_are_both_named():
    assert public_holidays(2008)[date(2008, 5, 1)] == "Ascension et Fête du Travail"


def test_every_zone_has_a_french_name_and_the_eleven_days():
    for zone, name in ZONES.items():
        assert name
        assert public_holidays(2026).keys() <= public_holidays(2026, zone).keys()


def test_an_unknown_zone_is_refused():
    with pytest.raises(ValueError, match="atlantide"):
        public_holidays(2026, "atlantide")


@pytest.mark.parametrize(
    ("meeting", "clear_days", "latest"),
    [
        (date(2026, 12, 17), 5, date(2026, 12, 11)),
        (date(2026, 12, 17), 3, date(2026, 12, 13)),
        # "three days at least", not clear ones: Alsace-Moselle, board of a CCAS
        (date(2026, 12, 17), 2, date(2026, 12, 14)),
        # "the day before": urgency in Alsace-Moselle
        (date(2026, 12, 17), 0, date(2026, 12, 16)),
        (date(2026, 11, 30), 5, date(2026, 11, 24)),
        (date(2026, 11, 30), 3, date(2026, 11, 26)),
        (date(2026, 11, 30), 1, date(2026, 11, 28)),
        (date(2026, 12, 28), 3, date(2026, 12, 24)),
        (date(2027, 1, 4), 5, date(2026, 12, 29)),
        (date(2027, 1, 4), 3, date(2026, 12, 31)),
        (date(2027, 3, 1), 5, date(2027, 2, 23)),
        (date(2028, 3, 2), 5, date(2028, 2, 25)),
        (date(2028, 3, 2), 1, date(2028, 2, 29)),
        (date(2026, 3, 20), 3, date(2026, 3, 16)),
        (date(2026, 4, 9), 5, date(2026, 4, 3)),
    ],
)
def test_latest_lawful_day_of_sending(meeting, clear_days, latest):
    assert latest_notice_date(meeting, clear_days) == latest


def test_a_notice_of_21_december_1989_for_the_26th_was_lawful():
    assert date(1989, 12, 21) <= latest_notice_date(date(1989, 12, 26), 3)


def test_second_call_of_the_same_day_meets_on_friday_at_the_earliest():
    assert earliest_meeting_date(date(2026, 12, 14), 3) == date(2026, 12, 18)


@given(st.dates(), st.integers(0, 30))
def test_neither_the_first_nor_the_last_day_counts(notice, clear_days):
    if notice > date.max - timedelta(days=40):
        return
    meeting = earliest_meeting_date(notice, clear_days)
    assert latest_notice_date(meeting, clear_days) == notice
    assert (meeting - notice).days - 1 == clear_days


def test_a_negative_number_of_days_is_refused():
    with pytest.raises(ValueError, match="negative"):
        latest_notice_date(date(2026, 12, 17), -1)
