"""S6, S7: passwords are not found by trying, through any door, with two workers.

nginx shuts the doors of programs (tests/test_deployment.py); they are tried as well.
"""

import os
import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from requests.adapters import HTTPAdapter

from devtools import settings
from devtools.live import LiveTown

TRIES, AT_ONCE, GOAL = 40, 8, 20


@pytest.fixture(scope="module")
def town():
    with LiveTown(f"live_brute_{os.getpid()}", workers=2) as town:
        yield town


class From(HTTPAdapter):
    """Speaks from an address of its own."""

    def __init__(self, address):
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args, **kwargs):
        kwargs["source_address"] = (self.address, 0)
        super().init_poolmanager(*args, **kwargs)


def visitor(address):
    session = requests.Session()
    session.mount("http://", From(address))
    return session


def by_form(town, address, login, password):
    """Whether the page of sign-in opens."""
    session = visitor(address)
    form = session.get(f"{town.url}/web/login", timeout=60).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)[1]
    data = {"login": login, "password": password, "csrf_token": token}
    answer = session.post(f"{town.url}/web/login", data=data, timeout=120)
    return "/web/login" not in answer.url


def by_session(town, address, login, password):
    """Whether the web client's own call opens."""
    params = {"db": town.db, "login": login, "password": password}
    answer = visitor(address).post(
        f"{town.url}/web/session/authenticate",
        json={"jsonrpc": "2.0", "params": params},
        timeout=120,
    )
    return bool(answer.json().get("result", {}).get("uid"))


def call_rpc(town, address, service, method, *args):
    params = {"service": service, "method": method, "args": [town.db, *args]}
    answer = visitor(address).post(
        f"{town.url}/jsonrpc",
        json={"jsonrpc": "2.0", "method": "call", "params": params},
        timeout=120,
    )
    return answer.json().get("result")


def by_rpc_login(town, address, login, password):
    """Whether a program learns the number of the account."""
    return bool(call_rpc(town, address, "common", "login", login, password))


def by_rpc_call(town, address, login, password):
    """Whether a program that knows the number may read."""
    with town.connect() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT id FROM res_users WHERE login = %s", [login])
        (uid,) = cursor.fetchone()
    words = (uid, password, "res.users", "search_count", [])
    return bool(call_rpc(town, address, "object", "execute", *words))


def effective(town, login):
    """Tries of an account that were compared with its password."""
    with town.connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT failed_count FROM mairie_social_lockout l JOIN res_users u"
            " ON l.key = 'user:' || u.id WHERE u.login = %s",
            [login],
        )
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("door", "login", "mine"),
    [
        (by_form, "agent", "127.0.0.2"),
        (by_session, "communication", "127.0.0.3"),
        (by_rpc_login, "rh", "127.0.0.5"),
        (by_rpc_call, "ambassadeur", "127.0.0.6"),
    ],
)
def test_few_tries_count_whatever_the_door(town, door, login, mine, record_property):
    right = settings.DEMO_PASSWORD
    assert door(town, mine, login, right), "control: the right password opens"
    with ThreadPoolExecutor(AT_ONCE) as pool:
        tries = [
            pool.submit(door, town, f"127.1.0.{rank + 1}", login, f"faux-{rank}")
            for rank in range(TRIES)
        ]
        assert not any(task.result() for task in tries)
    count = effective(town, login)
    assert 5 <= count <= GOAL
    assert not door(town, mine, login, right), "locked for a quarter of an hour"
    assert door(town, mine, "legoff", right), "nobody else is"
    record_property(
        "figure", f"{count} essais utiles sur {TRIES}, adresses différentes"
    )


HIDE = re.compile(r'csrf_token[^>]*>|value="[^"]*"|"[0-9a-f]{40}o\d+"')


def test_the_answer_does_not_tell_who_exists(town, record_property):
    """S7: known and unknown, tried and locked: the same page, after the same time."""
    session, said, seconds = visitor("127.0.0.4"), {}, {}
    form = session.get(f"{town.url}/web/login", timeout=60).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)[1]
    for _try in range(7):
        for login in ("secretaire", "nobody-of-that-name"):
            data = {"login": login, "password": "faux", "csrf_token": token}
            start = time.perf_counter()
            text = session.post(f"{town.url}/web/login", data=data, timeout=60).text
            seconds.setdefault(login, []).append(time.perf_counter() - start)
            said.setdefault(login, []).append(HIDE.sub("", text))
    known, unknown = said.values()
    assert known == unknown
    # The first answers, before the limit: a password is slow, its absence is not.
    known, unknown = (statistics.median(row[:3]) for row in seconds.values())
    record_property("figure", f"rapport des durées {known / unknown:.2f}")
    assert 1 / 3 < known / unknown < 3
