"""The suite as one town uses it: what a machine carries, for the sizing table."""

import http.client
import json
import threading
import time
from urllib.parse import urlsplit

import psutil

from .frame import case

AGENTS = 415
TOWN = f"""
group = env.ref("mairie_base.group_agent")
users = env["res.users"].with_context(no_reset_password=True).create([
    {{"name": f"Agent {{i}}", "login": f"matin{{i}}", "group_ids": [(6, 0, group.ids)],
      "lang": "fr_FR", "tz": "Europe/Paris"}}
    for i in range({AGENTS})
])
"""
# What the browser of an agent asks for, whose bundles are in its cache.
HOME = {"model": "mairie.social.post", "method": "get_home", "args": [], "kwargs": {}}
CALL = json.dumps({"jsonrpc": "2.0", "method": "call", "params": HOME})
MORNING = (
    ("GET", "/odoo", None),
    ("POST", "/web/dataset/call_kw/mairie.social.post/get_home", CALL),
)


def agents(run):
    """Cookies of 415 people who have signed in."""
    if not hasattr(run.bench, "agents"):
        run.town.execute(TOWN)
        logins = [f"matin{rank}" for rank in range(AGENTS)]
        run.bench.agents = run.town.open_sessions(logins)
    return run.bench.agents


class Browser:
    """One connection; `.open()` asks for the pages of a morning in turn."""

    def __init__(self, town):
        self.place = urlsplit(town.url)
        self.link = self._connect()

    def _connect(self):
        return http.client.HTTPConnection(
            self.place.hostname, self.place.port, timeout=60
        )

    def open(self, sid, requests=MORNING):
        """Return (seconds, whether all was well)."""
        begun, well = time.perf_counter(), True
        for method, path, body in requests:
            headers = {
                "Cookie": f"session_id={sid}",
                "Content-Type": "application/json",
            }
            try:
                self.link.request(method, path, body, headers)
                answer = self.link.getresponse()
                text = answer.read()
                well &= answer.status == 200 and b'"error"' not in text[:200]
            except OSError:
                self.link.close()
                self.link, well = self._connect(), False
        return time.perf_counter() - begun, well


def in_hands(hands, work):
    """Run `work(hand)` in as many threads; return what each found, together."""
    found = [[] for _hand in range(hands)]

    def go(hand):
        found[hand] = list(work(hand))

    threads = [threading.Thread(target=go, args=[hand]) for hand in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [row for rows in found for row in rows]


def record(run, answers):
    """Keep the durations, and how many were refused."""
    run.record(elapsed for elapsed, _well in answers)
    run.figure("refused", sum(not well for _elapsed, well in answers))


def memory(town):
    """Resident bytes of each process of the server."""
    master = psutil.Process(town.process.pid)
    return sorted(child.memory_info().rss for child in master.children(recursive=True))


@case(
    "Un matin : tous les agents ouvrent leur accueil en deux minutes",
    size="415 agents, page et accueil, deux processus",
    goal="p95 < 1 s, refused = 0",
)
def morning(run):
    sids, hands, seconds = agents(run), 16, 120
    start = time.monotonic() + 1

    def work(hand):
        browser = Browser(run.town)
        for turn in range(hand, AGENTS, hands):
            time.sleep(max(0, start + turn * seconds / AGENTS - time.monotonic()))
            yield browser.open(sids[turn])

    record(run, in_hands(hands, work))


@case(
    "Accueil à saturation",
    size="8 navigateurs qui ne s'arrêtent pas, 20 s, deux processus",
    goal="refused = 0, per second ≥ 10",
)
def saturation(run):
    sids, hands, seconds = agents(run), 8, 20
    end = time.monotonic() + seconds

    def work(hand):
        browser, turn = Browser(run.town), hand
        while time.monotonic() < end:
            yield browser.open(sids[turn % AGENTS], MORNING[1:])
            turn += hands

    answers = in_hands(hands, work)
    record(run, answers)
    run.figure("per second", len(answers) / seconds)
    sizes = ", ".join(f"{size / 1e6:.0f} Mo" for size in memory(run.town))
    run.note(f"{len(answers)} accueils ; mémoire des processus : {sizes}")
