"""The real record of Toulouse, 15 March 2026, from its file to its seats."""

from collections import Counter
from pathlib import Path

import pytest
from mairie_scrutin.lib.prefecture_record import parse
from mairie_scrutin.lib.seat_allocation import allocate

ROOT = Path(__file__).parent.parent.parent
RECORD = ROOT / "addons/mairie_scrutin/demo/toulouse_2026_t1_prefecture.csv"
SEATS = 69  # CGCT, L2121-2: 300 000 inhabitants and more


@pytest.fixture(scope="module")
def stations():
    return parse(RECORD.read_bytes()).stations


@pytest.fixture(scope="module")
def votes(stations):
    total = Counter()
    for station in stations:
        total.update(dict(station.votes))
    return total


def test_every_station_is_collated(stations, votes):
    assert len(stations) == 284
    assert len(votes) == 10
    assert sum(votes.values()) == sum(s.exprimes for s in stations) == 157_021


def test_no_list_has_a_majority_hence_a_second_round(votes):
    """37.2 % is not more than half: L262 gives no seat in the first round."""
    outcome = allocate(votes, SEATS, round=1)
    assert not outcome.decided
    assert not sum(outcome.seats.values())


def test_the_same_votes_in_a_second_round_fill_the_council(votes):
    """Half of 69 rounded up, then 34 seats between the four lists above 5 %."""
    won = allocate(votes, SEATS, round=2).seats
    assert {panneau: n for panneau, n in won.items() if n} == {
        "005": 35 + 13,
        "004": 10,
        "003": 9,
        "008": 2,
    }
