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
PASSWORD = "course-2026-mairie"
TOWN = f"""
group = env.ref("mairie_base.group_agent")
users = env["res.users"].with_context(no_reset_password=True).create([
    {{"name": f"Lecteur {{i}}", "login": f"course{{i}}", "password": "{PASSWORD}",
      "group_ids": [(6, 0, group.ids)]}}
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
POST = "(SELECT id FROM mairie_social_post WHERE name = 'Course')"


class Reader:
    """One person with a session of his own."""

    def __init__(self, url, db, login):
        self.url, self.session = url, requests.Session()
        # A reset connection means "try again", never "refused".
        again = Retry(total=4, backoff_factor=0.2, allowed_methods=None)
        self.session.mount(url, HTTPAdapter(max_retries=again))
        params = {"db": db, "login": login, "password": PASSWORD}
        self._call("/web/session/authenticate", params)

    def _call(self, path, params):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        return self.session.post(self.url + path, json=body, timeout=60).json()

    def react(self, post_id, code="like"):
        call = {
            "model": "mairie.social.post",
            "method": "react",
            "args": [[post_id], code, True],
            "kwargs": {},
        }
        return self._call("/web/dataset/call_kw", call)


@pytest.fixture(scope="module")
def course(live_server):
    """The post's id and fifty readers, logged in one after the other."""
    live_server.execute(TOWN)
    readers = [
        Reader(live_server.url, live_server.db, f"course{index}")
        for index in range(PEOPLE)
    ]
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
