"""Associated communes of Polynesia: sizes of the sections, prime, shares (L438)."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from mairie_scrutin.lib.associated import (
    PrimeError,
    allocate_associated,
    section_sizes,
    spread_prime,
)
from mairie_scrutin.lib.seat_allocation import (
    NoAdmittedListError,
    SeatError,
    TieError,
    allocate,
)

PEOPLE = {"A": 5000, "B": 2100, "C": 900}
SIZES = {"A": 19, "B": 8, "C": 2}
VOTES = {
    "tavana": {"A": 900, "B": 500, "C": 20},
    "fenua": {"A": 700, "B": 200, "C": 180},
    "moana": {"A": 30, "B": 30, "C": 40},  # 100 of 2 600: under 5 %
}


def test_sections_are_sized_by_population_and_have_one_seat_at_least():
    assert section_sizes(PEOPLE, 29) == {"A": 19, "B": 7, "C": 3}
    assert section_sizes({"A": 9000, "B": 40}, 29) == {"A": 28, "B": 1}
    with pytest.raises(SeatError):
        section_sizes(PEOPLE, 2)
    with pytest.raises(TieError):
        section_sizes({"A": 500, "B": 500}, 3)


def test_the_prime_goes_to_the_sections_by_population():
    """29 seats: prime 15; one to the section of two, 14 shared between the others."""
    assert spread_prime(SIZES, PEOPLE, 15) == {"A": 10, "B": 4, "C": 1}


def test_a_section_of_one_seat_gets_no_prime():
    spread = spread_prime({"A": 13, "B": 1, "C": 1}, PEOPLE, 8)
    assert spread == {"A": 8, "B": 0, "C": 0}


def test_a_prime_without_room_is_not_guessed():
    with pytest.raises(PrimeError):
        spread_prime(dict.fromkeys("ABCDEFG", 2) | {"H": 1}, {}, 8)
    with pytest.raises(PrimeError):
        spread_prime({"A": 3, **dict.fromkeys("BCDEFG", 1)}, {"A": 900}, 5)


def test_the_other_seats_follow_the_votes_of_each_section():
    """A: 9 left, 900 to 700; B: 4 left, 500 to 200; C: the one left, 180 to 20."""
    share = allocate_associated(VOTES, SIZES, PEOPLE, round=1)
    assert share.whole.prime_list == "tavana"
    assert share.seats == {
        "tavana": {"A": 15, "B": 7, "C": 1},
        "fenua": {"A": 4, "B": 1, "C": 1},
        "moana": {"A": 0, "B": 0, "C": 0},
    }
    assert share.whole.seats == {"tavana": 23, "fenua": 6, "moana": 0}
    assert [step.section for step in share.whole.steps] == [*"A" * 9, *"B" * 4, "C"]


def test_a_list_strong_in_one_section_but_under_five_percent_gets_nothing():
    votes = VOTES | {"moana": {"A": 0, "B": 0, "C": 120}}  # first in C, 4.6 % in all
    share = allocate_associated(votes, SIZES, PEOPLE, round=2)
    assert share.whole.excluded == ("moana",)
    assert share.seats["moana"] == {"A": 0, "B": 0, "C": 0}


def test_no_majority_is_a_second_round():
    votes = {"x": {"A": 5, "B": 5}, "y": {"A": 5, "B": 5}}
    share = allocate_associated(votes, {"A": 8, "B": 7}, {"A": 9, "B": 8}, round=1)
    assert not share.whole.decided
    assert share.seats == {}


def test_the_oldest_next_candidate_of_the_section_settles_a_tie():
    votes = {"x": {"A": 30, "B": 10}, "y": {"A": 20, "B": 10}}
    terms = (votes, {"A": 3, "B": 2}, {"A": 900, "B": 300})
    with pytest.raises(TieError) as error:
        allocate_associated(*terms)
    assert error.value.section == "B"
    # x has the prime in B: its second name there against the first one of y
    ages = {"x": {"B": [30, 41]}, "y": {"B": [40, 80]}}
    share = allocate_associated(*terms, candidate_ages=ages)
    assert share.seats["x"]["B"] == 2


def test_a_seat_beyond_the_names_of_the_section_stays_vacant():
    names = {"tavana": {"A": 14, "B": 10, "C": 4}}
    share = allocate_associated(VOTES, SIZES, PEOPLE, candidates=names)
    assert share.seats["tavana"]["A"] == 14
    assert share.whole.vacant == {"tavana": 1}


@given(
    st.lists(st.integers(1, 9000), min_size=2, max_size=6, unique=True),
    st.lists(st.lists(st.integers(0, 900), min_size=6, max_size=6), min_size=1),
    st.integers(11, 35),
)
def test_each_section_is_filled_and_the_prime_is_that_of_the_commune(
    people, rows, seats
):
    populations = dict(enumerate(people))
    votes = {
        f"L{rank}": dict(enumerate(row[: len(people)])) for rank, row in enumerate(rows)
    }
    try:
        sizes = section_sizes(populations, seats)
        share = allocate_associated(votes, sizes, populations)
    except (TieError, NoAdmittedListError, PrimeError):
        assume(False)
    assert sum(sizes.values()) == seats
    assert min(sizes.values()) >= 1
    for section, size in sizes.items():
        assert sum(cells[section] for cells in share.seats.values()) == size
    totals = {key: sum(cells.values()) for key, cells in votes.items()}
    assert share.whole.prime == sum(share.prime.values()) == -(-seats // 2)
    assert totals[share.whole.prime_list] == max(totals.values())


def test_one_section_is_a_commune_like_the_others():
    votes = {key: {"A": sum(cells.values())} for key, cells in VOTES.items()}
    share = allocate_associated(votes, {"A": 29}, {"A": 8000}, round=1)
    whole = allocate({key: row["A"] for key, row in votes.items()}, 29, "polynesie")
    assert share.whole.seats == whole.seats
