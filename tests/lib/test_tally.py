"""Controls of a station: each code speaks for its cause, and only for it."""

import csv
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mairie_scrutin.lib.prefecture_record import parse
from mairie_scrutin.lib.tally import (
    Finding,
    Limits,
    StationResult,
    check_station,
    check_stations,
)

ROOT = Path(__file__).parent.parent.parent
TOULOUSE = ROOT / "addons/mairie_scrutin/demo/toulouse_2026_t1_prefecture.csv"
GOOD = StationResult(
    inscrits=957,
    votants=556,
    blancs=9,
    nuls=6,
    exprimes=541,
    votes={"Martin": 318, "Petit": 201, "Nguyen": 22},
    emargements=556,
    annexes=15,
    abstentions=401,
    turnout=(("12:00", 231), ("17:00", 412)),
)


def codes(result, limits=None):
    return [finding.code for finding in check_station(result, limits)]


def test_a_right_station_is_silent():
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"votes": {"Martin": 318, "Petit": 201, "Nguyen": 19}}, ["E01"]),
        ({"blancs": 8, "annexes": 14}, ["E02"]),
        ({"nuls": None, "annexes": None}, ["E03"]),
        ({"turnout": (("12:00", 231), ("17:00", 557))}, ["E04"]),
        ({"turnout": (("12:00", 231), ("17:00", 230))}, ["E04"]),
        ({"blancs": -1, "exprimes": 551, "annexes": None}, ["E01", "E05"]),
        ({"abstentions": 400}, ["E06"]),
        ({"inscrits": 555, "abstentions": None}, ["A01"]),
        ({"emargements": 555}, ["A02"]),
        ({"annexes": 14}, ["A04"]),
    ],
)
def test_one_code_for_one_cause(change, expected):
    assert sorted(codes(replace(GOOD, **change))) == expected


def test_figures_of_the_sentence_come_with_the_code():
    short = replace(GOOD, votes={"Martin": 318, "Petit": 201, "Nguyen": 19})
    assert check_station(short) == [
        Finding("E01", {"votes": 538, "exprimes": 541, "gap": -3})
    ]


def test_shares_of_blank_and_void_ballots_are_a_setting():
    result = StationResult(1000, 600, 31, 25, 544, {"A": 544})
    assert codes(result) == ["A03", "A05"]
    assert codes(replace(result, blancs=30, exprimes=545, votes={"A": 545})) == ["A05"]
    assert codes(result, Limits(blancs=Fraction(6, 100), nuls=Fraction(1, 10))) == []


def test_a_voting_machine_has_no_envelopes_nor_annexes():
    machine = replace(GOOD, emargements=550, annexes=3, voting_machine=True)
    assert codes(machine) == []


def test_between_stations_a_silent_list_and_a_copy_are_seen():
    other = replace(GOOD, votes={"Martin": 541, "Petit": 0, "Nguyen": 0})
    found = check_stations({"0001": GOOD, "0002": GOOD, "0003": other})
    assert [f.code for f in found["0001"]] == []
    assert found["0002"] == [Finding("A07", {"station": "0001"})]
    assert found["0003"] == [Finding("A06", {"list": "Petit"})]


def toulouse():
    return {
        line.bureau: StationResult(
            inscrits=line.inscrits,
            votants=line.votants,
            blancs=line.blancs,
            nuls=line.nuls,
            exprimes=line.exprimes,
            votes=dict(line.votes),
            emargements=line.emargements,
            abstentions=line.abstentions,
        )
        for line in parse(TOULOUSE.read_bytes()).stations
    }


def test_toulouse_has_no_error_and_25_gaps_of_signatures():
    found = {key: check_station(result) for key, result in toulouse().items()}
    flat = [finding for findings in found.values() for finding in findings]
    assert len(found) == 284
    assert not [finding for finding in flat if finding.level == "error"]
    gaps = [finding.params["gap"] for finding in flat if finding.code == "A02"]
    assert (len(gaps), max(map(abs, gaps))) == (25, 5)


def test_published_sums_that_do_not_add_up_are_all_flagged():
    path = ROOT / "tests/data/scrutin/incoherences_2026_t1.csv"
    with path.open(encoding="utf-8") as file:
        communes = list(csv.DictReader(line for line in file if line[0] != "#"))
    assert len(communes) == 10
    for row in communes:
        votes = dict(enumerate(map(int, row["voix"].split())))
        exprimes = int(row["exprimes"])
        found = check_station(StationResult(None, exprimes, 0, 0, exprimes, votes))
        (finding,) = [finding for finding in found if finding.code == "E01"]
        assert finding.params["gap"] == int(row["ecart"])


figures = st.one_of(st.none(), st.integers(-5, 2000))


@given(figures, figures, figures, figures, figures, st.lists(figures, max_size=5))
def test_controls_never_crash_and_errors_come_first(a, b, c, d, e, votes):
    found = check_station(StationResult(a, b, c, d, e, dict(enumerate(votes)), a, b, c))
    levels = [finding.level for finding in found]
    assert levels == sorted(levels, key=lambda level: level != "error")
