"""An evening played by phones while a supervisor's screen is read again and again."""

import requests

from . import settings
from .simulator import result

HOURS = (9, 10, 11, 12, 13, 14, 15, 16, 17)
TURNS = 20  # times that a person reads the other version and sends again


class Board:
    """A supervisor's screen of one round."""

    def __init__(self, town, tour):
        self.url, self.tour, self.session = town.url, tour, requests.Session()
        login = {"login": "superviseur", "password": settings.DEMO_PASSWORD}
        self.call("/web/session/authenticate", {"db": town.db, **login})

    def call(self, path, params):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        return self.session.post(self.url + path, json=body, timeout=60).json()

    def read(self):
        """(votes of the lists together, exprimés) of one read; None when it failed."""
        call = {"model": "mairie.scrutin.tour", "method": "read"}
        args = {"args": [[self.tour], ["board"]], "kwargs": {}}
        try:
            answer = self.call("/web/dataset/call_kw", {**call, **args})
            board = answer["result"][0]["board"]
        except (requests.RequestException, ValueError, KeyError):
            return None
        votes = sum(number(row["votes"]) for row in board["lists"])
        return votes, number(board["exprimes"])


def number(text):
    return int("".join(sign for sign in text if sign.isdigit()) or 0)


def play(phone, night, sends, seed):
    """One device: turnouts and results in turn, each sent until it is answered.

    Another device of the station may be quicker: then its version is read, and ours is
    sent again on top of it, as a person would after reading. Each result of a device is
    another one: the same figures twice would be answered, and kept once.
    """
    answers = []
    for rank in range(sends):
        if rank % 2:
            data = {"hour": HOURS[rank % len(HOURS)], "votants": 100 + 10 * rank}
            answers.append(phone.send("turnout", night.tour, data))
            continue
        data, base = result(night.list_ids, seed + rank), None
        for _turn in range(TURNS):
            answer = phone.send("result", night.tour, data, base)
            answers.append(answer)
            if answer.status != 409:
                break
            base = answer.body["current"]["version"]
    return answers
