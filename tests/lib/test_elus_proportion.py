"""Groups of the council in its committees (CGCT, L2121-22)."""

from hypothesis import given
from hypothesis import strategies as st
from mairie_elus.lib.proportion import expected_seats, is_due, shares


def test_it_is_due_above_a_thousand_inhabitants():
    assert not is_due(1_000)
    assert is_due(1_001)


def test_the_largest_remainders_share_the_seats():
    assert expected_seats({"A": 19, "B": 8, "C": 6}, 8) == {"A": 5, "B": 2, "C": 1}


def test_each_tendency_has_one_seat_at_least():
    assert expected_seats({"A": 29, "B": 4}, 4) == {"A": 3, "B": 1}
    assert expected_seats({"A": 30, "B": 2, "C": 1}, 4)["C"] == 1


def test_fewer_seats_than_tendencies_cannot_satisfy_all():
    assert sum(expected_seats({"A": 10, "B": 5, "C": 1}, 2).values()) == 2


def test_a_tender_committee_may_leave_a_small_group_out():
    """L1411-5: the largest remainders decide, nobody is owed a seat."""
    found = shares({"A": 31, "B": 2}, {"A": 5}, one_each=False)
    assert [(share.expected, share.is_missing) for share in found] == [
        (5, False),
        (0, False),
    ]
    found = shares({"A": 28, "B": 3, "C": 2}, {"A": 5}, one_each=False)
    assert [share.is_missing for share in found] == [False, True, False]


def test_a_group_without_a_seat_is_told_apart():
    found = shares({"A": 24, "B": 9}, {"A": 6})
    assert [share.is_missing for share in found] == [False, True]
    assert [share.expected for share in found] == [4, 2]


def test_an_empty_council_shares_nothing():
    assert expected_seats({"A": 0}, 3) == {"A": 0}


@given(
    st.dictionaries(st.sampled_from("ABCDEF"), st.integers(1, 40), min_size=1),
    st.integers(0, 20),
)
def test_every_seat_is_given_and_no_group_is_left_out_when_there_is_room(
    members, seats
):
    result = expected_seats(members, seats)
    assert sum(result.values()) == seats
    if seats >= len(members):
        assert min(result.values()) >= 1
