"""Seats while stations are missing: exact against every possible end, then monotone."""

import random
from fractions import Fraction
from itertools import product

import pytest
from mairie_scrutin.lib.seat_allocation import SeatError, allocate
from mairie_scrutin.lib.seat_bounds import remaining_votes, seat_bounds


def ends(votes, remaining):
    """Every end: each list may still receive votes, ``remaining`` at most in all."""
    for extra in product(range(remaining + 1), repeat=len(votes)):
        if sum(extra) <= remaining:
            yield {key: votes[key] + x for key, x in zip(votes, extra, strict=True)}


def seats_of(key, votes, seats, regime, favour, round=2):
    """Seats of ``key``, every tie by age going for or against it."""
    others = {name: 50 + rank for rank, name in enumerate(votes)}
    ages = others | {key: 90 if favour else 20}
    outcome = allocate(
        votes,
        seats,
        regime,
        round=round,
        mean_ages=ages,
        candidate_ages=ages,
    )
    return outcome.seats[key] if outcome.decided else None


def brute(votes, seats, remaining, regime, round=2):
    found = {key: [seats, 0] for key in votes}
    decided = False
    for end in ends(votes, remaining):
        for key in votes:
            try:
                low = seats_of(key, end, seats, regime, False, round)
                high = seats_of(key, end, seats, regime, True, round)
            except SeatError:
                continue
            if low is None:
                continue
            decided = True
            found[key] = [min(found[key][0], low), max(found[key][1], high)]
    return found, decided


def cases(seed, count):
    draw = random.Random(seed)
    for _turn in range(count):
        lists = "ABCD"[: draw.choice((2, 3, 3, 4))]
        votes = {key: draw.choice((0, 1, 3, draw.randint(0, 60))) for key in lists}
        if sum(votes.values()):
            remaining = draw.randint(0, 11 if len(lists) < 4 else 7)
            yield votes, draw.randint(1, 15), remaining


@pytest.mark.parametrize(
    ("regime", "seed"),
    [("l262", 1), ("polynesie", 2), ("nc_sans_prime", 3), ("l262_plm25", 4)],
)
def test_bounds_are_those_of_every_end(regime, seed):
    for votes, seats, remaining in cases(seed, 20):
        found, _decided = brute(votes, seats, remaining, regime)
        bounds = seat_bounds(votes, seats, remaining, regime, round=2)
        got = {key: [r.sure, r.possible] for key, r in bounds.ranges.items()}
        assert got == found, (votes, seats, remaining)


def test_a_first_round_claims_nothing_that_an_end_denies():
    for votes, seats, remaining in cases(5, 25):
        found, decided = brute(votes, seats, remaining, "l262", round=1)
        bounds = seat_bounds(votes, seats, remaining, "l262", round=1)
        assert (bounds.decides != "no") == decided, (votes, remaining)
        if decided:
            for key, (low, high) in found.items():
                assert bounds.ranges[key].sure <= low, (votes, seats, remaining)
                assert bounds.ranges[key].possible >= high, (votes, seats, remaining)


def test_with_nothing_missing_bounds_are_the_seats():
    votes = {"a": 1388, "b": 212, "c": 1834, "d": 1837, "e": 6589}
    bounds = seat_bounds(votes, 43, 0, round=1)
    assert bounds.decides == "sure"
    seats = {key: (row.sure, row.possible) for key, row in bounds.ranges.items()}
    assert seats == {"a": (2, 2), "b": (0, 0), "c": (3, 3), "d": (3, 3), "e": (35, 35)}


def test_seats_won_and_seats_in_play():
    """21 stations of 33 counted: a list has 20 seats whatever comes, 8 more may."""
    votes = {"Martin": 7214, "Petit": 4569, "Nguyen": 2063}
    bounds = seat_bounds(votes, 35, 1200, round=2)
    martin = bounds.ranges["Martin"]
    assert martin.sure >= 18 + 8  # the prime cannot be lost any more
    assert martin.in_play > 0
    assert sum(row.sure for row in bounds.ranges.values()) < 35
    assert sum(row.possible for row in bounds.ranges.values()) > 35


def test_bounds_only_narrow_as_stations_come_in():
    draw = random.Random(20)
    for turn in range(25):
        stations = [
            {key: draw.randint(0, 240) for key in "ABCDE"} for _rank in range(12)
        ]
        inscrits = [sum(votes.values()) + draw.randint(0, 400) for votes in stations]
        before = None
        for counted in range(1, 13):
            votes = {key: sum(s[key] for s in stations[:counted]) for key in "ABCDE"}
            bounds = seat_bounds(votes, 33, sum(inscrits[counted:]), round=2)
            if before:
                for key, row in bounds.ranges.items():
                    assert row.sure >= before.ranges[key].sure, turn
                    assert row.possible <= before.ranges[key].possible, turn
            before = bounds
        assert all(row.in_play == 0 for row in before.ranges.values())


def test_a_majority_is_sure_possible_or_out_of_reach():
    votes = {"A": 600, "B": 300, "C": 60}
    assert seat_bounds(votes, 29, 200, round=1).majority["A"] == "sure"
    later = seat_bounds(votes, 29, 700, round=1)
    assert later.majority == {"A": "possible", "B": "possible", "C": "no"}
    split = {"A": 400, "B": 390, "C": 380}
    assert seat_bounds(split, 29, 100, round=1).decides == "no"
    assert seat_bounds(split, 29, 100, round=1).ranges == {}


def test_what_missing_stations_may_hold():
    missing = [(900, None), (800, 412), (700, None)]
    assert remaining_votes(missing) == 900 + 412 + 700
    assert remaining_votes(missing, Fraction(1, 2)) == 450 + 412 + 350
    assert remaining_votes([]) == 0


@pytest.mark.parametrize("bad", [{"remaining": -1}, {"votes": {"A": -2}}])
def test_figures_below_zero_are_refused(bad):
    values = {"votes": {"A": 1}, "remaining": 0} | bad
    with pytest.raises(ValueError, match="0 or more"):
        seat_bounds(values["votes"], 5, values["remaining"])


def test_an_unknown_rule_is_refused():
    with pytest.raises(ValueError, match="Unknown regime"):
        seat_bounds({"A": 1}, 5, 0, "autre")
