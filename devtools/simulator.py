"""Phones of polling stations that drive the real addresses, on a bad network.

Used by tests/server and bench: a round is prepared on a private copy (``prepare``), then
``Phone`` logs in by its PIN, or with the token that it was given, and sends: requests lost, answers lost, the same again, a
clock that is wrong, a server whose workers are killed.
"""

import json
import random
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import psutil
import requests

PATIENCE = 60  # seconds until a sending that gets no answer is given up
ROUND = """
import json
from odoo import fields
scrutin = env["mairie.scrutin"].create({{
    "name": "Simulation {name}", "kind": "municipales", "year": 2026,
    "commune_insee": env.company.mairie_insee_code, "seat_count": 33,
}})
tour = env["mairie.scrutin.tour"].create({{
    "scrutin_id": scrutin.id, "numero": 1, "date": fields.Date.today(),
    "public_code": "simulation-{name}", "double_entry_mode": "{double}",
}})
env["mairie.scrutin.candidature"].create([
    {{"tour_id": tour.id, "panneau": f"{{k:03d}}", "sequence": k, "name": f"Liste {{k}}"}}
    for k in range(1, {lists} + 1)
])
codes = [f"S{{k:04d}}" for k in range(1, {stations} + 1)]
bureaux = env["mairie.scrutin.bureau"]._get_or_create(
    env.company, env.company.mairie_insee_code, codes
)
stations = env["mairie.scrutin.bureau.tour"].create([
    {{"tour_id": tour.id, "bureau_id": bureau.id, "inscrits": 1000}} for bureau in bureaux
])
if {let_in}:  # hundreds of phones: their PINs, slow on purpose, are not used
    from odoo.addons.mairie_scrutin.models import mairie_scrutin_acces
    mairie_scrutin_acces.PIN_ROUNDS = 1
accesses = env["mairie.scrutin.acces"]._get_or_create(stations)
print("SIMULATION " + json.dumps({{
    "tour": tour.id, "lists": tour.candidature_ids.mapped("panneau"),
    "list_ids": tour.candidature_ids.ids,
    "stations": [
        [acces.code, token, pin, acces.bureau_tour_id.id]
        + ([env["mairie.scrutin.device"]._let_in(acces, "Essai")[1]] if {let_in} else [])
        for acces, token, pin in accesses._renew()
    ],
}}))
"""


@dataclass
class Night:
    """A prepared round: its id, its lists, [(code, token of the link, PIN, id)].

    Phones that are let in have their own token as a fifth value.
    """

    tour: int
    lists: list
    list_ids: list
    stations: list


def prepare(town, *, stations, lists=4, double="never", name="essai", let_in=False):
    """Create a round of today on a served copy of the demo town.

    :param let_in: give each station a phone that needs no PIN
    """
    script = ROUND.format(
        stations=stations, lists=lists, double=double, name=name, let_in=let_in
    )
    lines = town.execute(script).splitlines()
    (found,) = [line for line in lines if "SIMULATION {" in line]
    return Night(**json.loads(found.partition("SIMULATION ")[2]))


@dataclass
class Network:
    """A bad network. Chances are per request, the same seed gives the same evening."""

    loss: float = 0.0  # the request never arrives
    silence: float = 0.0  # it arrives, its answer does not
    replay: float = 0.0  # it is sent again although it was answered
    seed: int = 1
    dice: random.Random = field(init=False)
    lock: threading.Lock = field(init=False, default_factory=threading.Lock)

    def __post_init__(self):
        self.dice = random.Random(self.seed)

    def happens(self, chance):
        with self.lock:
            return self.dice.random() < chance


@dataclass
class Answer:
    """What a phone learned of one sending."""

    uuid: str
    kind: str
    status: int
    body: dict
    seconds: float  # of the request that was answered
    tries: int


class Phone:
    """One device of one station."""

    def __init__(self, url, station, network=None, skew=0):
        self.url, self.network = url, network or Network()
        self.code, self.link, self.pin = station[:3]
        self.skew, self.seq, self.token = skew, 0, None
        self.session = requests.Session()
        if len(station) > 4:
            self._hold(station[4])

    def enter(self, name="Téléphone"):
        body = {"pin": self.pin, "device_name": name}
        answer = self._insist("POST", f"/bureau/{self.link}/pin", body)[0]
        answer.raise_for_status()
        self._hold(answer.json()["device_token"])
        return self

    def _hold(self, token):
        self.token = self.session.headers["X-Mairie-Device"] = token

    def state(self):
        return self._insist("GET", "/bureau/api/state")[0].json()

    def send(self, kind, tour, data, base=None, key=None):
        """Send until it is answered, as the page's outbox does."""
        body = self.prepare(kind, tour, data, base, key)
        answer, seconds, tries = self._insist("POST", "/bureau/api/op", body)
        if self.network.happens(self.network.replay):
            again = self._insist("POST", "/bureau/api/op", body)[0]
            # a refusal may be judged anew: what was kept is answered the same for ever
            if answer.status_code == 200 and again.json() != answer.json():
                raise AssertionError(f"{answer.text}, then for the same {again.text}")
            answer = again
        return Answer(
            body["uuid"], kind, answer.status_code, answer.json(), seconds, tries
        )

    def prepare(self, kind, tour, data, base=None, key=None):
        """A sending as the page keeps it until it leaves."""
        self.seq += 1
        moment = datetime.now(UTC) + timedelta(seconds=self.skew)
        return {
            "uuid": key or str(uuid.uuid4()),
            "seq": self.seq,
            "sent_at": moment.isoformat(),
            "kind": kind,
            "tour": tour,
            "data": data,
            "base_version": base,
        }

    def send_again(self, sending):
        """The same sending, as it is. :return: its answer"""
        return self._insist("POST", "/bureau/api/op", sending)[0].json()

    def send_together(self, sendings):
        """What waited without network. :return: [{"status", "body"}]"""
        answer = self._insist("POST", "/bureau/api/ops", sendings)[0]
        return answer.json()["answers"]

    def _insist(self, method, path, body=None):
        """A reset, a 404 or a 5xx means "again", never "refused"."""
        deadline, tries = time.monotonic() + PATIENCE, 0
        while time.monotonic() < deadline:
            tries += 1
            if self.network.happens(self.network.loss):
                time.sleep(0.02)
                continue
            start = time.perf_counter()
            try:
                answer = self.session.request(
                    method, self.url + path, json=body, timeout=30
                )
            except requests.RequestException:
                time.sleep(0.05 * min(tries, 6))
                continue
            seconds = time.perf_counter() - start
            again = answer.status_code >= 500 or answer.status_code == 404
            if again or self.network.happens(self.network.silence):
                time.sleep(0.05)
                continue
            return answer, seconds, tries
        raise TimeoutError(f"station {self.code}: no answer to {path}")


def result(lists, rank=0):
    """Figures that add up, for lists named by panel or id.

    A station of twelve lists stays under its registered voters, and what it sends next
    (``rank + 60``) is always another result: the same one would be kept once.
    """
    votes = {
        str(key): 20 + (rank * 7 + place * 13) % 59 for place, key in enumerate(lists)
    }
    exprimes = sum(votes.values())
    return {
        "inscrits": 1000,
        "votants": exprimes + 5,
        "emargements": exprimes + 5,
        "enveloppes": exprimes + 5,
        "blancs": 3,
        "nuls": 2,
        "exprimes": exprimes,
        "votes": votes,
    }


def in_parallel(jobs, at_once):
    """Run functions at most ``at_once`` together; return their results in order."""
    with ThreadPoolExecutor(at_once) as pool:
        return [task.result() for task in [pool.submit(job) for job in jobs]]


class Killer(threading.Thread):
    """Kills a worker process of a served town with -9, again and again."""

    def __init__(self, town, kills, pause):
        super().__init__(daemon=True)
        self.town, self.left, self.pause = town, kills, pause
        self.killed, self.over = 0, threading.Event()

    def run(self):
        dice = random.Random(7)
        while self.left and not self.over.wait(self.pause):
            workers = self.workers()
            if workers:
                dice.choice(workers).kill()
                self.left -= 1
                self.killed += 1

    def workers(self):
        """Those that answer HTTP: not the websocket process, which is another program."""
        found = psutil.Process(self.town.process.pid).children()
        return [child for child in found if "gevent" not in child.cmdline()]

    def stop(self):
        self.over.set()
        self.join()


class Probe(threading.Thread):
    """Asks for a light page all the time; tells the longest silence in seconds."""

    def __init__(self, url):
        super().__init__(daemon=True)
        self.url, self.longest, self.over = url, 0.0, threading.Event()

    def run(self):
        last = time.monotonic()
        while not self.over.wait(0.03):
            try:
                up = (
                    requests.get(f"{self.url}/web/health", timeout=5).status_code == 200
                )
            except requests.RequestException:
                up = False
            now = time.monotonic()
            self.longest = max(self.longest, now - last)
            if up:
                last = now

    def stop(self):
        self.over.set()
        self.join()
        return self.longest
