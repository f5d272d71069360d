"""Quorum: R10 to R13, with published and worked figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mairie_elus.lib.quorum import Attendance, is_reached, quorum


@pytest.mark.parametrize(
    ("in_office", "needed"),
    [
        (11, 6),
        (8, 5),
        (7, 4),
        (15, 8),
        (18, 10),
        (19, 10),
        (23, 12),
        (27, 14),
        (29, 15),
        (33, 17),
        (35, 18),
        (53, 27),
        (17, 9),  # CCAS: 8 elected, 8 appointed, the mayor
        (6, 4),  # CAO, 3,500 inhabitants or more
        (4, 3),  # CAO, fewer
    ],
)
def test_more_than_half_of_the_members_in_office(in_office, needed):
    assert quorum(in_office) == needed


def test_vacant_seats_lower_the_quorum():
    assert quorum(33) == 17
    assert quorum(33 - 2) == 16


def test_members_with_a_personal_interest_do_not_count():
    """19 in office, 10 present, 2 interested: 8 able, 10 needed (CE Chauré, 1983)."""
    assert not is_reached(Attendance(19, 10, barred=2))


def test_unpaid_representatives_leave_the_number_in_office_for_a_contract():
    """L1111-6 II: 9 of 17 members, 9 needed."""
    attendance = Attendance(19, 11, stepping_aside=2)
    assert (attendance.counted, attendance.needed) == (9, 9)
    assert is_reached(attendance)


def test_unpaid_representatives_count_for_a_subsidy():
    assert is_reached(Attendance(19, 11))


def test_paid_representatives_count_as_interested():
    assert not is_reached(Attendance(19, 11, barred=2))


@pytest.mark.parametrize(("present", "reached"), [(10, False), (11, True)])
def test_the_mayor_does_not_count_for_his_accounts(present, reached):
    assert is_reached(Attendance(19, present, barred=1)) is reached


def test_no_quorum_is_asked_on_a_second_call():
    assert is_reached(Attendance(33, 3), second_call=True)


def test_alsace_moselle_asks_none_when_half_of_the_council_is_interested():
    """Those who are away count: L2541-4 says "personally interested", not "present"."""
    room = Attendance(14, 8, barred=3, interested=7)
    assert is_reached(room, local_law=True)
    assert not is_reached(room)
    assert not is_reached(Attendance(14, 8, barred=3, interested=6), local_law=True)


@pytest.mark.parametrize(("present", "margin"), [(19, 2), (17, 0), (16, -1)])
def test_margin_says_how_many_may_still_leave(present, margin):
    assert Attendance(33, present).margin == margin


def test_a_negative_number_is_refused():
    with pytest.raises(ValueError, match="in_office"):
        quorum(-1)


@given(st.integers(1, 400))
def test_half_is_never_enough_and_half_plus_one_always(in_office):
    assert 2 * quorum(in_office) > in_office
    assert 2 * (quorum(in_office) - 1) <= in_office
