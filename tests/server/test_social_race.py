"""Fifty people like one post at once: fifty count, and a double tap counts once.

The control takes the constraint away: then a double tap counts twice.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

PEOPLE = 50
# Two workers answer two requests at a time; a queue of ten is a rush that no proxy
# has smoothed. More only fills the kernel's queue, which then resets connections.
AT_ONCE = 10
TOWN = f"""
group = env.ref("mairie_base.group_agent")
users = env["res.users"].with_context(no_reset_password=True).create([
    {{"name": f"Lecteur {{i}}", "login": f"course{{i}}", "group_ids": [(6, 0, group.ids)]}}
    for i in range({PEOPLE})
])
audience = env["mairie.social.audience"].create(
    {{"name": "Course", "kind": "manual", "included_user_ids": [(6, 0, users.ids)]}}
)
env["mairie.social.post"].create({{
    "name": "Course", "state": "published", "published_at": "2026-01-05 08:00:00",
    "audience_ids": [(6, 0, audience.ids)],
}})
"""
QUESTION = """
users = env["res.users"].search([("login", "like", "course%")], order="id")
audience = env["mairie.social.audience"].search([("name", "=", "Course")], limit=1)
post = env["mairie.social.post"].create({
    "name": "Question", "state": "published", "published_at": "2026-01-05 09:00:00",
    "author_id": users[0].id, "audience_ids": [(6, 0, audience.ids)],
})
env["mairie.social.poll"].create({
    "post_id": post.id, "question": "Quel jour ?", "is_anonymous": True,
    "option_ids": [(0, 0, {"name": "Lundi"}), (0, 0, {"name": "Mardi"})],
})
"""
POLL = "(SELECT max(id) FROM mairie_social_poll)"
POST = "(SELECT id FROM mairie_social_post WHERE name = 'Course')"


class Reader:
    """One person with a session of his own."""

    def __init__(self, url, sid):
        self.url, self.session = url, requests.Session()
        self.session.cookies.set("session_id", sid)
        # A reset connection means "try again", never "refused".
        again = Retry(total=4, backoff_factor=0.2, allowed_methods=None)
        self.session.mount(url, HTTPAdapter(max_retries=again))

    def call(self, method, post_id, *args):
        call = {
            "model": "mairie.social.post",
            "method": method,
            "args": [[post_id], *args],
            "kwargs": {},
        }
        body = {"jsonrpc": "2.0", "method": "call", "params": call}
        address = f"{self.url}/web/dataset/call_kw"
        return self.session.post(address, json=body, timeout=60).json()

    def react(self, post_id, code="like"):
        return self.call("react", post_id, code, True)


@pytest.fixture(scope="module")
def course(live_server):
    """The post's id and fifty readers."""
    live_server.execute(TOWN)
    sids = live_server.open_sessions([f"course{index}" for index in range(PEOPLE)])
    readers = [Reader(live_server.url, sid) for sid in sids]
    return query(live_server, f"SELECT {POST}"), readers


def query(town, sql):
    with town.connect() as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def count(town, code="like"):
    return query(
        town,
        "SELECT count(*) FROM mairie_social_reaction"
        f" WHERE post_id = {POST} AND code = '{code}'",
    )


def test_fifty_likes_at_once_are_fifty(live_server, course):
    post_id, readers = course
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda reader: reader.react(post_id), readers))
    assert not [answer for answer in answers if "error" in answer]
    assert count(live_server) == PEOPLE


def test_double_tap_at_once_counts_once(live_server, course):
    post_id, readers = course
    reader = readers[0]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: reader.react(post_id), range(8)))
    assert not [answer for answer in answers if "error" in answer]
    assert count(live_server) == PEOPLE


def test_votes_while_the_poll_closes_count_or_are_refused(live_server, course):
    """Each vote told as counted is counted, each one refused is not (R4)."""
    _post_id, readers = course
    live_server.execute(QUESTION)
    poll = f"FROM mairie_social_poll WHERE id = {POLL}"
    post_id = query(live_server, f"SELECT post_id {poll}")
    option = query(
        live_server,
        f"SELECT min(id) FROM mairie_social_poll_option WHERE poll_id = {POLL}",
    )

    def act(rank):
        if rank == 12:
            return readers[0].call("close_poll", post_id)
        return readers[rank].call("vote", post_id, [option])

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(act, range(1, 25)))
    assert "error" not in answers[11]
    votes = answers[:11] + answers[12:]
    counted = len([answer for answer in votes if "error" not in answer])
    rows = f"FROM mairie_social_poll_participation WHERE poll_id = {POLL}"
    assert query(live_server, f"SELECT count(*) {rows}") == counted
    ballots = f"FROM mairie_social_poll_option WHERE poll_id = {POLL}"
    assert query(live_server, f"SELECT sum(secret_count) {ballots}") == counted
    assert "error" in readers[30].call("vote", post_id, [option])


def test_control_without_the_constraint_a_double_tap_counts_twice(live_server, course):
    post_id, readers = course
    with live_server.connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE mairie_social_reaction"
            " DROP CONSTRAINT mairie_social_reaction_once"
        )
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: readers[0].react(post_id, "bravo"), range(8)))
    assert count(live_server, "bravo") > 1
