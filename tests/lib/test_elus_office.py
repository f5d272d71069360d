"""What the election of a mayor or of deputies changes in the council."""

import pytest
from mairie_elus.lib.office import (
    Change,
    changes,
    deputies_allowed,
    may_elect_one_deputy,
    may_succeed,
    members_missing,
)
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


def test_the_council_may_give_the_vacated_rank():
    """L2122-10: the first deputy has left; the second one has moved up or not."""
    left = [seat for seat in COUNCIL if seat.key != "first"]
    kept = changes(left, ["one"], "adjoint", renews=False, rank=1)
    assert kept == [Change("one", "adjoint", 1)]
    moved_up = [
        Seat("second", "adjoint", 1) if seat.key == "second" else seat for seat in left
    ]
    assert changes(moved_up, ["one"], "adjoint", renews=False, rank=1) == [
        Change("one", "adjoint", 1),
        Change("second", "adjoint", 2),
    ]


@pytest.mark.parametrize(
    ("sexes", "predecessors", "population", "allowed"),
    [
        (["F"], ["F"], 1_000, True),
        (["M"], ["F"], 1_000, False),
        (["M"], ["F"], 999, True),  # free below 1,000 (Sénat, QE 05045)
        (["F", "F"], ["F", "F"], 18_000, True),  # as they were, not one in turn
        (["M", "F"], ["F", "M"], 18_000, True),
        (["F", "M"], ["F"], 18_000, False),
    ],
)
def test_a_deputy_succeeds_somebody_of_the_same_sex(
    sexes, predecessors, population, allowed
):
    assert may_succeed(sexes, predecessors, population) is allowed


@pytest.mark.parametrize(
    ("in_office", "complete", "seats", "missing", "one_deputy"),
    [
        (33, 33, 33, 0, True),
        (31, 33, 33, 2, True),
        (23, 33, 33, 10, True),
        (22, 33, 33, 11, False),  # a third is lost
        (13, 13, 15, 0, True),  # 500 to 999 inhabitants: complete with thirteen
        (4, 5, 7, 1, False),  # fewer than five
    ],
)
def test_the_council_is_completed_before_it_elects(
    in_office, complete, seats, missing, one_deputy
):
    """L2122-8."""
    assert members_missing(in_office, complete) == missing
    assert may_elect_one_deputy(in_office, seats) is one_deputy


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
