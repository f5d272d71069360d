"""Elections: the night room of many screens at once, over their websockets."""

import time

from devtools import simulator
from devtools.screens import Screens

from .frame import case

SOCKETS, UPDATES, PAUSE = 400, 20, 1.0


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
    (sid,) = run.town.open_sessions(["superviseur"])
    screens, told = Screens(run.town, sid, SOCKETS), []
    time.sleep(3)  # subscriptions are taken by the server one after the other
    for rank in range(60 if run.full else UPDATES):
        data = {"hour": 8 + rank / 60, "votants": 10 * rank}
        answer = phone.send("turnout", night.tour, data)
        told.append(time.monotonic())
        assert answer.status == 200, answer.body
        time.sleep(PAUSE)
    time.sleep(3)
    screens.close()
    delays = screens.delays(told)
    run.record([max(delay, 0) for delay in delays])
    run.figure("delivered", len(delays) / (len(told) * SOCKETS))
    run.note(
        f"{SOCKETS} écrans reliés, {len(screens.lost)} perdus, "
        f"{len(delays)} nouvelles reçues"
    )
