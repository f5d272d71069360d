"""Two lists inverted: what the detector finds on the real stations of Toulouse 2026."""

import random
from itertools import combinations
from pathlib import Path

import pytest
from mairie_scrutin.lib.prefecture_record import parse
from mairie_scrutin.lib.swap import suspects

ROOT = Path(__file__).parent.parent.parent
RECORD = ROOT / "addons/mairie_scrutin/demo/toulouse_2026_t1_prefecture.csv"


@pytest.fixture(scope="module")
def toulouse():
    rows = sorted(parse(RECORD.read_bytes()).stations, key=lambda row: row.bureau)
    return {row.bureau: dict(row.votes) for row in rows}


@pytest.fixture(scope="module")
def totals(toulouse):
    lists = next(iter(toulouse.values()))
    return {name: sum(v[name] for v in toulouse.values()) for name in lists}


def inverted(votes, first, second):
    return votes | {first: votes[second], second: votes[first]}


def detectable(votes, first, second):
    """More apart than three standard deviations of a draw."""
    both = votes[first] + votes[second]
    return both >= 15 and (votes[first] - votes[second]) ** 2 >= 9 * both


def rates(toulouse, pairs, sample):
    """(tried, found, found with the right two lists) on simulated inversions."""
    tried = found = right = 0
    for key in random.Random(2026).sample(sorted(toulouse), sample):
        for first, second in pairs:
            if not detectable(toulouse[key], first, second):
                continue
            tried += 1
            stations = toulouse | {key: inverted(toulouse[key], first, second)}
            got = suspects(stations, only=[key]).get(key)
            found += got is not None
            right += got is not None and {got.first, got.second} == {first, second}
    return tried, found, right


def test_the_true_stations_raise_no_alarm(toulouse):
    """Precision: 284 real reports, none of them suspected."""
    assert not suspects(toulouse)


def test_inversions_between_any_two_lists(toulouse, totals):
    tried, found, right = rates(toulouse, list(combinations(totals, 2)), 8)
    assert tried > 150
    assert found / tried >= 0.95
    assert right / found >= 0.97


def test_inversions_between_lists_of_three_percent(toulouse, totals):
    exprimes = sum(totals.values())
    heavy = [name for name in totals if 100 * totals[name] >= 3 * exprimes]
    assert len(heavy) == 4
    tried, found, right = rates(toulouse, list(combinations(heavy, 2)), 40)
    assert tried > 120
    assert found / tried >= 0.80
    assert right / found >= 0.92


def test_inversions_between_the_three_first_lists(toulouse, totals):
    """Near one another they are hard to tell: the bound says how hard."""
    first = sorted(totals, key=totals.get)[-3:]
    tried, found, _right = rates(toulouse, list(combinations(first, 2)), 60)
    assert tried > 60
    assert found / tried >= 0.50


def test_the_past_finds_what_neighbours_cannot(toulouse, totals):
    """The same station before, moved by two points everywhere: no doubt is left."""
    first = sorted(totals, key=totals.get)[-3:]
    shift = random.Random(7)
    past = {
        key: {
            name: max(0, round(value * (1 + shift.uniform(-0.08, 0.08))))
            for name, value in votes.items()
        }
        for key, votes in toulouse.items()
    }
    tried = found = 0
    for key in random.Random(3).sample(sorted(toulouse), 20):
        for one, two in combinations(first, 2):
            if detectable(toulouse[key], one, two):
                tried += 1
                stations = toulouse | {key: inverted(toulouse[key], one, two)}
                found += key in suspects(stations, only=[key], past=past)
    assert found / tried >= 0.95
    assert not suspects(toulouse, past=past)


def test_a_few_stations_say_nothing_of_one_another():
    votes = {"A": 200, "B": 100}
    stations = {f"000{rank}": dict(votes) for rank in range(4)}
    stations["0009"] = {"A": 100, "B": 200}
    assert not suspects(stations)


def test_no_station_no_list_no_vote():
    assert suspects({}) == {}
    assert suspects({"0001": {}}) == {}
    assert suspects({str(n): {"A": 0, "B": 0} for n in range(9)}) == {}
