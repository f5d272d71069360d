"""Every route of ours, as the routing map lists it, against strangers and odd guesses.

Nobody has to remember to add a new route here: what is not fit for a stranger shows.
"""

import json
import re

import pytest
import requests

from devtools import settings

MAP = """
import json
for rule in env["ir.http"].routing_map().iter_rules():
    endpoint = rule.endpoint
    if ".mairie_" in endpoint.func.__module__:
        routing = endpoint.routing
        print("route:", json.dumps([
            rule.rule, routing["auth"], routing.get("methods") or ["GET"],
            routing.get("csrf"),
        ]))
"""
COUNTS = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'mairie%'
ORDER BY relname
"""
VARIABLE = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
NUMBERS = ["1", "2", "999999", "0"]
WORDS = ["x" * 32, "inconnu", "%27%22%3C%C3%A9", "0"]
QUERIES = [
    {},
    {"page": "-1", "day": "31/31/2026", "jour": "hier", "month": "x", "q": "'\"<%"},
    {"persons": "0", "personnes": "1e9", "lieu": "x", "bureau": "x", "tour": ""},
]
# What the town shows to anybody is no secret: these open by a public name.
PUBLIC_NAMES = (
    "<string:slug>",
    "<string:code>",
    "<int:company_id>",
    "<string:version>",
    "<int:publication_id>",
)
# Machines that show a key of their own, checked where they are tested.
KEYED = ("/bureau/api/", "/rdv/borne/")


@pytest.fixture(scope="module")
def routes(live_server):
    """Triples (address, auth, methods, csrf) of every route of ours."""
    printed = live_server.execute(MAP)
    lines = re.findall(r"route: (\[.*\])", printed)
    found = [tuple(map(_frozen, json.loads(line))) for line in lines]
    assert len(found) > 70
    return sorted(set(found))


def _frozen(value):
    return tuple(value) if isinstance(value, list) else value


def guesses(rule):
    """Addresses that somebody could try, one for each pair of odd values."""
    names = VARIABLE.findall(rule)
    if not names:
        return [rule]
    choices = [NUMBERS if kind == "int" else WORDS for kind, _name in names]
    # One value after the other, each with all values of the last variable.
    rows = {tuple(row) for row in zip(*choices, strict=False)}
    rows |= {(*row[:-1], last) for row in rows for last in choices[-1]}
    return [_filled(rule, row) for row in sorted(rows)]


def _filled(rule, row):
    values = iter(row)
    return VARIABLE.sub(lambda _match: next(values), rule)


def logged_in(server, login):
    session = requests.Session()
    form = session.get(f"{server.url}/web/login", timeout=60).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)[1]
    data = {"login": login, "password": settings.DEMO_PASSWORD, "csrf_token": token}
    answer = session.post(f"{server.url}/web/login", data=data, timeout=60)
    assert "/odoo" in answer.url, login
    return session


def ask(session, method, address, **options):
    return session.request(
        method, address, timeout=60, allow_redirects=False, **options
    )


def test_no_guess_breaks_a_page(live_server, routes):
    """Whatever the address and its parameters: an answer, no error of the server."""
    session = requests.Session()
    asked = [
        (address, query)
        for rule in reading(routes)
        for number, address in enumerate(guesses(rule))
        for query in (QUERIES if not number else QUERIES[:1])
    ]
    assert not broken(session, live_server, asked)


@pytest.mark.parametrize("login", ["agent", "legoff", "accueil", "operateur"])
def test_no_guess_breaks_a_page_of_the_staff(live_server, routes, login):
    session = logged_in(live_server, login)
    rules = reading(row for row in routes if row[1] == "user")
    asked = [(address, {}) for rule in rules for address in guesses(rule)]
    assert not broken(session, live_server, asked)


def reading(routes):
    return [rule for rule, _auth, methods, _csrf in routes if "GET" in methods]


def broken(session, server, asked):
    answers = [
        (address, query, ask(session, "GET", server.url + address, params=query))
        for address, query in asked
    ]
    return [
        (*row, answer.status_code)
        for *row, answer in answers
        if not answer.status_code < 500
    ]


def test_a_secret_address_is_the_same_nothing_whatever_the_guess(live_server, routes):
    """Unknown, malformed or of somebody else: the stranger cannot tell them apart."""
    told = []
    for rule in reading(routes):
        if not VARIABLE.search(rule) or any(name in rule for name in PUBLIC_NAMES):
            continue
        answers = {
            address: ask(requests, "GET", live_server.url + address)
            for address in guesses(rule)
        }
        seen = {_trace(address, answer) for address, answer in answers.items()}
        if len(seen) > 1 or {status for status, _body in seen} & {200}:
            told.append((rule, sorted({status for status, _body in seen})))
    assert not told


def _trace(address, answer):
    """Status and body, without what repeats the question."""
    body = answer.text.replace(address, "")
    body = re.sub(r'csrf_token[^,>]*|redirect=[^"&]*', "", body)
    return answer.status_code, body


def test_no_form_of_a_stranger_changes_anything(live_server, routes):
    """S10: a POST without our own form's token is refused, and writes nothing."""
    before = _rows(live_server)
    accepted = []
    for rule, _auth, methods, csrf in routes:
        if "POST" not in methods:
            continue
        for address in guesses(rule):
            answer = ask(
                requests,
                "POST",
                live_server.url + address,
                data={"name": "x", "email": "x@exemple.fr", "answer": "present"},
                headers={"Origin": "https://ailleurs.exemple"},
            )
            if answer.status_code < 300 or answer.status_code >= 500:
                accepted.append((address, answer.status_code))
        assert csrf is not False or rule.startswith(KEYED) or "pin" in rule, rule
    assert not accepted
    assert _rows(live_server) == before


def _rows(server):
    """How many rows each table of ours holds."""
    with server.connect() as connection, connection.cursor() as cursor:
        cursor.execute(COUNTS)
        tables = [row[0] for row in cursor.fetchall()]
        counts = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts
