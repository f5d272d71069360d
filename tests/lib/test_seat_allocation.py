"""Seats: golden figures of real elections, ties by law, properties."""

import contextlib
import csv
import json
from fractions import Fraction
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mairie_scrutin.lib.seat_allocation import (
    REGIMES,
    NoAdmittedListError,
    TieError,
    allocate,
    half,
)

DATA = Path(__file__).parent.parent / "data" / "scrutin"


def rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(line for line in file if line[0] != "#")


def numbers(text):
    return [int(part) for part in text.split()]


def seats(votes, total, regime="l262", **kwargs):
    return list(
        allocate(dict(enumerate(votes)), total, regime, **kwargs).seats.values()
    )


def golden_communes():
    for _code, group in groupby(
        rows("sieges_2026_t1_verifies"), key=lambda row: row["code_commune"]
    ):
        lists = list(group)
        yield (
            lists[0]["commune"],
            {row["rang_liste"]: int(row["voix"]) for row in lists},
            int(lists[0]["sieges_total"]),
            {row["rang_liste"]: int(row["sieges_cm_officiels"]) for row in lists},
        )


def test_every_golden_commune_of_2026_reproduces():
    communes = list(golden_communes())
    wrong = [
        name
        for name, votes, total, official in communes
        if allocate(votes, total, round=1).seats != official
    ]
    assert len(communes) == 4836
    assert wrong == []


def test_every_real_tie_goes_to_the_list_with_most_votes():
    ties = list(rows("sieges_2026_t1_egalite_moyenne"))
    assert len(ties) == 20
    for row in ties:
        votes = dict(enumerate(numbers(row["voix"])))
        outcome = allocate(votes, int(row["sieges_total"]), round=1)
        assert list(outcome.seats.values()) == numbers(row["sieges_cm_officiels"]), row
        assert outcome.prime == int(row["prime"])
        assert outcome.steps[-1].rule == "most_votes"
        assert len(outcome.steps[-1].tied) > 1


def test_each_published_anomaly_is_flagged():
    """Round 1 by the law never gives the split that was published by mistake."""
    anomalies = list(rows("sieges_2026_t1_anomalies"))
    assert len(anomalies) == 49
    for row in anomalies:
        votes = dict(enumerate(numbers(row["voix"])))
        total, published = int(row["sieges_total"]), numbers(row["sieges_publies"])
        outcome = allocate(votes, total, round=1)
        if "pas_de_majorite" in row["diagnostic"]:
            assert not outcome.decided
            continue
        if "nouvelle_caledonie" in row["diagnostic"]:
            assert seats(votes.values(), total, "nc_sans_prime") == published
            continue
        assert list(outcome.seats.values()) == numbers(row["sieges_L262"]), row
        assert list(outcome.seats.values()) != published


def test_municipal_and_community_seats_of_2014():
    for row in rows("sieges_cm_cc_2014_cites"):
        votes, turn = numbers(row["voix"]), int(row["tour"])
        cm = seats(votes, int(row["sieges_cm"]), round=turn)
        assert cm == numbers(row["repartition_cm"]), row
        if row["sieges_cc"] and row["repartition_cc"]:
            cc = seats(votes, int(row["sieges_cc"]), "cc", round=turn)
            assert cc == numbers(row["repartition_cc"]), row


@pytest.mark.parametrize("total", [74, 79])
def test_european_seats_of_2019(total):
    lists = list(rows("europeennes_2019_national"))
    votes = {row["liste"]: int(row["voix"]) for row in lists}
    official = {row["liste"]: int(row[f"sieges_{total}"]) for row in lists}
    assert allocate(votes, total, "national").seats == official


@pytest.mark.parametrize(
    ("votes", "total", "regime", "expected"),
    [
        ([362, 188], 15, "l262", [13, 2]),  # Hautefort, CE n° 382627
        ([1388, 212, 1834, 1837, 6589], 43, "l262", [2, 0, 3, 3, 35]),
        ([366, 488], 27, "l262", [5, 22]),
        ([205, 123], 15, "l262", [13, 2]),
        ([4134, 962, 1341, 561, 228], 35, "l262", [29, 2, 3, 1, 0]),
        ([1900, 1166], 29, "l262", [24, 5]),
        ([1900, 1166], 2, "cc", [2, 0]),
        ([413, 350], 15, "l262", [12, 3]),
        ([413, 350], 3, "cc", [2, 1]),
        ([1855, 929], 29, "l262", [24, 5]),
        ([1855, 929], 9, "cc", [8, 1]),
        ([2774, 2488], 33, "l262", [25, 8]),
        ([2774, 2488], 18, "cc", [14, 4]),
        (
            [309693, 207613, 92448, 95551, 84809],
            163,
            "l262_plm25",
            [89, 32, 14, 15, 13],
        ),
        ([7264, 1153, 13763, 30927, 5929, 2055], 38, "l262", [2, 0, 4, 30, 2, 0]),
        ([62, 272], 15, "l262", [1, 14]),
        ([60, 45], 11, "l262", [9, 2]),
        ([60, 45], 10, "l262", [8, 2]),
        ([117, 69, 143, 64], 15, "nc_sans_prime", [5, 2, 6, 2]),
    ],
)
def test_worked_examples(votes, total, regime, expected):
    assert seats(votes, total, regime) == expected


@pytest.mark.parametrize(
    ("total", "expected"),
    [(1, [1, 0]), (2, [2, 0]), (3, [2, 1]), (4, [3, 1]), (5, [4, 1])],
)
def test_prime_is_rounded_down_under_four_seats_and_up_above(total, expected):
    assert seats([60, 40], total) == expected


def test_lyon_and_polynesia_always_round_the_prime_up():
    assert allocate({"A": 60, "B": 40}, 3, "metropole_lyon").prime == 2
    assert allocate({"A": 60, "B": 40}, 3, "polynesie").prime == 2
    assert allocate({"A": 60, "B": 40}, 3, "l262").prime == 1


def test_typed_exprimes_decide_the_majority_and_the_gap_is_told():
    """Moëlan-sur-Mer 2026: 4122 typed, the votes make 4121."""
    outcome = allocate({"A": 2063, "B": 2058}, 29, round=1, exprimes=4122)
    assert list(outcome.seats.values()) == [22, 7]
    assert outcome.votes_gap == 1


def test_half_of_the_votes_is_not_a_majority():
    """Merry-la-Vallée 2026: 109 to 109, a second round is needed."""
    outcome = allocate({"A": 109, "B": 109}, 11, round=1)
    assert not outcome.decided
    assert outcome.majority == 110
    assert outcome.seats == {"A": 0, "B": 0}
    assert [step["step"] for step in outcome.trace] == ["majority"]


def test_second_round_gives_the_prime_to_the_first_list():
    outcome = allocate({"A": 40, "B": 35, "C": 25}, 15, round=2)
    assert outcome.decided
    assert (outcome.prime_list, outcome.prime_rule) == ("A", "most_votes")


def test_full_tie_of_a_second_round_is_settled_by_ages_twice():
    """100 to 100, seven seats: mean age gives the prime, then the next candidates."""
    tie = {"A": 100, "B": 100}
    with pytest.raises(TieError) as error:
        allocate(tie, 7, round=2)
    assert (error.value.stage, error.value.asks) == ("prime", "mean_age")
    assert error.value.tied == ("A", "B")
    means = {"A": Fraction(501, 10), "B": 50}
    with pytest.raises(TieError) as error:
        allocate(tie, 7, round=2, mean_ages=means)
    assert (error.value.stage, error.value.asks) == ("last_seat", "candidate_age")
    ages_a, ages_b = [30] * 5 + [70, 20], [80, 40, 90]  # A's 6th against B's 2nd
    outcome = allocate(
        tie, 7, round=2, mean_ages=means, candidate_ages={"A": ages_a, "B": ages_b}
    )
    assert outcome.seats == {"A": 6, "B": 1}
    outcome = allocate(
        tie, 7, round=2, mean_ages=means, candidate_ages={"A": 40, "B": 41}
    )
    assert outcome.seats == {"A": 5, "B": 2}


def test_equal_ages_stay_a_tie():
    with pytest.raises(TieError):
        allocate(
            {"A": 1, "B": 1}, 1, "nc_sans_prime", candidate_ages={"A": 50, "B": 50}
        )


def test_europeans_give_the_tied_last_seat_to_the_youngest_list():
    votes, ages = {"A": 50, "B": 50}, {"A": 44, "B": 52}
    assert allocate(votes, 1, "national", mean_ages=ages).seats == {"A": 1, "B": 0}


def test_a_seat_beyond_the_last_name_stays_vacant():
    """Joux-la-Ville: fifteen seats, thirteen names on the first list."""
    outcome = allocate({"A": 62, "B": 272}, 15, candidates={"A": 15, "B": 13})
    assert outcome.seats == {"A": 1, "B": 13}
    assert outcome.vacant == {"B": 1}


def test_no_list_at_five_percent_is_an_error_not_a_guess():
    with pytest.raises(NoAdmittedListError):
        allocate({number: 1 for number in range(21)}, 3, "nc_sans_prime")


@pytest.mark.parametrize(
    ("votes", "total", "regime"),
    [
        ({}, 3, "l262"),
        ({"A": -1}, 3, "l262"),
        ({"A": 1}, -1, "l262"),
        ({"A": 1}, 1, "x"),
    ],
)
def test_nonsense_is_refused(votes, total, regime):
    with pytest.raises(ValueError):
        allocate(votes, total, regime)


def test_trace_explains_every_seat_in_plain_values():
    outcome = allocate({"A": 366, "B": 488}, 27, round=1)
    trace = json.loads(json.dumps(outcome.trace))
    assert [step["step"] for step in trace][:4] == [
        "majority",
        "prime",
        "threshold",
        "quotient",
    ]
    given_seats = [step for step in trace if step["step"] == "seat"]
    assert len(given_seats) + outcome.prime == 27
    assert given_seats[-1]["rule"] == "most_votes"
    assert given_seats[-1]["averages"] == [["A", 61, 1], ["B", 61, 1]]


def test_margin_of_the_last_seat():
    """Acigné, two community seats: 1900 against 1166 for the last one."""
    margin = allocate({"A": 1900, "B": 1166}, 2, "cc", round=1).margin
    assert (margin.holder, margin.challenger, margin.votes) == ("A", "B", 735)
    assert margin.moves_prime
    margin = allocate({"A": 4134, "B": 962, "C": 1341, "D": 561, "E": 228}, 35).margin
    assert not margin.moves_prime


lists = st.lists(st.integers(0, 5000), min_size=1, max_size=9)
sizes = st.integers(0, 73)
regimes = st.sampled_from(sorted(REGIMES))


def shared(votes, total, regime="l262", **kwargs):
    try:
        return allocate(dict(enumerate(votes)), total, regime, **kwargs)
    except (TieError, NoAdmittedListError):
        assume(False)


@settings(max_examples=400)
@given(lists, sizes, regimes)
def test_every_seat_is_given_and_traced(votes, total, regime):
    outcome = shared(votes, total, regime)
    assert sum(outcome.seats.values()) == total
    assert outcome.prime + len(outcome.steps) == total
    assert all(value >= 0 for value in outcome.seats.values())


@settings(max_examples=200)
@given(lists, sizes)
def test_first_list_has_half_or_more(votes, total):
    outcome = shared(votes, total)
    assert max(outcome.seats.values()) >= half(total)


@settings(max_examples=200)
@given(lists, sizes, regimes, st.randoms())
def test_order_of_the_lists_changes_nothing(votes, total, regime, random):
    outcome = shared(votes, total, regime)
    shuffled = list(outcome.votes.items())
    random.shuffle(shuffled)
    assert allocate(dict(shuffled), total, regime).seats == outcome.seats


@settings(max_examples=200)
@given(lists, sizes, regimes)
def test_more_votes_never_fewer_seats(votes, total, regime):
    outcome = shared(votes, total, regime)
    ranked = sorted(outcome.votes, key=outcome.votes.get)
    won = [outcome.seats[key] for key in ranked]
    assert won == sorted(won)


@settings(max_examples=200)
@given(lists, sizes, regimes)
def test_proportional_part_equals_brute_force(votes, total, regime):
    """All quotients on one heap, the largest win: written another way."""
    outcome = shared(votes, total, regime)
    quotients = sorted(
        (
            (Fraction(votes[key], divisor), votes[key], key)
            for key in outcome.admitted
            for divisor in range(1, total + 1)
        ),
        key=lambda item: (-item[0], -item[1]),
    )
    brute = dict.fromkeys(outcome.votes, 0)
    for _average, _votes, key in quotients[: total - outcome.prime]:
        brute[key] += 1
    assert brute == outcome.proportional


@settings(max_examples=300)
@given(st.lists(st.integers(1, 800), min_size=2, max_size=6), st.integers(1, 40))
def test_margin_is_the_fewest_votes_that_move_the_last_seat(votes, total):
    outcome = shared(votes, total, "nc_sans_prime")
    assume(outcome.margin)
    challenger, missing = outcome.margin.challenger, outcome.margin.votes

    def won_with(more):
        changed = dict(outcome.votes) | {challenger: votes[challenger] + more}
        after = allocate(changed, total, "nc_sans_prime")
        assume(after.admitted == outcome.admitted)
        return after.seats[challenger]

    try:
        assert won_with(missing) > outcome.seats[challenger]
    except TieError:
        assume(False)
    with contextlib.suppress(TieError):  # a perfect tie is not a seat won
        assert won_with(missing - 1) == outcome.seats[challenger]
