"""The evening's crowd on a real server: one figure for all, and sums that add up."""

import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import requests

from devtools.screens import Screens
from devtools.settings import LONG
from devtools.simulator import Phone, prepare

SCREENS, NEWS, PAUSE = (400, 60, 1.0) if LONG else (60, 6, 0.5)
PAGE = "/resultats/toulouse-2026-tour-1"
REOPEN = """
import time
tour = env["mairie.scrutin.tour"].search([("public_code", "=", "toulouse-2026-tour-1")])
boss = env.ref("mairie_base.user_superviseur")
stations = tour.bureau_tour_ids[:40].with_user(boss)
for station in stations:
    station._reopen("Essai")
    env.cr.commit()
for station in stations:
    time.sleep(0.1)
    station.action_validate()
    env.cr.commit()
"""


def read(server):
    return requests.get(f"{server.url}{PAGE}/resultats.json", timeout=30).json()


def read_while(server, writer):
    """Yield at least 1 000 answers, and go on as long as the writer writes."""
    turns = 0
    with ThreadPoolExecutor(4) as pool:
        while turns < 1000 or writer.is_alive():
            yield from pool.map(lambda _turn: read(server), range(100))
            turns += 100


def is_coherent(data):
    """R7: each total is the sum of the stations, at every instant."""
    stations = data["resultats_par_bureau"]
    sums = [sum(column) for column in zip(*(r["voix"] for r in stations), strict=True)]
    return (
        data["bureaux_comptes"] == len(stations)
        and data["exprimes"] == sum(row["exprimes"] for row in stations)
        and [row["voix"] for row in data["listes"]] == sums
        and sum(sums) == data["exprimes"]
    )


def test_totals_are_the_sum_of_the_stations_while_they_change(live_server):
    """1 000 reads while 40 stations are reopened and validated again."""
    writer = threading.Thread(target=live_server.execute, args=[REOPEN])
    writer.start()
    seen = set()
    for data in read_while(live_server, writer):
        assert is_coherent(data)
        seen.add(data["bureaux_comptes"])
    assert read(live_server)["bureaux_comptes"] == 284
    assert len(seen) > 1, "control: the stations did change meanwhile"


def test_a_rush_gets_one_answer_and_builds_once(live_server):
    live_server.execute("env['mairie.scrutin.publication'].search([]).unlink()")
    address = f"{live_server.url}{PAGE}/direct/fr_FR.html"
    with ThreadPoolExecutor(16) as pool:
        answers = list(
            pool.map(lambda _turn: requests.get(address, timeout=30), range(64))
        )
    assert {answer.status_code for answer in answers} == {200}
    with live_server.connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT etag FROM mairie_scrutin_publication WHERE phase = 'apres'"
        )
        kept = [row[0] for row in cursor.fetchall()]
    assert len(kept) == 1
    assert {answer.headers["ETag"] for answer in answers} == {f'"{kept[0]}"'}
    headers = {"If-None-Match": answers[0].headers["ETag"]}
    again = requests.get(address, headers=headers, timeout=30)
    assert (again.status_code, again.content) == (304, b"")


def test_every_screen_hears_every_turnout(live_server, record_property):
    """R11: each turnout that a phone sends reaches each open night room."""
    night = prepare(live_server, stations=NEWS, name="ecrans", let_in=True)
    (sid,) = live_server.open_sessions(["operateur"])
    screens = Screens(live_server, sid, SCREENS)
    sent, wanted = [], SCREENS * NEWS
    try:
        time.sleep(2)  # the last one to subscribe
        for station in night.stations:
            sent.append(time.monotonic())
            data = {"hour": 10, "votants": 120}
            answer = Phone(live_server.url, station).send("turnout", night.tour, data)
            assert answer.status == 200, answer.body
            time.sleep(PAUSE)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and len(screens.heard) < wanted:
            time.sleep(0.2)
    finally:
        screens.close()
    assert {tour for _screen, tour, _moment in screens.heard} == {night.tour}
    delays = screens.delays(sent)
    assert len(delays) == len(screens.heard) == wanted
    p95 = statistics.quantiles(delays, n=20)[-1]
    figure = f"{SCREENS} écrans, {NEWS} nouvelles, toutes reçues, p95 {p95:.2f} s"
    record_property("figure", figure)
