"""Before the hour of the law not one public byte depends on the results.

On a real server with two processes: every answer is compared before and after all the
results of the round are in the database; then the hour passes, and they must differ,
otherwise the comparison would prove nothing.
"""

import pytest
import requests

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


def run(server, *steps):
    server.execute("\n".join([ROUND, *steps]))


def public_bytes(server):
    """Status, telling headers and body of each address, each read from both workers."""
    found = {}
    for address in ADDRESSES * 3:
        answer = requests.get(server.url + address, timeout=30)
        headers = {
            name: value
            for name, value in answer.headers.items()
            if name not in ("Date", "Set-Cookie")
        }
        seen = (answer.status_code, headers, answer.content)
        assert found.setdefault(address, seen) == seen
    return found


@pytest.fixture(scope="module")
def empty(live_server):
    run(live_server, HOUR_TO_COME, NO_RESULT, SCREEN)
    return public_bytes(live_server)


def test_with_all_results_inside_the_answers_are_the_same(live_server, empty):
    run(live_server, ALL_RESULTS)
    assert public_bytes(live_server) == empty


def test_two_people_ready_before_the_hour_change_nothing(live_server, empty):
    run(live_server, TWO_PEOPLE)
    assert public_bytes(live_server) == empty


def test_control_once_the_hour_has_passed_the_figures_are_there(live_server, empty):
    run(live_server, HOUR_PASSES)
    after = public_bytes(live_server)
    assert all(after[address] != empty[address] for address in ADDRESSES)
    assert "777" in after[f"{PAGE}?bureau=5"][2].decode()
    assert len(after[f"{PAGE}/resultats.csv"][2].splitlines()) == 17


def test_what_was_built_is_not_served_once_the_opening_is_withdrawn(live_server, empty):
    run(live_server, HOUR_TO_COME, "tour.with_user(first).action_disarm()")
    assert public_bytes(live_server) == empty
