"""First hundreds: does the 95 % interval hold the truth? Drawn from Toulouse's ballots."""

import random
from pathlib import Path

import pytest
from mairie_scrutin.lib.hundreds import Stratum, estimate
from mairie_scrutin.lib.prefecture_record import parse

ROOT = Path(__file__).parent.parent.parent
RECORD = ROOT / "addons/mairie_scrutin/demo/toulouse_2026_t1_prefecture.csv"


@pytest.fixture(scope="module")
def toulouse():
    rows = [row for row in parse(RECORD.read_bytes()).stations if row.exprimes]
    return {row.bureau: dict(row.votes) for row in rows}


@pytest.fixture(scope="module")
def truth(toulouse):
    exprimes = sum(sum(votes.values()) for votes in toulouse.values())
    lists = next(iter(toulouse.values()))
    return {
        name: sum(votes[name] for votes in toulouse.values()) / exprimes
        for name in lists
    }


def first_hundred(votes, draw, size=100):
    ballots = [name for name, count in votes.items() for _vote in range(count)]
    drawn = draw.sample(ballots, min(size, len(ballots)))
    return {name: drawn.count(name) for name in votes}


def night(toulouse, draw, chosen, past=None):
    return {
        key: Stratum(
            weight=sum(votes.values()),
            votes=first_hundred(votes, draw) if key in chosen else None,
            past=past and past[key],
        )
        for key, votes in toulouse.items()
    }


def coverage(toulouse, truth, choose, turns, past=None):
    """(part of the intervals that hold the truth, their mean half width)"""
    draw = random.Random(2026)
    held, width, tried = 0, 0.0, 0
    for _turn in range(turns):
        found = estimate(night(toulouse, draw, choose(draw), past))
        for name, row in found.lists.items():
            held += row.low <= truth[name] <= row.high
            width += (row.high - row.low) / 2
            tried += 1
    return held / tried, width / tried


def test_all_first_hundreds_of_the_town(toulouse, truth):
    """28 000 ballots of 157 000: within half a point."""
    held, width = coverage(toulouse, truth, lambda draw: set(toulouse), 15)
    assert held >= 0.95
    assert width <= 0.005


def test_a_quarter_of_the_stations_at_random(toulouse, truth):
    held, width = coverage(
        toulouse, truth, lambda draw: set(draw.sample(sorted(toulouse), 70)), 40
    )
    assert held >= 0.95
    assert width <= 0.012


def test_ten_stations_only(toulouse, truth):
    held, _width = coverage(
        toulouse, truth, lambda draw: set(draw.sample(sorted(toulouse), 10)), 60
    )
    assert held >= 0.95


def test_small_stations_first_need_the_past(toulouse, truth):
    """They vote otherwise: without a past the interval is wrong, with one it holds."""
    small = set(sorted(toulouse, key=lambda key: sum(toulouse[key].values()))[:70])
    draw = random.Random(4)
    past = {
        key: {
            name: round(count * (0.9 + 0.2 * draw.random())) + 1
            for name, count in votes.items()
        }
        for key, votes in toulouse.items()
    }
    alone, _width = coverage(toulouse, truth, lambda draw: small, 12)
    held, _width = coverage(toulouse, truth, lambda draw: small, 12, past)
    assert alone < 0.8
    assert held >= 0.92


def test_everything_counted_leaves_no_doubt(toulouse, truth):
    strata = {
        key: Stratum(weight=sum(votes.values()), votes=votes)
        for key, votes in toulouse.items()
    }
    found = estimate(strata)
    assert found.weight == pytest.approx(1)
    for name, row in found.lists.items():
        assert row.share == pytest.approx(truth[name])
        assert row.high - row.low < 1e-9


def test_more_ballots_narrow_the_interval(toulouse):
    draw = random.Random(1)
    widths = []
    for size in (50, 100, 200):
        strata = {
            key: Stratum(sum(votes.values()), first_hundred(votes, draw, size))
            for key, votes in toulouse.items()
        }
        row = estimate(strata).lists["005"]
        widths.append(row.high - row.low)
    assert widths == sorted(widths, reverse=True)


def test_one_station_is_not_a_town():
    assert estimate({}) is None
    assert estimate({"1": Stratum(500, {"A": 60, "B": 40}), "2": Stratum(400)}) is None


def test_two_stations_say_little_and_say_so():
    strata = {
        "1": Stratum(500, {"A": 60, "B": 40}),
        "2": Stratum(400, {"A": 30, "B": 70}),
        "3": Stratum(450),
    }
    found = estimate(strata)
    assert (found.stations, found.stations_all, found.ballots) == (2, 3, 200)
    assert found.lists["A"].low == 0.0
    assert found.lists["A"].high == 1.0
