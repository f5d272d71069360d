"""The delays of notice, article by article, with worked dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mairie_base.lib.legal_calendar import earliest_meeting_date, latest_notice_date
from mairie_elus.lib import notice
from mairie_elus.lib.notice import (
    CAO,
    CCAS,
    COMMISSION,
    COUNCIL,
    EPCI,
    INSTALLATION,
    ORDINARY,
    SECOND_CALL,
    URGENT,
    notice_rule,
)


def latest(meeting, *args, **kwargs):
    """Last lawful day of sending, the way the models compute it."""
    rule = notice_rule(meeting, *args, **kwargs)
    return latest_notice_date(meeting, rule.clear_days)


def advised(meeting, *args, **kwargs):
    rule = notice_rule(meeting, *args, **kwargs)
    return latest_notice_date(meeting, rule.advised_clear_days)


LARGE, SMALL = 18_000, 1_200
THURSDAY = date(2026, 12, 17)

WORKED = [
    # meeting, population, body, call, options, last lawful day
    (THURSDAY, LARGE, COUNCIL, ORDINARY, {}, date(2026, 12, 11)),
    (THURSDAY, SMALL, COUNCIL, ORDINARY, {}, date(2026, 12, 13)),
    (THURSDAY, SMALL, COUNCIL, ORDINARY, {"local_law": True}, date(2026, 12, 14)),
    (THURSDAY, SMALL, COUNCIL, URGENT, {"local_law": True}, date(2026, 12, 16)),
    (THURSDAY, LARGE, CCAS, ORDINARY, {}, date(2026, 12, 14)),
    (date(2026, 11, 30), LARGE, COUNCIL, ORDINARY, {}, date(2026, 11, 24)),
    (date(2026, 11, 30), SMALL, COUNCIL, ORDINARY, {}, date(2026, 11, 26)),
    (date(2026, 11, 30), SMALL, COUNCIL, URGENT, {}, date(2026, 11, 28)),
    (date(2026, 11, 30), LARGE, COUNCIL, URGENT, {}, date(2026, 11, 28)),
    (date(2026, 12, 28), SMALL, COUNCIL, ORDINARY, {}, date(2026, 12, 24)),
    (date(2027, 1, 4), LARGE, COUNCIL, ORDINARY, {}, date(2026, 12, 29)),
    (date(2027, 1, 4), SMALL, COUNCIL, ORDINARY, {}, date(2026, 12, 31)),
    (date(2027, 3, 1), LARGE, COUNCIL, ORDINARY, {}, date(2027, 2, 23)),
    (date(2028, 3, 2), LARGE, COUNCIL, ORDINARY, {}, date(2028, 2, 25)),
    (date(2028, 3, 2), LARGE, COUNCIL, URGENT, {}, date(2028, 2, 29)),
    (date(2026, 3, 20), LARGE, COUNCIL, INSTALLATION, {}, date(2026, 3, 16)),
    (date(2026, 3, 20), SMALL, COUNCIL, INSTALLATION, {}, date(2026, 3, 16)),
    (date(2026, 4, 9), LARGE, EPCI, INSTALLATION, {}, date(2026, 4, 3)),
    (date(2026, 4, 9), SMALL, EPCI, ORDINARY, {}, date(2026, 4, 3)),
    (date(1989, 12, 26), SMALL, COUNCIL, ORDINARY, {}, date(1989, 12, 22)),
    (date(2026, 12, 28), 3_499, COUNCIL, ORDINARY, {}, date(2026, 12, 24)),
    (date(2026, 12, 28), 3_500, COUNCIL, ORDINARY, {}, date(2026, 12, 22)),
]


@pytest.mark.parametrize(
    ("meeting", "population", "body", "call", "options", "expected"), WORKED
)
def test_latest_lawful_day(meeting, population, body, call, options, expected):
    assert latest(meeting, body, population, call, **options) == expected


def test_a_day_at_least_without_francs_advises_one_day_earlier():
    monday, sunday = date(2026, 12, 14), date(2026, 12, 13)
    assert latest(THURSDAY, CCAS, LARGE) == monday
    assert advised(THURSDAY, CCAS, LARGE) == sunday
    assert latest(THURSDAY, COUNCIL, SMALL, local_law=True) == monday
    assert advised(THURSDAY, COUNCIL, SMALL, local_law=True) == sunday


def test_clear_days_need_no_earlier_advice():
    assert advised(THURSDAY, COUNCIL, LARGE) == latest(THURSDAY, COUNCIL, LARGE)


def test_a_classified_installation_binds_a_small_commune_to_five_days_and_a_note():
    """L2121-12: 1,200 inhabitants, sent four clear days before."""
    sent = THURSDAY - timedelta(days=5)
    assert sent > latest(THURSDAY, COUNCIL, SMALL, icpe=True)
    assert sent <= latest(THURSDAY, COUNCIL, SMALL)
    assert notice_rule(THURSDAY, COUNCIL, SMALL, icpe=True).note_required


def test_the_note_is_due_from_3500_inhabitants():
    assert notice_rule(THURSDAY, COUNCIL, 3_500).note_required
    assert not notice_rule(THURSDAY, COUNCIL, 3_499).note_required


def test_the_note_is_always_due_in_an_intercommunal_council():
    assert notice_rule(THURSDAY, EPCI, 300).note_required


def test_the_social_board_gets_a_report_from_3500_inhabitants():
    assert notice_rule(THURSDAY, CCAS, 3_500).note_required
    assert not notice_rule(THURSDAY, CCAS, 3_499).note_required


def test_the_day_before_is_not_enough_in_a_large_commune_of_alsace_moselle():
    rule = notice_rule(THURSDAY, COUNCIL, LARGE, URGENT, local_law=True)
    assert (rule.days, rule.is_clear) == (1, True)
    assert notice_rule(THURSDAY, COUNCIL, LARGE, local_law=True).days == 5


def test_second_call_leaves_three_clear_days():
    """L2121-17: failed on Monday 14, notices the same day, Friday 18 at the earliest."""
    rule = notice_rule(date(2026, 12, 18), COUNCIL, LARGE, SECOND_CALL)
    assert earliest_meeting_date(date(2026, 12, 14), rule.clear_days) == date(
        2026, 12, 18
    )
    friday, monday = date(2026, 12, 11), date(2026, 12, 14)
    assert friday > latest(monday, COUNCIL, LARGE, SECOND_CALL)


def test_second_call_of_alsace_moselle_has_no_interval_of_its_own():
    rule = notice_rule(THURSDAY, COUNCIL, SMALL, SECOND_CALL, local_law=True)
    assert rule.code == "local_law"


def test_second_call_of_an_intercommunal_council_follows_the_same_interval():
    assert notice_rule(THURSDAY, EPCI, LARGE, SECOND_CALL).days == 3


def test_urgency_of_an_intercommunal_council_leaves_one_clear_day():
    assert notice_rule(THURSDAY, EPCI, LARGE, URGENT).clear_days == 1


def test_the_social_board_knows_no_urgency():
    with pytest.raises(notice.UrgencyNotAllowedError):
        notice_rule(THURSDAY, CCAS, LARGE, URGENT)


@pytest.mark.parametrize("body", [COMMISSION, CAO])
def test_the_law_sets_no_delay_for_commissions(body):
    assert notice_rule(THURSDAY, body, LARGE) is None


def test_a_published_example_with_a_holiday_inside():
    """Meeting on the 28th, holiday on the 25th: the 24th is lawful, not the 25th."""
    assert latest(date(2026, 12, 28), COUNCIL, SMALL) == date(2026, 12, 24)


def test_a_thursday_meeting_is_convened_on_the_friday_of_the_week_before():
    assert latest(THURSDAY, COUNCIL, LARGE).weekday() == 4


def test_a_past_meeting_keeps_the_law_of_its_day():
    now = notice.PARAMETERS[0]
    reform = notice.NoticeParameters(
        **{
            **{f: getattr(now, f) for f in now.__dataclass_fields__},
            "since": date(2030, 1, 1),
            "large_days": 7,
        }
    )
    table = (now, reform)
    assert notice_rule(date(2029, 12, 31), COUNCIL, LARGE, table=table).days == 5
    assert notice_rule(date(2030, 1, 1), COUNCIL, LARGE, table=table).days == 7


def test_a_body_may_only_add_to_the_legal_delay():
    law = notice_rule(THURSDAY, COUNCIL, LARGE)
    rows = [
        {
            "since": date(2020, 1, 1),
            "days": 2,
            "is_clear": True,
            "note_required": False,
        },
        {
            "since": date(2026, 6, 1),
            "days": 8,
            "is_clear": True,
            "note_required": False,
        },
    ]
    assert notice.own_rule(rows, date(2019, 1, 1), "RI") is None
    before = notice.own_rule(rows, date(2026, 5, 31), "RI")
    assert notice.strictest(law, before) == law
    after = notice.strictest(law, notice.own_rule(rows, THURSDAY, "RI"))
    assert (after.days, after.note_required) == (8, True)
    assert notice.strictest(None, before) == before
    assert notice.strictest(None, None) is None


def test_the_new_council_meets_between_friday_and_sunday():
    """L2121-7, first round of Sunday 15 March 2026."""
    assert notice.installation_window(date(2026, 3, 15)) == (
        date(2026, 3, 20),
        date(2026, 3, 22),
    )


@pytest.mark.parametrize(
    ("in_office", "population", "local_law", "expected"),
    [
        (19, 1_500, False, 7),
        (15, 800, False, 8),
        (33, 18_000, False, 11),
        (15, 800, True, 5),
    ],
)
def test_members_may_oblige_the_mayor_to_convene(
    in_office, population, local_law, expected
):
    assert notice.requests_needed(in_office, population, local_law) == expected


@given(
    meeting=st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    population=st.integers(0, 400_000),
    call=st.sampled_from([ORDINARY, URGENT, INSTALLATION, SECOND_CALL]),
    local_law=st.booleans(),
    icpe=st.booleans(),
)
def test_weekends_and_holidays_never_move_the_last_day(
    meeting, population, call, local_law, icpe
):
    rule = notice_rule(
        meeting, COUNCIL, population, call, local_law=local_law, icpe=icpe
    )
    last = latest_notice_date(meeting, rule.clear_days)
    assert meeting - last == timedelta(days=rule.clear_days + 1)
    assert earliest_meeting_date(last, rule.clear_days) == meeting
