"""Elections, the public side: the page under a crowd, its snapshot."""

import http.client
import random
import threading
import time
from urllib.parse import urlsplit

from .frame import case


@case(
    "Soir d'élection : la page publique sous la foule",
    size="2 000 visiteurs, une demande toutes les 10 s : 200 par seconde",
    goal="refused = 0, p99 ≤ 200 ms, not modified ≥ 90 %",
)
def public_crowd(run):
    """The polled fragment through the workers, without a proxy in front (R12)."""
    seconds, rate, hands = (600 if run.full else 20), 200, 16
    place = urlsplit(run.town.url)
    path = "/resultats/toulouse-2026-tour-1/direct/fr_FR.html"
    start = time.monotonic() + 1
    found = [[] for _hand in range(hands)]

    def visit(hand):
        tag, mine = "", random.Random(hand)
        link = http.client.HTTPConnection(place.hostname, place.port, timeout=30)
        for turn in range(hand, rate * seconds, hands):
            due = start + turn / rate
            time.sleep(max(0, due - time.monotonic()))
            # one in twenty has just come and has no version yet
            headers = {"If-None-Match": tag} if tag and mine.random() > 0.05 else {}
            begun = time.perf_counter()
            try:
                link.request("GET", path, headers=headers)
                answer = link.getresponse()
                answer.read()
                tag, status = answer.headers["ETag"], answer.status
            except OSError:
                link.close()
                status = 0
            found[hand].append((time.perf_counter() - begun, status))

    threads = [threading.Thread(target=visit, args=[hand]) for hand in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers = [row for rows in found for row in rows]
    run.record(elapsed for elapsed, _status in answers)
    statuses = [status for _elapsed, status in answers]
    run.figure("refused", sum(status not in (200, 304) for status in statuses))
    run.figure("not modified", statuses.count(304) / len(statuses))
    run.note(f"{len(answers)} demandes en {seconds} s, client sur les mêmes cœurs")


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
