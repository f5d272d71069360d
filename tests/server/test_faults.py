"""R9, R10: the database or the server is killed while stations report.

Whatever was acknowledged is there afterwards, once; the service comes back by itself.
`MAIRIE_LONG=1` kills as often as the goals say. A replica takes the readers, and may
die too.
"""

import os
import threading
import time

import pytest
import requests

from devtools import cluster
from devtools.drill import (
    Replica,
    Supervisor,
    kill_database,
    seconds_until_answer,
    sturdy_cluster,
)
from devtools.live import LiveTown
from devtools.settings import LONG
from devtools.simulator import Phone, in_parallel, prepare

STATIONS = 6
KILLS = 10 if LONG else 2
DOWN = 5 if LONG else 1  # seconds without a database


@pytest.fixture(scope="module")
def town():
    with sturdy_cluster(), LiveTown(f"live_faults_{os.getpid()}", 2) as town:
        supervisor = Supervisor(town)
        supervisor.start()
        town.supervisor = supervisor
        yield town
        supervisor.stop()


@pytest.fixture(scope="module")
def night(town):
    return prepare(town, stations=STATIONS, name="pannes", let_in=True)


class Reports:
    """Phones that report turnout as long as the block lasts; what was acknowledged."""

    def __init__(self, town, night):
        self.phones = [Phone(town.url, station) for station in night.stations]
        self.tour, self.over, self.acknowledged = night.tour, threading.Event(), set()

    def __enter__(self):
        self.writer = threading.Thread(target=self._run)
        self.writer.start()
        self.wait_for_more()
        return self

    def __exit__(self, *error):
        if not error[0]:
            self.wait_for_more()
        self.over.set()
        self.writer.join()

    def _run(self):
        in_parallel(
            [lambda p=phone: self._report(p) for phone in self.phones], STATIONS
        )

    def _report(self, phone):
        count = 100
        while not self.over.is_set():
            count += 1
            answer = phone.send("turnout", self.tour, {"hour": 10, "votants": count})
            assert answer.status == 200, answer.body
            self.acknowledged.add(answer.uuid)

    def wait_for_more(self, patience=60):
        """Wait until each phone can have been answered once more."""
        start, wanted = time.monotonic(), len(self.acknowledged) + 2 * STATIONS
        while len(self.acknowledged) < wanted:
            assert time.monotonic() - start < patience, "the service is not back"
            time.sleep(0.02)


def assert_kept_once(town, night, reports):
    with town.connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT uuid, count(*) FROM mairie_scrutin_participation"
            " WHERE tour_id = %s GROUP BY uuid",
            [night.tour],
        )
        kept = dict(cursor.fetchall())
    assert reports.acknowledged <= set(kept), "acknowledged but lost"
    assert set(kept.values()) == {1}, "kept twice"


def test_the_database_dies_and_nothing_acknowledged_is_lost(
    town, night, record_property
):
    with Reports(town, night) as reports:
        kill_database()
        time.sleep(DOWN)
        cluster.ensure_cluster()
        killed = seconds_until_answer(town.url)
        reports.wait_for_more()
        cluster.stop()
        cluster.ensure_cluster()
        stopped = seconds_until_answer(town.url)
    assert_kept_once(town, night, reports)
    record_property(
        "figure",
        f"0 perdu sur {len(reports.acknowledged)} ; de retour {killed:.1f} s après une"
        f" base tuée, {stopped:.1f} s après une base redémarrée",
    )


def test_the_server_dies_and_comes_back(town, night, record_property):
    before, silences = town.supervisor.restarts, []
    with Reports(town, night) as reports:
        for _kill in range(KILLS):
            town.supervisor.kill()
            town.process.wait()
            silences.append(seconds_until_answer(town.url))
            reports.wait_for_more()
    assert town.supervisor.restarts - before == KILLS
    assert_kept_once(town, night, reports)
    record_property(
        "figure",
        f"{KILLS} fois tué ; 0 perdu sur {len(reports.acknowledged)} ; première réponse"
        f" au plus {max(silences):.1f} s après",
    )


RENAME = """
UPDATE mairie_rdv_demarche
SET name = '{"en_US": "Renommée", "fr_FR": "Renommée"}'
"""


def test_readers_go_to_a_replica_and_miss_nothing_when_it_dies(town):
    """It is held back for a while: whoever reads it does not see what is new."""
    with Replica() as replica:
        options = [f"--db_replica_host={replica.sockets}", "--db_replica_port=5432"]
        with LiveTown(f"live_replica_{os.getpid()}", 2, options=options) as reading:

            def sees_the_name():
                page = requests.get(f"{reading.url}/rdv/delais", timeout=30)
                assert page.status_code == 200
                return "Renommée" in page.text

            replica.sql("SELECT pg_wal_replay_pause()", reading.db)
            cluster.sql(RENAME, database=reading.db)
            assert not sees_the_name(), "the page was read from the primary"
            replica.sql("SELECT pg_wal_replay_resume()", reading.db)
            _wait_until(sees_the_name)
            replica.kill()
            assert sees_the_name()


def _wait_until(condition, patience=30):
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "the replica does not follow"
        time.sleep(0.1)
