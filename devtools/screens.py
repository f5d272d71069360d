"""Screens that listen: many websockets of one session, read by a single thread."""

import json
import selectors
import threading
import time

import websocket

NEWS = "mairie_scrutin/night"


class Screens:
    """`count` open night rooms; `.heard` holds (screen, tour, moment) for each news.

    A screen whose socket closes hears nothing more: `.lost` holds its number, and the
    others go on.

    :param sid: session of somebody who may read them
    """

    def __init__(self, town, sid, count):
        self.heard, self.lost, self.over = [], [], threading.Event()
        self.selector = selectors.DefaultSelector()
        address = f"ws://127.0.0.1:{town.websocket_port}/websocket"
        hello = {"channels": [], "last": self._last(town)}
        for screen in range(count):
            client = websocket.create_connection(
                address, timeout=60, origin=town.url, cookie=f"session_id={sid}"
            )
            client.send(json.dumps({"event_name": "subscribe", "data": hello}))
            self.selector.register(client.sock, selectors.EVENT_READ, (screen, client))
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    @staticmethod
    def _last(town):
        """What was told before does not count."""
        with town.connect() as connection, connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(id), 0) FROM bus_bus")
            return cursor.fetchone()[0]

    def _read(self):
        while not self.over.is_set():
            for key, _mask in self.selector.select(0.2):
                screen, client = key.data
                now = time.monotonic()
                text = self._receive(client)
                if not text:
                    self.selector.unregister(key.fileobj)
                    client.close()
                    self.lost.append(screen)
                    continue
                for news in json.loads(text):
                    if news["message"]["type"] == NEWS:
                        tour = news["message"]["payload"]["tour"]
                        self.heard.append((screen, tour, now))

    @staticmethod
    def _receive(client):
        """What a socket says, "" once it is closed by the server or cut."""
        try:
            return client.recv()
        except (OSError, websocket.WebSocketException):
            return ""

    def delays(self, told):
        """Seconds from each news to each screen that heard it, in the order told.

        :param told: moments (`time.monotonic()`) of the news
        """
        heard = {}
        for screen, _tour, moment in self.heard:
            heard.setdefault(screen, []).append(moment)
        return [
            moment - start
            for moments in heard.values()
            for start, moment in zip(told, moments, strict=False)
        ]

    def close(self):
        self.over.set()
        self.reader.join()
        for key in list(self.selector.get_map().values()):
            key.data[1].close()
