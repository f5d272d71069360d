"""A hundred members vote at once while the vote is closed: every one that was told
"recorded" counts, nobody votes twice, nobody after the end.

The control takes the lock away: then votes are added after the end.
"""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from psycopg2.errors import SerializationFailure
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from bench.frame import quantile
from devtools import settings

VOTERS = 100
AT_ONCE = 10
ROUNDS = 3
TOWN = f"""
seance = env.ref("mairie_elus.seance_ouverte")
mandature = env["mairie.mandature"].search([], limit=1)
Partner, Mandat = env["res.partner"], env["mairie.mandat"]
people = Partner.create([{{"name": f"Course {{i}}"}} for i in range({VOTERS})])
Mandat.create([
    {{"mandature_id": mandature.id, "partner_id": person.id, "civility": "madame",
      "channel": "paper", "paper_address": "1 rue du Bac",
      "date_from": mandature.date_from}}
    for person in people
])
mandats = Mandat.search([("partner_id", "in", people.ids)])
Convocation = env["mairie.convocation"]
seance.convened_at = seance.convened_at or seance.date_start
rows = [Convocation._prepare_renewed_vals(seance, mandat) for mandat in mandats]
Convocation.create([
    {{**vals, "token": f"{{rank:022d}}", "token_expires_at": "2099-01-01",
      "opened_at": seance.date_start}}
    for rank, vals in enumerate(rows)
])
seance._note_moves(people, True)
"""
OPEN = """
INSERT INTO mairie_vote_ouvert (point_id, seance_id, company_id, subject, opened_at, user_id)
SELECT s.current_point_id, s.id, s.company_id, %s, now() AT TIME ZONE 'UTC', 2
  FROM mairie_seance s JOIN ir_model_data d ON d.res_id = s.id
 WHERE d.module = 'mairie_elus' AND d.name = 'seance_ouverte'
RETURNING id
"""
CLOSE = """
UPDATE mairie_vote_ouvert SET closed_at = now() AT TIME ZONE 'UTC'
 WHERE closed_at IS NULL AND pg_sleep(0.15) IS NOT NULL
"""


class Member:
    """A member with the link of his notice, on his own device."""

    def __init__(self, url, row):
        convocation, token, self.partner = row
        self.base = f"{url}/elus/convocation/{convocation}/{token}"
        self.session = requests.Session()
        # A reset connection means "try again", never "refused".
        again = Retry(total=4, backoff_factor=0.2, allowed_methods=None)
        self.session.mount(url, HTTPAdapter(max_retries=again))
        page = self.session.get(f"{self.base}/notes", timeout=60).text
        self.csrf = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]

    def vote(self, vote_id, choice="pour"):
        """Return whether the server says that the vote is recorded."""
        data = {
            "csrf_token": self.csrf,
            "vote": vote_id,
            "pour": self.partner,
            "choix": choice,
        }
        answer = self.session.post(
            f"{self.base}/seance/voter", data=data, timeout=60, allow_redirects=False
        )
        assert answer.status_code in (303, 400), answer.status_code
        return answer.status_code == 303


class Table:
    """The secretary at the table, one screen of several."""

    def __init__(self, url, seance_id):
        self.url, self.seance_id = url, seance_id
        self.session = requests.Session()
        again = Retry(total=4, backoff_factor=0.2, allowed_methods=None)
        self.session.mount(url, HTTPAdapter(max_retries=again))
        page = self.session.get(f"{url}/web/login", timeout=60).text
        csrf = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        self.session.post(
            f"{url}/web/login",
            data={
                "csrf_token": csrf,
                "login": "secretaire",
                "password": settings.DEMO_PASSWORD,
            },
            timeout=60,
        ).raise_for_status()

    def call(self, method, *args):
        """Return (whether it was done, what came back or the sentence of the refusal)."""
        params = {
            "model": "mairie.seance",
            "method": method,
            "args": [[self.seance_id], *args],
            "kwargs": {},
        }
        answer = self.session.post(
            f"{self.url}/web/dataset/call_kw/mairie.seance/{method}",
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=60,
        ).json()
        if "error" in answer:
            return False, answer["error"]["data"]["message"]
        return True, answer["result"]


def query(town, sql, params=None):
    with town.connect() as connection, connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="module")
def room(live_server):
    live_server.execute(TOWN)
    rows = query(
        live_server,
        "SELECT c.id, c.token, c.partner_id FROM mairie_convocation c"
        " JOIN res_partner p ON p.id = c.partner_id WHERE p.name LIKE 'Course %'",
    )
    assert len(rows) == VOTERS
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda row: Member(live_server.url, row), rows))


@pytest.fixture(scope="module")
def tables(live_server, room):
    """Two screens that conduct the same meeting."""
    seance_id = query(
        live_server,
        "SELECT res_id FROM ir_model_data"
        " WHERE module = 'mairie_elus' AND name = 'seance_ouverte'",
    )[0][0]
    return [Table(live_server.url, seance_id) for _screen in range(2)]


def open_vote(town, name):
    close(town)
    return query(town, OPEN, [name])[0][0]


def counted(town, vote_id):
    return query(
        town, "SELECT count(*) FROM mairie_vote_voix WHERE ouvert_id = %s", [vote_id]
    )[0][0]


def add_after_the_end(town, vote_id, partner):
    """Add a vote in a transaction that began before the end and goes on after it."""
    with town.connect() as late, late.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(
            "SELECT closed_at FROM mairie_vote_ouvert WHERE id = %s", [vote_id]
        )
        assert cursor.fetchone()[0] is None
        close(town)
        cursor.execute(
            "INSERT INTO mairie_vote_voix"
            " (ouvert_id, company_id, partner_id, cast_by_id, choice, cast_at)"
            " SELECT id, company_id, %s, %s, 'pour', opened_at"
            "   FROM mairie_vote_ouvert WHERE id = %s",
            [partner, partner, vote_id],
        )


def close(town):
    with town.connect() as connection, connection.cursor() as cursor:
        cursor.execute(CLOSE)


def test_a_hundred_votes_at_once_are_a_hundred(live_server, room, record_property):
    vote_id = open_vote(live_server, "Cent")
    seconds, begun = [], time.perf_counter()

    def vote(member):
        start = time.perf_counter()
        told = member.vote(vote_id)
        seconds.append(time.perf_counter() - start)
        return told

    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = list(pool.map(vote, room))
    whole = time.perf_counter() - begun
    assert all(told)
    assert counted(live_server, vote_id) == VOTERS
    slow = quantile(sorted(seconds), 95)
    record_property(
        "figure",
        f"{VOTERS} votes en {whole:.1f} s, p95 {slow:.2f} s, 0 perdu, 0 doublé",
    )


def test_a_double_tap_is_one_vote(live_server, room):
    vote_id = open_vote(live_server, "Double")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: room[0].vote(vote_id), range(8)))
    assert counted(live_server, vote_id) == 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_what_was_told_recorded_is_in_the_total_of_the_end(live_server, room, number):
    vote_id = open_vote(live_server, f"Clos {number}")
    with ThreadPoolExecutor(AT_ONCE + 1) as pool:
        ending = pool.submit(close, live_server)
        told = list(pool.map(lambda member: member.vote(vote_id), room[:40]))
        ending.result()
    total = counted(live_server, vote_id)
    assert sum(told) == total
    assert not room[60].vote(vote_id), "the end is the end"
    assert counted(live_server, vote_id) == total


def test_two_screens_close_and_record_one_vote(live_server, room, tables):
    """The end comes from the table, twice at once, while members vote; then both record."""
    vote_id = open_vote(live_server, "Deux écrans")
    with ThreadPoolExecutor(AT_ONCE + 2) as pool:
        told = pool.map(lambda member: member.vote(vote_id), room[:40])
        ends = pool.map(lambda table: table.call("console_close_vote", vote_id), tables)
        assert all(done for done, _answer in ends)
        total = counted(live_server, vote_id)
        told = list(told)
    assert sum(told) == counted(live_server, vote_id) == total
    item = tables[0].call("console_read")[1]["current"]
    point, voters = item["id"], item["voters"]
    vals = {"mode": "ordinary", "subject": "À main levée", "pour": voters}
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda table: table.call("console_vote", point, vals), tables)
        )
    assert sorted(done for done, _answer in answers) == [False, True], answers
    refused = next(sentence for done, sentence in answers if not done)
    assert re.search("déjà|vient d'être", refused), refused
    rows = query(
        live_server, "SELECT pour FROM mairie_vote WHERE subject = 'À main levée'"
    )
    assert rows == [(voters,)]


def test_a_vote_older_than_the_end_is_started_again(live_server, room):
    vote_id = open_vote(live_server, "Attardé")
    with pytest.raises(SerializationFailure):
        add_after_the_end(live_server, vote_id, room[0].partner)
    assert counted(live_server, vote_id) == 0


def test_control_without_the_lock_it_enters_after_the_end(live_server, room):
    query(live_server, "DROP TRIGGER mairie_vote_voix_open ON mairie_vote_voix")
    vote_id = open_vote(live_server, "Témoin")
    add_after_the_end(live_server, vote_id, room[0].partner)
    assert counted(live_server, vote_id) == 1
