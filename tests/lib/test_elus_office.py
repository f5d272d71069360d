"""What the election of a mayor or of deputies changes in the council."""

import pytest
from mairie_elus.lib.office import Change, changes, deputies_allowed
from mairie_elus.lib.tableau import Seat

COUNCIL = [
    Seat("maire", "maire"),
    Seat("first", "adjoint", 1),
    Seat("second", "adjoint", 2),
    Seat("one", "conseiller"),
    Seat("two", "conseiller"),
]


def test_a_former_mayor_goes_on_as_a_councillor():
    assert changes(COUNCIL, ["one"], "maire", renews=True) == [
        Change("one", "maire"),
        Change("maire", "conseiller"),
    ]


def test_the_mayor_elected_again_changes_nothing():
    assert changes(COUNCIL, ["maire"], "maire", renews=True) == []


def test_a_deputy_elected_mayor_leaves_his_rank():
    assert changes(COUNCIL, ["first"], "maire", renews=True)[0] == Change(
        "first", "maire", 0
    )


def test_a_new_list_of_deputies_takes_the_ranks_of_its_order():
    assert changes(COUNCIL, ["two", "first"], "adjoint", renews=True) == [
        Change("two", "adjoint", 1),
        Change("first", "adjoint", 2),
        Change("second", "conseiller"),
    ]


def test_a_deputy_more_comes_after_those_in_office():
    assert changes(COUNCIL, ["one"], "adjoint", renews=False) == [
        Change("one", "adjoint", 3)
    ]


def test_who_does_not_sit_in_the_council_is_left_out():
    assert changes(COUNCIL, ["stranger"], "adjoint", renews=False) == []


def test_only_offices_of_the_council_are_known():
    with pytest.raises(ValueError, match="mayor or deputies"):
        changes(COUNCIL, ["one"], "president", renews=True)


@pytest.mark.parametrize(
    ("seats", "elected", "population", "allowed"),
    [
        (7, 7, 80, 2),
        (7, 5, 80, 1),  # complete with five members
        (11, 9, 400, 2),
        (15, 13, 640, 3),
        (19, 19, 1_800, 5),
        (33, 30, 18_000, 9),  # vacant seats change nothing above 1,000
        (55, 55, 60_000, 16),  # CE, 24/04/1985, Aix-en-Provence
        (59, 59, 150_000, 22),  # 17, and 5 for the districts
    ],
)
def test_a_council_has_so_many_deputies(seats, elected, population, allowed):
    assert deputies_allowed(seats, elected, population) == allowed
