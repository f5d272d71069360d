"""Whom to call first: each reason, its rank, and what real stations look like."""

import random
from pathlib import Path

import pytest
from mairie_scrutin.lib.anomalies import Limits, Past, Station, rank
from mairie_scrutin.lib.prefecture_record import parse

ROOT = Path(__file__).parent.parent.parent
RECORD = ROOT / "addons/mairie_scrutin/demo/toulouse_2026_t1_prefecture.csv"


def station(inscrits=900, votants=500, **more):
    values = {
        "blancs": 6,
        "nuls": 4,
        "exprimes": votants - 10,
        "votes": {"A": (votants - 10) // 2, "B": votants - 10 - (votants - 10) // 2},
    }
    return Station(inscrits, votants, **(values | more))


def town(count=12, **odd):
    draw = random.Random(8)
    rows = {
        f"{rank_:04}": station(votants=480 + draw.randint(0, 40))
        for rank_ in range(1, count + 1)
    }
    return rows | odd


@pytest.fixture(scope="module")
def toulouse():
    return {
        row.bureau: Station(
            row.inscrits,
            row.votants,
            row.blancs,
            row.nuls,
            row.exprimes,
            dict(row.votes),
        )
        for row in parse(RECORD.read_bytes()).stations
    }


def codes(calls):
    return {call.station: [reason.code for reason in call.reasons] for call in calls}


def test_a_quiet_town_has_nobody_to_call():
    assert rank(town()) == []


def test_real_stations_are_not_accused_of_being_themselves(toulouse):
    """Neighbourhoods differ: with five deviations, under 4 % of 284 are worth a look."""
    assert len(rank(toulouse)) <= 11


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (Station(900, flags={"differences": {"count": 2}}), "differences"),
        (Station(900, flags={"error": {"count": 1}}), "error"),
        (Station(900, flags={"alert": {"count": 1}}), "alert"),
        (Station(900, overdue=75), "late"),
        (Station(900, quiet=25), "silent"),
        (Station(900, turnout=((12.0, 231),), asked=(12.0, 17.0)), "turnout_gap"),
        (Station(900, turnout=((12.0, 231), (17.0, 231))), "turnout_stuck"),
        (station(votants=200), "unusual"),
    ],
)
def test_each_reason(row, code):
    assert codes(rank(town(**{"0099": row}))) == {"0099": [code]}


def test_what_blocks_comes_first():
    rows = town(
        unusual=station(votants=150),
        alert=Station(900, flags={"alert": {"count": 1}}),
        error=Station(900, flags={"error": {"count": 1}}),
        differences=Station(900, flags={"differences": {"count": 1}}),
        late=Station(900, overdue=90),
        swapped=station(),
        silent=Station(900, quiet=40),
    )
    calls = rank(rows, swaps={"swapped": {"first": "A", "second": "B", "evidence": 3}})
    assert [call.station for call in calls] == [
        "differences",
        "error",
        "swapped",
        "alert",
        "late",
        "silent",
        "unusual",
    ]


def test_two_reasons_weigh_more_than_one():
    flags = {"alert": {"count": 1}}
    rows = town(one=station(flags=flags), two=station(votants=200, flags=flags))
    calls = rank(rows)
    assert [call.station for call in calls] == ["two", "one"]
    assert codes(calls)["two"] == ["alert", "unusual"]


def test_the_past_of_a_station_explains_it():
    """It always votes less than the others: nothing unusual. It moved alone: call it."""
    rows = town(odd=station(votants=300))
    past = {key: Past(900, 520, 6, 4, 510) for key in rows}
    assert codes(rank(rows, past)) == {"odd": ["unusual"]}
    past["odd"] = Past(900, 325, 6, 4, 315)
    assert rank(rows, past) == []


def test_a_list_that_moves_alone_is_seen():
    draw = random.Random(3)
    rows, past = {}, {}
    for number in range(12):
        votes = draw.randint(200, 300)
        rows[number] = station(votes={"A": votes - 20, "B": 510 - votes})
        past[number] = Past(900, 500, 6, 4, 490, {"A": votes, "B": 490 - votes})
    rows[5] = station(votes={"A": 400, "B": 90})
    reason = rank(rows, past)[0].reasons[0]
    assert reason.params["figure"] in ("A", "B")
    assert reason.params["against"] == "past"
    assert rank(rows, past)[0].station == 5


def test_the_noise_of_a_small_station_is_not_an_anomaly():
    small = Station(20, 14, 1, 0, 13, {"A": 10, "B": 3})
    assert rank(town(small=small)) == []


def test_a_validated_station_is_compared_but_not_called():
    assert rank(town(odd=station(votants=150, settled=True))) == []


def test_limits_are_the_town_s():
    quiet = {"0099": Station(900, quiet=25)}
    assert rank(town(**quiet), limits=Limits(quiet=30)) == []
    assert rank(town(odd=station(votants=200)), limits=Limits(unusual=99)) == []


def test_a_result_makes_the_silence_forgotten():
    assert rank(town(ok=station(quiet=60, overdue=90, asked=(12.0,)))) == []
