"""The night on a real server: workers killed, answers lost, two people at once.

The short form of what `make bench T=scrutin` measures in full. Each promise has its
control, a run without the protection that must fail: else the harness would find nothing.
"""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from devtools.evening import Board, play
from devtools.settings import LONG
from devtools.simulator import (
    Killer,
    Network,
    Phone,
    Probe,
    in_parallel,
    prepare,
    result,
)

STATIONS, DEVICES, SENDS, KILLS = (60, 4, 30, 50) if LONG else (8, 2, 4, 2)


def query(town, sql, *values):
    with town.connect() as connection, connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@pytest.fixture(scope="module")
def night(live_server):
    return prepare(live_server, stations=STATIONS, name="nuit")


def acknowledged(answers, kind):
    return {a.uuid for a in answers if a.status == 200 and a.kind == kind}


@pytest.fixture(scope="module")
def played(live_server, night):
    """The evening, under kills; what the boards read meanwhile; the longest silence."""
    network = Network(loss=0.05, silence=0.05, replay=0.2)
    phones = [
        Phone(live_server.url, station, network, skew=(-7200, 0, 86400)[rank % 3])
        for station in night.stations
        for rank in range(DEVICES)
    ]
    in_parallel([phone.enter for phone in phones], 8)
    killer, probe = Killer(live_server, KILLS, 1.0), Probe(live_server.url)
    board = Board(live_server, night.tour)
    reads, over = [], []

    def watch():
        while not over:
            reads.append(board.read())

    with ThreadPoolExecutor(1) as watcher:
        watching = watcher.submit(watch)
        killer.start()
        probe.start()
        try:
            answers = in_parallel(
                [
                    lambda phone=phone, seed=seed: play(phone, night, SENDS, seed)
                    for seed, phone in enumerate(phones)
                ],
                10,
            )
        finally:
            over.append(True)
            killer.stop()
            longest = probe.stop()
        watching.result()
    answers = [answer for some in answers for answer in some]
    return answers, [read for read in reads if read], longest, killer.killed


def test_what_was_acknowledged_is_there_once(live_server, night, played):
    answers, _reads, _longest, killed = played
    assert killed >= min(KILLS, 1)
    assert {answer.status for answer in answers} <= {200, 409}
    for kind, table in (("result", "saisie"), ("turnout", "participation")):
        kept = query(
            live_server,
            f"SELECT x.uuid, count(*) FROM mairie_scrutin_{table} x "
            "JOIN mairie_scrutin_bureau_tour bt ON bt.id = x.bureau_tour_id "
            "WHERE bt.tour_id = %s GROUP BY x.uuid",
            night.tour,
        )
        acked = acknowledged(answers, kind)
        answered = query(
            live_server,
            "SELECT uuid FROM mairie_scrutin_operation WHERE answer IS NOT NULL",
        )
        assert acked
        assert acked <= {row[0] for row in answered}, "acknowledged but lost"
        assert {row[0] for row in kept} <= acked, "kept without being acknowledged"
        assert {count for _uuid, count in kept} == {1}, "kept twice"


def test_the_retained_figures_are_of_an_acknowledged_sending(
    live_server, night, played
):
    retained = query(
        live_server,
        "SELECT s.uuid FROM mairie_scrutin_bureau_tour bt "
        "JOIN mairie_scrutin_saisie s ON s.id = bt.saisie_id WHERE bt.tour_id = %s",
        night.tour,
    )
    assert len(retained) == STATIONS
    assert {row[0] for row in retained} <= acknowledged(played[0], "result")


def test_no_board_was_ever_incoherent(played):
    """R7: the sum of the lists is the exprimés, in each of the reads."""
    reads = played[1]
    assert len(reads) > 10
    assert [read for read in reads if read[0] != read[1]] == []
    assert len(set(reads)) > 2, "the boards moved meanwhile"


def test_the_silence_after_a_kill_is_short(played):
    """With a worker left, the other answers; this machine is shared by the clients."""
    assert played[2] < 5


def test_the_chain_holds_all_of_it(live_server, night, played):
    out = live_server.execute(
        f"mark, faults = env['mairie.scrutin.tour'].browse({night.tour})"
        "._check_integrity()\nprint('CHAIN', mark['count'], faults)"
    )
    (line,) = [row for row in out.splitlines() if row.lstrip("> ").startswith("CHAIN")]
    assert line.endswith("[]"), line
    entries = query(
        live_server,
        "SELECT count(*) FROM mairie_scrutin_saisie s JOIN mairie_scrutin_bureau_tour b "
        "ON b.id = s.bureau_tour_id WHERE b.tour_id = %s",
        night.tour,
    )[0][0]
    assert int(line.split("CHAIN")[1].split()[0]) > entries
    forks = query(
        live_server,
        "SELECT count(*) - count(DISTINCT seq), max(seq) + 1 - count(*) "
        "FROM mairie_scrutin_maillon WHERE tour_id = %s",
        night.tour,
    )
    assert forks == [(0, 0)]


def test_one_sending_many_times_at_once_is_kept_once(live_server, night, played):
    """R3: impatient taps, alone and among others: one row, one answer for all."""
    station = night.stations[3]
    token = Phone(live_server.url, station).enter().token
    hands = [Phone(live_server.url, [*station, token]) for _hand in range(24)]
    one = hands[0].prepare("turnout", night.tour, {"hour": 8.25, "votants": 70})
    jobs = [
        (lambda hand=hand: hand.send_again(one))
        if rank % 2
        else (lambda hand=hand: hand.send_together([one])[0]["body"])
        for rank, hand in enumerate(hands)
    ]
    answers = in_parallel(jobs, 12)
    assert answers[0]["uuid"] == one["uuid"]
    assert [answer for answer in answers if answer != answers[0]] == []
    count = query(
        live_server,
        "SELECT count(*) FROM mairie_scrutin_participation WHERE uuid = %s",
        one["uuid"],
    )
    assert count == [(1,)]


def test_two_people_at_once_one_is_told(live_server, night, played):
    """R6: nobody overwrites in silence; who comes second reads the first's figures."""
    first, second = (
        Phone(live_server.url, night.stations[0]).enter(name) for name in ("A", "B")
    )
    for rank in range(6):
        base = _latest_version(live_server, night.stations[0])
        jobs = [
            lambda phone=phone, rank=rank, base=base: phone.send(
                "result", night.tour, result(night.list_ids, rank), base
            )
            for phone, rank in ((first, 600 + 2 * rank), (second, 601 + 2 * rank))
        ]
        answers = in_parallel(jobs, 2)
        assert sorted(answer.status for answer in answers) == [200, 409]
        (told,) = [answer for answer in answers if answer.status == 409]
        assert told.body["current"]["version"] == base + 1


def _latest_version(town, station):
    sql = "SELECT max(version) FROM mairie_scrutin_saisie WHERE bureau_tour_id = %s"
    return query(town, sql, station[3])[0][0]


def test_control_a_phone_that_forgets_its_key_doubles(live_server, night, played):
    """The harness sees doubles where there are some: a new key at each try."""
    phone = Phone(live_server.url, night.stations[1]).enter()
    tell = {"hour": 8.5, "votants": 77}
    for _turn in range(3):
        phone.send("turnout", night.tour, tell, key=str(uuid.uuid4()))
    count = query(
        live_server,
        "SELECT count(*) FROM mairie_scrutin_participation WHERE bureau_tour_id = %s "
        "AND hour = 8.5",
        night.stations[1][3],
    )
    assert count == [(3,)]


def test_control_without_the_version_the_second_overwrites(live_server, night, played):
    """Who says that he read the latest version, without reading it, overwrites it."""
    first = Phone(live_server.url, night.stations[2]).enter("A")
    second = Phone(live_server.url, night.stations[2]).enter("B")
    version = _latest_version(live_server, night.stations[2])
    one = first.send("result", night.tour, result(night.list_ids, 700), version)
    two = second.send("result", night.tour, result(night.list_ids, 701), version + 1)
    assert (one.status, two.status) == (200, 200)
