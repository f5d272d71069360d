"""Kinds of election, their dates, majority ballots, merges, sections, Corsica."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mairie_scrutin.lib.election_calendar import deadlines
from mairie_scrutin.lib.election_kinds import (
    KINDS,
    asks_parity,
    may_lack_two,
    proposed_regime,
    second_round_date,
)
from mairie_scrutin.lib.majority_ballot import decide
from mairie_scrutin.lib.qualification import (
    check_parents,
    first_round_candidates,
    president_second_round,
    second_round_lists,
)
from mairie_scrutin.lib.seat_allocation import TieError, allocate, allocate_filled
from mairie_scrutin.lib.sections import (
    MovedSeat,
    guarantee,
    least_seats,
    share_sections,
)

T1, T2 = date(2026, 3, 15), date(2026, 3, 22)


def moments(kind, number, day, next_day=None):
    return {row.code: row.moment for row in deadlines(kind, number, day, next_day)}


def test_clocks_of_the_municipal_elections_of_2026():
    first = moments("municipales", 1, T1, T2)
    assert first == {
        "declarations": datetime(2026, 2, 26, 18),
        "hours": datetime(2026, 3, 10),
        "assesseurs": datetime(2026, 3, 12, 18),
        "signed_lists": datetime(2026, 3, 18),
        "claims": datetime(2026, 3, 20, 18),
    }
    second = moments("municipales", 2, T2)
    assert second["declarations_open"] == datetime(2026, 3, 16)
    assert second["declarations"] == datetime(2026, 3, 17, 18)
    assert second["claims"] == datetime(2026, 3, 27, 18)


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        ("regionales", 1, datetime(2026, 2, 16, 12)),  # fourth Monday, noon
        ("metropole_lyon", 1, datetime(2026, 2, 17, 18)),  # fourth Tuesday
        ("legislatives", 1, datetime(2026, 2, 20, 18)),  # fourth Friday
        ("departementales", 2, datetime(2026, 3, 10, 16)),  # Tuesday, 16:00
        ("legislatives", 2, datetime(2026, 3, 10, 18)),
    ],
)
def test_candidacies_close_at_the_day_of_each_kind(kind, number, expected):
    assert moments(kind, number, T1)["declarations"] == expected


def test_the_commission_of_the_legislatives_ends_on_monday_at_midnight():
    assert moments("legislatives", 2, T1)["commission"] == datetime(2026, 3, 17)
    assert moments("regionales", 2, T1)["commission"] == datetime(2026, 3, 16, 18)


def test_second_rounds():
    assert second_round_date("municipales", T1) == T2
    assert second_round_date("presidentielle", date(2022, 4, 10)) == date(2022, 4, 24)
    for kind in ("europeennes", "referendum"):
        assert second_round_date(kind, T1) is None
    assert second_round_date("municipales", T1, "nc_sans_prime") is None


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (("municipales", "49007", 150_000), "l262"),
        (("municipales", "49007", 640), "l262"),
        (("municipales", "75056", 2_000_000), "l262_plm25"),
        (("municipales", "69123", 500_000), "l262_plm25"),
        (("arrondissement", "75056", 0), "l262"),
        (("municipales", "98828", 640), "nc_sans_prime"),
        (("municipales", "98818", 90_000), "l262"),
        (("municipales", "98735", 20_000), "polynesie"),
        (("municipales", "98735", 640, date(2026, 3, 15)), ""),
        (("municipales", "98735", 640, date(2032, 3, 14)), "polynesie"),
        (("regionales", "2A004", 0), "corse"),
        (("regionales", "49007", 0), "regional"),
        (("presidentielle", "49007", 0), "presidentielle"),
        (("departementales", "49007", 0), "majoritaire_12_5"),
    ],
)
def test_rule_of_each_commune(terms, expected):
    assert proposed_regime(*terms) == expected


def test_small_communes_of_the_pacific_wait_until_2032():
    before, after = date(2026, 3, 15), date(2032, 3, 14)
    assert may_lack_two("municipales", "49007", 640, before)
    assert not may_lack_two("municipales", "49007", 1000, before)
    assert not may_lack_two("municipales", "98828", 640, before)
    assert may_lack_two("municipales", "98828", 640, after)
    assert asks_parity("municipales", "49007", 640, before)
    assert not asks_parity("municipales", "98828", 640, before)
    assert asks_parity("municipales", "98828", 640, after)


def test_every_kind_has_a_code_of_its_own_in_the_file():
    assert {kind.type_code for kind in KINDS.values()} >= {"MN", "DEP", "REG", "REF"}


def test_more_than_half_but_under_a_quarter_goes_to_a_second_round():
    """Ten constituencies of 2017: a majority of the exprimés is not enough."""
    outcome = decide(
        {"A": 6000, "B": 4000}, "majoritaire_12_5", round=1, inscrits=30_000
    )
    assert outcome.elected is None
    assert (outcome.majority, outcome.quarter) == (5001, 7500)
    assert outcome.standing == ("A", "B")


def test_half_and_a_quarter_elect_at_once():
    outcome = decide(
        {"A": 7500, "B": 7499}, "majoritaire_12_5", round=1, inscrits=30_000
    )
    assert (outcome.elected, outcome.rule) == ("A", "majority")


def test_the_oldest_wins_an_equal_second_round_of_a_majority_ballot():
    votes = {"A": 500, "B": 500}
    asked = decide(votes, "majoritaire_12_5", round=2, inscrits=2000)
    assert (asked.elected, asked.tied, asked.asks) == (None, ("A", "B"), "oldest")
    known = decide(
        votes, "majoritaire_12_5", round=2, inscrits=2000, ages={"A": 40, "B": 41}
    )
    assert (known.elected, known.rule) == ("B", "oldest")
    equal = decide(
        votes, "majoritaire_12_5", round=2, inscrits=2000, ages={"A": 40, "B": 40}
    )
    assert equal.asks == "oldest"


def test_president_needs_half_then_the_first_two_stand():
    votes = {"A": 28, "B": 23, "C": 22}
    outcome = decide(votes, "presidentielle", round=1, inscrits=100)
    assert outcome.standing == ("A", "B")
    assert decide({"A": 51, "B": 49}, "presidentielle", round=1, inscrits=100).elected
    final = decide({"A": 58, "B": 42}, "presidentielle", round=2, inscrits=100)
    assert final.elected == "A"


def test_no_text_settles_an_equal_second_place():
    found = president_second_round({"A": 28, "B": 22, "C": 22, "D": 1})
    assert (found.standing, found.tied) == (("A",), ("B", "C"))
    fallback = first_round_candidates({"A": 100, "B": 40, "C": 40}, inscrits=2000)
    assert (fallback.standing, fallback.tied) == ((), ()) or fallback.tied == ("B", "C")
    tied = decide(
        {"A": 300, "B": 40, "C": 40}, "majoritaire_12_5", round=1, inscrits=2000
    )
    assert (tied.standing, tied.tied, tied.asks) == (("A",), ("B", "C"), "unwritten")


def test_referendum_is_yes_or_no():
    assert decide({"Oui": 69, "Non": 31}, "referendum", round=1, inscrits=200).elected
    equal = decide({"Oui": 5, "Non": 5}, "referendum", round=1, inscrits=20)
    assert (equal.elected, equal.asks) == (None, "unwritten")


def test_corsica_of_2021():
    """63 seats, eleven to the first list; 7 % to stand again, 5 % to merge."""
    votes = {"Simeoni": 4064, "Marcangeli": 3202, "Angelini": 1507, "CIF": 1226}
    outcome = allocate(votes, 63, "corse", round=2)
    assert list(outcome.seats.values()) == [32, 17, 8, 6]
    found = second_round_lists({"A": 70, "B": 69, "C": 50, "D": 811}, regime="corse")
    assert (found.standing, found.mergeable) == (("A", "D"), ("B", "C"))


def section_seats(votes, seats, ages=None):
    return share_sections(votes, seats, ages).seats


def test_seats_of_a_regional_list_between_its_departements():
    assert section_seats({"44": 200, "49": 100}, 2) == {"44": 2, "49": 0}
    with pytest.raises(TieError) as tie:
        section_seats({"44": 100, "49": 100}, 1)
    assert (tie.value.stage, tie.value.tied) == ("section", ("44", "49"))
    assert section_seats({"44": 100, "49": 100}, 1, {"44": 40, "49": 50})["49"] == 1
    ages = {"44": [60, 40], "49": [30, 50], "85": [70, 45]}
    even = share_sections({"44": 100, "49": 100, "85": 100}, 5, ages)
    assert even.seats == {"44": 1, "49": 2, "85": 2}, "the next ones are 40, 50, 45"
    assert [step.rule for step in even.steps[3:]] == ["oldest_candidate"] * 2
    with pytest.raises(TieError):
        section_seats({"44": 100, "49": 100}, 1, {"44": [50], "49": [50]})


#: The example of the ministry's guide for candidates: 125 seats, five départements.
REGION = {
    "L1": (1149, 62366, 132833, 203511, 143200),
    "L2": (3380, 14244, 35629, 66521, 25698),
    "L3": (4678, 37236, 92022, 165683, 73260),
    "L4": (16321, 33231, 28512, 73260, 23523),
}
PEOPLE = {"D1": 80_000, "D2": 300_000, "D3": 600_000, "D4": 900_000, "D5": 500_000}


def region_shares(d1_divisor=1):
    votes = {key: dict(zip(PEOPLE, row, strict=True)) for key, row in REGION.items()}
    for row in votes.values():
        row["D1"] //= d1_divisor
    totals = {key: sum(row.values()) for key, row in votes.items()}
    won = allocate(totals, 125, "regional", round=2)
    least = {key: least_seats(population) for key, population in PEOPLE.items()}
    return {key: share_sections(votes[key], won.seats[key]) for key in votes}, least


def test_a_region_of_five_departements():
    """32 seats of prime, then 93; D1 has one councillor and needs two (L338-1)."""
    shares, least = region_shares()
    assert {key: len(share.steps) for key, share in shares.items()} == {
        "L1": 73,
        "L2": 11,
        "L3": 28,
        "L4": 13,
    }
    assert list(shares["L1"].seats.values()) == [0, 8, 18, 28, 19]
    assert list(shares["L4"].seats.values()) == [1, 2, 2, 6, 2]
    seats, moved = guarantee(shares, "L1", least)
    assert moved == (MovedSeat("D4", "D1"),), "the last seat of L1 was in D4"
    assert list(seats["L1"].values()) == [1, 8, 18, 27, 19]
    assert seats["L4"] == shares["L4"].seats


def test_a_departement_without_any_councillor_gets_two_of_the_first_list():
    shares, least = region_shares(d1_divisor=12)
    seats, moved = guarantee(shares, "L1", least)
    assert [(one.giver, one.taker) for one in moved] == [("D5", "D1"), ("D4", "D1")]
    assert seats["L1"]["D1"] == 2
    assert sum(map(sum, (row.values() for row in seats.values()))) == 125


def test_a_section_at_its_own_minimum_gives_nothing():
    shares = {
        "A": share_sections({"X": 900, "Y": 500, "Z": 10}, 6),
        "B": share_sections({"X": 60, "Y": 50, "Z": 9}, 0),
    }
    assert shares["A"].seats == {"X": 4, "Y": 2, "Z": 0}
    seats, moved = guarantee(shares, "A", {"X": 2, "Y": 2, "Z": 2})
    assert seats["A"] == {"X": 2, "Y": 2, "Z": 2}
    assert {one.giver for one in moved} == {"X"}
    seats, moved = guarantee(shares, "A", {"X": 4, "Y": 2, "Z": 2})
    assert (seats["A"], moved) == ({"X": 4, "Y": 2, "Z": 0}, ()), "nobody may give"
    assert least_seats(99_999) == 2


@settings(max_examples=150)
@given(
    st.lists(st.integers(1, 9999), min_size=1, max_size=6, unique=True),
    st.integers(0, 60),
)
def test_sections_share_every_seat_and_follow_the_votes(votes, seats):
    won = section_seats(dict(enumerate(votes)), seats, dict(enumerate(votes)))
    assert sum(won.values()) == seats
    ranked = sorted(range(len(votes)), key=votes.__getitem__)
    assert [won[key] for key in ranked] == sorted(won.values())


@pytest.mark.parametrize(
    ("parents", "codes"),
    [
        ({"Z": ["A"]}, []),
        ({"Z": ["A", "C"]}, []),
        ({"Z": ["A", "D"]}, ["parent_too_low"]),
        ({"Z": ["C"]}, ["no_standing_parent"]),
        ({"Z": []}, ["no_parent"]),
        ({"Y": ["A", "C"], "Z": ["B", "C"]}, ["no_standing_parent", "parent_twice"]),
    ],
)
def test_lists_of_round_two_come_from_lists_that_may(parents, codes):
    """812 exprimés: 82 stand, 81 not; 41 merge, 40 not (L264)."""
    votes = {"A": 82, "B": 81, "C": 41, "D": 40}
    assert [row.code for row in check_parents(parents, votes, 812)] == codes


def test_both_readings_of_a_short_list():
    """Montrouveau 2026, 60 to 45: nine and two on eleven, eight and two on ten."""
    legal = allocate({"A": 60, "B": 45}, 11, candidates={"A": 8})
    assert (legal.seats, legal.vacant) == ({"A": 8, "B": 2}, {"A": 1})
    filled = allocate_filled({"A": 60, "B": 45}, 11, candidates={"A": 8})
    assert (filled.seats, filled.seat_total) == ({"A": 8, "B": 2}, 10)
    five = allocate_filled({"A": 272, "B": 62}, 15, candidates={"A": 12})
    assert sum(five.seats.values()) == five.seat_total
