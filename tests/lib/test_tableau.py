"""Order of the council (L2121-1 II)."""

from datetime import date

from mairie_elus.lib.tableau import ADJOINT, MAIRE, Seat, tableau_order

MARCH, OCTOBER = date(2026, 3, 15), date(2026, 10, 4)


def councillor(key, election=MARCH, votes=4321, born=date(1970, 1, 1)):
    return Seat(key, "conseiller", 0, election, votes, born)


def test_mayor_then_deputies_in_order_of_election_then_councillors():
    seats = [
        councillor("c"),
        Seat("second", ADJOINT, 2),
        Seat("mayor", MAIRE),
        Seat("first", ADJOINT, 1),
    ]
    assert tableau_order(seats) == ["mayor", "first", "second", "c"]


def test_the_oldest_election_goes_first_even_with_fewer_votes():
    late = councillor("late", election=OCTOBER, votes=9000)
    early = councillor("early", votes=12)
    assert tableau_order([late, early]) == ["early", "late"]


def test_more_votes_go_first_on_the_same_day():
    few = councillor("few", votes=900)
    many = councillor("many", votes=901)
    assert tableau_order([few, many]) == ["many", "few"]


def test_age_decides_between_members_of_one_list():
    """CE, 25 May 1988, Caluire: never the rank on the list."""
    young = councillor("young", born=date(1999, 5, 1))
    old = councillor("old", born=date(1948, 2, 2))
    assert tableau_order([young, old]) == ["old", "young"]


def test_equal_members_keep_the_order_given():
    assert tableau_order([councillor("a"), councillor("b")]) == ["a", "b"]
