"""Before the hour of the law not one public byte depends on the results.

On a real server with two processes, asked directly and through nginx as towns have it
(deploy/nginx.conf: pages kept two seconds, the fragment served as a file): every answer
is compared before and after all the results of the round are in the database; then the
hour passes, and they must differ, otherwise the comparison would prove nothing.
"""

import os

import pytest
import requests

from devtools.live import LiveTown
from devtools.proxy import Proxy, results_environment

CODE = "departementales-partielles-tour-1"
PAGE = f"/resultats/{CODE}"
TOKEN = "a" * 32
ADDRESSES = [
    "/resultats",
    PAGE,
    f"{PAGE}?bureau=5",
    f"{PAGE}/bureaux",
    f"{PAGE}/direct/fr_FR.html",
    f"{PAGE}/resultats.json",
    f"{PAGE}/resultats.csv",
    f"{PAGE}/resultats-long.csv",
    f"{PAGE}/resultats.xml",
    f"/ecran/{TOKEN}",
    f"/ecran/{TOKEN}/direct",
]
ROUND = f"""
tour = env["mairie.scrutin.tour"].search([("public_code", "=", "{CODE}")])
first = env.ref("mairie_base.user_superviseur")
second = env.ref("mairie_base.user_gestion")
"""
SCREEN = f"""
tour.is_announced = True
tour.double_entry = False
env["mairie.scrutin.ecran"].search([("tour_id", "=", tour.id)]).unlink()
env["mairie.scrutin.ecran"].create({{"tour_id": tour.id, "token": "{TOKEN}"}})
"""
NO_RESULT = """
env.cr.execute(
    "UPDATE mairie_scrutin_bureau_tour SET saisie_id = NULL, state = 'a_saisir'"
    " WHERE tour_id = %s", [tour.id]
)
env.invalidate_all()
"""
ALL_RESULTS = """
lists = tour.candidature_ids
for station in tour.bureau_tour_ids:
    votes = dict(zip(lists.ids, (777, 111, 11)))
    station._record_results([{
        "bureau_tour_id": station.id, "source": "mairie", "inscrits": 1000,
        "votants": 899, "emargements": 899, "blancs": 0, "nuls": 0, "exprimes": 899,
        "votes": votes,
    }])
tour.bureau_tour_ids.controle_ids.write({"reason": "Essai"})
tour.bureau_tour_ids.with_user(first).action_validate()
"""
TWO_PEOPLE = """
tour.with_user(first).action_arm()
tour.with_user(second).action_agree()
"""
HOUR_PASSES = 'tour.embargo_until = "2020-01-01 00:00:00"'
HOUR_TO_COME = 'tour.embargo_until = "2099-01-01 00:00:00"'


WITHDRAWN = "tour.with_user(first).action_disarm()"


@pytest.fixture(scope="module")
def live_server():
    """A town whose proxy serves the fragments by itself."""
    name = f"live_test_scrutin_embargo_{os.getpid()}"
    files = results_environment(name)
    with LiveTown(name, workers=2, environment=files) as town:
        yield town


@pytest.fixture(scope="module")
def proxy(live_server):
    with Proxy(live_server) as found:
        yield found


def run(server, *steps):
    files = f"import os\nos.environ.update({server.environment})"
    server.execute("\n".join([files, ROUND, *steps]))


def public_bytes(*fronts):
    """Status, telling headers and body of each address, each read from both workers."""
    found = {}
    for front in fronts:
        for address in ADDRESSES * 3:
            answer = requests.get(front.url + address, timeout=30)
            headers = {
                name: value
                for name, value in answer.headers.items()
                if name not in ("Date", "Set-Cookie")
            }
            seen = (answer.status_code, headers, answer.content)
            assert found.setdefault((type(front), address), seen) == seen
    return found


def has_file(proxy):
    return bool([*proxy.folder.rglob(f"{CODE}/direct/*.html")])


@pytest.fixture(scope="module")
def empty(live_server, proxy):
    run(live_server, HOUR_TO_COME, NO_RESULT, SCREEN)
    return public_bytes(live_server, proxy)


def test_with_all_results_inside_the_answers_are_the_same(live_server, proxy, empty):
    run(live_server, ALL_RESULTS)
    assert public_bytes(live_server, proxy) == empty
    assert not has_file(proxy)


def test_two_people_ready_before_the_hour_change_nothing(live_server, proxy, empty):
    run(live_server, TWO_PEOPLE)
    assert public_bytes(live_server, proxy) == empty
    assert not has_file(proxy)


def test_control_once_the_hour_has_passed_the_figures_are_there(
    live_server, proxy, empty
):
    run(live_server, HOUR_PASSES)
    after = public_bytes(live_server, proxy)
    assert all(after[key] != empty[key] for key in empty)
    for front in (LiveTown, Proxy):
        assert "777" in after[front, f"{PAGE}?bureau=5"][2].decode()
        assert len(after[front, f"{PAGE}/resultats.csv"][2].splitlines()) == 17
    fragment = f"{PAGE}/direct/fr_FR.html"
    assert after[Proxy, fragment][2] == after[LiveTown, fragment][2]
    assert "Last-Modified" in after[Proxy, fragment][1], "control: it is the file"


def test_what_was_built_is_not_served_once_the_opening_is_withdrawn(
    live_server, proxy, empty
):
    run(live_server, HOUR_TO_COME, WITHDRAWN)
    assert not has_file(proxy)
    assert public_bytes(live_server, proxy) == empty
