"""Elections, the public side: the page under a crowd, its snapshot."""

import http.client
import random
import threading
import time
from urllib.parse import urlsplit

import psutil

from .frame import case

PAGE = "/resultats/toulouse-2026-tour-1"
FRAGMENT = f"{PAGE}/direct/fr_FR.html"
CROWD = "2 000 visiteurs, une demande toutes les 10 s : 200 par seconde"
RATE, HANDS = 200, 16


@case(
    "Soir d'élection : la page publique sous la foule",
    size=f"{CROWD}, par nginx et son profil (deploy/nginx.conf)",
    goal="refused = 0, p99 ≤ 200 ms, not modified ≥ 90 %, cpu ≤ 60 %",
)
def public_crowd(run):
    """What a town gets: fragments are files, pages are kept two seconds (R12)."""
    _visit_all(run, run.proxy.url, [run.proxy.process, run.town.process])


@case(
    "La même foule, Odoo seul",
    size=f"{CROWD}, sans nginx",
    goal="refused = 0, p99 ≤ 200 ms, not modified ≥ 90 %",
)
def public_crowd_alone(run):
    """The workers without a proxy in front: what is left to a town that has none."""
    _visit_all(run, run.town.url, [run.town.process])


def _visit_all(run, url, servers):
    """One in twenty has just come and reads the page; the others ask what changed."""
    seconds = 600 if run.full else 20
    place = urlsplit(url)
    found = [[] for _hand in range(HANDS)]
    _ask(http.client.HTTPConnection(place.hostname, place.port), PAGE, "")
    busy = _cpu_seconds(servers)
    start = time.monotonic() + 1

    def visit(hand):
        tag, mine = "", random.Random(hand)
        link = http.client.HTTPConnection(place.hostname, place.port, timeout=30)
        for turn in range(hand, RATE * seconds, HANDS):
            time.sleep(max(0, start + turn / RATE - time.monotonic()))
            has_come = mine.random() < 0.05
            begun = time.perf_counter()
            try:
                if has_come:
                    status, _tag = _ask(link, PAGE, "")
                else:
                    status, tag = _ask(link, FRAGMENT, tag)
            except (OSError, http.client.HTTPException):
                link.close()
                status = 0
            found[hand].append((time.perf_counter() - begun, status))

    threads = [threading.Thread(target=visit, args=[hand]) for hand in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.monotonic() - start
    busy = _cpu_seconds(servers) - busy
    answers = [row for rows in found for row in rows]
    run.record(elapsed for elapsed, _status in answers)
    statuses = [status for _elapsed, status in answers]
    run.figure("refused", sum(status not in (200, 304) for status in statuses))
    run.figure("not modified", statuses.count(304) / len(statuses))
    run.figure("cpu", busy / spent / psutil.cpu_count())
    run.note(
        f"{len(answers)} demandes en {spent:.0f} s, client sur les mêmes cœurs ; "
        f"serveurs {run.figures['cpu']:.0%} de la machine"
    )


def _ask(link, path, tag):
    """:return: (status, version of what was read)"""
    link.request("GET", path, headers={"If-None-Match": tag} if tag else {})
    answer = link.getresponse()
    answer.read()
    return answer.status, answer.headers["ETag"] or tag


def _cpu_seconds(servers):
    """Seconds of processor that these programs and their children have had so far."""
    total = 0
    for server in servers:
        root = psutil.Process(server.pid)
        for process in [root, *root.children(recursive=True)]:
            times = process.cpu_times()
            total += times.user + times.system
    return total


@case(
    "Instantané public d'un grand tour",
    size="284 bureaux × 10 listes",
    goal="p95 < 100 ms",
)
def public_snapshot(run):
    tours = run.env["mairie.scrutin.tour"]
    tour = tours.search([("public_code", "=", "toulouse-2026-tour-1")])
    publication = run.env["mairie.scrutin.publication"]
    run.measure(lambda: publication._build(tour, "apres"), times=20)
