"""Elections: the night room of many screens at once, over their websockets."""

import json
import threading
import time

from devtools import evening, simulator

from .frame import case

SOCKETS, UPDATES, PAUSE = 400, 20, 1.0
# Each handshake holds a connection to the database: screens open in an evening, not in
# one second.
DOOR = threading.BoundedSemaphore(8)


class Listener(threading.Thread):
    """One screen: notes when each word about its round arrives."""

    def __init__(self, town, cookie, version, tour):
        super().__init__(daemon=True)
        self.town, self.cookie, self.version, self.tour = town, cookie, version, tour
        self.heard, self.ready, self.socket = [], threading.Event(), None

    def run(self):
        from websocket import WebSocketException

        try:
            with DOOR:
                self.open()
            while True:
                told = json.loads(self.socket.recv())
                now = time.monotonic()
                self.heard += [now for row in told if self.is_mine(row["message"])]
        except (WebSocketException, OSError, ValueError):
            return

    def open(self):
        from websocket import create_connection

        self.socket = create_connection(
            f"ws://127.0.0.1:{self.town.websocket_port}/websocket?version={self.version}",
            cookie=f"session_id={self.cookie}",
            origin=self.town.url,
            timeout=120,
        )
        channels = {"channels": [], "last": 0}
        self.socket.send(json.dumps({"event_name": "subscribe", "data": channels}))
        self.ready.set()

    def is_mine(self, message):
        mine = message["type"] == "mairie_scrutin/night"
        return mine and message["payload"]["tour"] == self.tour


def socket_version(_env):
    """Odoo closes screens whose scripts are of another version."""
    from odoo.addons.bus.websocket import WebsocketConnectionHandler

    return WebsocketConnectionHandler._VERSION


@case(
    "Salle de la soirée en direct (R11)",
    size="400 écrans ouverts, 20 nouvelles (60 avec BENCH=full)",
    goal="delivered ≥ 100 %, p95 ≤ 1 s",
)
def live_board(run):
    """From the answer to the phone until each screen has the word."""
    night = simulator.prepare(
        run.town, stations=1, lists=4, name="bench-direct", let_in=True
    )
    phone = simulator.Phone(run.town.url, night.stations[0])
    cookie = evening.Board(run.town, night.tour).session.cookies["session_id"]
    version = socket_version(run.env)
    screens = [
        Listener(run.town, cookie, version, night.tour) for _screen in range(SOCKETS)
    ]
    for screen in screens:
        screen.start()
    opened = sum(screen.ready.wait(60) for screen in screens)
    time.sleep(3)  # subscriptions are taken by the server one after the other
    told = []
    for rank in range(60 if run.full else UPDATES):
        data = {"hour": 8 + rank / 60, "votants": 10 * rank}
        answer = phone.send("turnout", night.tour, data)
        told.append(time.monotonic())
        assert answer.status == 200, answer.body
        time.sleep(PAUSE)
    time.sleep(3)
    for screen in screens:
        if screen.socket:
            screen.socket.close()
    delays = [
        heard - sent
        for screen in screens
        for sent, heard in zip(told, screen.heard, strict=False)
    ]
    run.record([max(delay, 0) for delay in delays])
    run.figure("delivered", len(delays) / (len(told) * SOCKETS))
    run.note(f"{opened} écrans reliés, {len(delays)} nouvelles reçues")
