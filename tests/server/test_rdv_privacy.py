"""Nothing remains of whoever has gone: dump, files, sessions and log are searched.

Citizens whose every word is a canary book, wait and are told on a real server; time
passes; the night's erasure runs. The same search before the erasure is the control.
"""

import re
import subprocess
from datetime import date, timedelta

import pytest
import requests

from devtools import settings, system

DAY = date.today() + timedelta(days=20)
PERSON = {
    "first_name": "Prunelline",
    "last_name": "Zanzibarova",
    "email": "zanzibarova@canari.example",
    "phone": "06 12 98 76 54",
}
NUMBER = "CANAR4RY99"
MOTIVE, NOTE, FILE = "motif-canari-4711", "note-canari-4712", "piece-canari-4713"
#: as they are written once in the database
CANARIES = ["Prunelline", "Zanzibarova", "zanzibarova@canari.example", "612987654",
            NUMBER, MOTIVE, NOTE, FILE]  # fmt: skip

TOWN = f"""
lieu = env["mairie.rdv.lieu"].create({{"name": "Canari", "tz": "Europe/Paris"}})
demarche = env["mairie.rdv.demarche"].create({{
    "name": "Canari", "slug": "canari", "duration": 20, "lead_min_hours": 0,
    "stage": "depot", "ants_reason": "CNI", "retention_days": 30,
    "question_ids": [(0, 0, {{"name": "Motif ?", "kind": "text"}})],
}})
guichet = env["mairie.rdv.guichet"].create({{
    "name": "C1", "lieu_id": lieu.id, "has_device": True,
    "demarche_ids": [(6, 0, demarche.ids)],
}})
env["mairie.rdv.ouverture"].create({{
    "lieu_id": lieu.id, "guichet_ids": [(6, 0, guichet.ids)], "kind": "date",
    "date_from": "{DAY}", "hour_from": 8.0, "hour_to": 18.0,
}})
"""
#: what the day of an agent and the crons leave behind
LIVED = f"""
rdv = env["mairie.rdv"].search([("last_name", "=ilike", "{PERSON["last_name"]}")])
rdv.note = "{NOTE}"
rdv.envoi_ids.next_try = "2020-01-01"
rdv.envoi_ids._send_all_due()
env["ir.attachment"].create({{
    "name": "{FILE}.txt", "raw": b"{FILE} " * 50, "res_model": "mairie.rdv",
    "res_id": rdv[:1].id,
}})
env["mairie.rdv.copie"]._cron_copy()
"""
OLD = "interval '400 days'"
AGE = f"""
UPDATE mairie_rdv SET start = start - {OLD}, stop = stop - {OLD},
       busy_start = busy_start - {OLD}, busy_stop = busy_stop - {OLD},
       state = CASE state WHEN 'confirmed' THEN 'done' ELSE state END;
UPDATE mairie_rdv_attente SET write_date = write_date - {OLD};
UPDATE mairie_rdv_copie SET day = day - 400
"""
NIGHT = """
env["mairie.rdv"]._cron_retention()
env["mairie.rdv.copie"]._cron_copy()
env["mairie.rdv.person"]._gc_requests()
env["ir.attachment"]._gc_file_store()
"""


class Citizen:
    """A browser without scripts: one session, the hidden fields sent back."""

    def __init__(self, town):
        self.url = town.url
        self.session = requests.Session()

    def get(self, path):
        answer = self.session.get(self.url + path, timeout=60)
        assert answer.status_code == 200, answer.text[:2000]
        return answer

    def post(self, path, page, **form):
        hidden = re.findall(
            r'type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', page.text
        )
        answer = self.session.post(
            self.url + path, data={**dict(hidden), **form}, timeout=60
        )
        assert answer.status_code == 200, answer.text[:2000]
        return answer

    def book(self):
        page = self.get("/rdv/canari/quand?personnes=1")
        start = re.search(r'name="start"\s+value="([^"]+)"', page.text)[1]
        page = self.post("/rdv/canari/quand", page, start=start)
        path = page.url.removeprefix(self.url)
        answers = re.findall(r'name="(question_\d+)"', page.text)
        form = {**PERSON, "sms_ok": "1", "application_1": NUMBER}
        form |= dict.fromkeys(answers, MOTIVE)
        page = self.post(path, page, **form)
        assert "/rdv/m/" in page.url, page.text[:3000]
        return page.url.rpartition("/")[2]


@pytest.fixture(scope="module")
def lived(live_server):
    """A town where the canaries have been everywhere. Yields it with their token."""
    live_server.execute(TOWN)
    citizen = Citizen(live_server)
    token = citizen.book()
    form = citizen.get("/rdv/canari/attente?personnes=1")
    citizen.post("/rdv/canari/attente", form, personnes="1", **PERSON)
    form = citizen.get("/rdv/retrouver")
    email = PERSON["email"]
    citizen.post("/rdv/retrouver", form, email=email, code="", phone="")
    requests.get(
        f"{live_server.url}/rdv/api/ants/searchApplicationIds",
        params={"application_ids": NUMBER},
        headers={"X-HUB-RDV-AUTH-TOKEN": "demo-hub-ants"},
        timeout=30,
    ).raise_for_status()
    live_server.execute(LIVED)
    return live_server, token


def found_in_dump(town):
    """The canaries that a plain dump of the database holds."""
    program = system.postgresql_folder() / "pg_dump"
    host = str(settings.SOCKETS)
    dump = subprocess.run(
        [program, "-h", host, "-p", "5432", "-U", "odoo", town.db],
        capture_output=True,
        check=True,
    ).stdout.decode()
    return {word for word in CANARIES if word.lower() in dump.lower()}


def found_in_files(town):
    """The canaries in the files of the database, and in the sessions of visitors."""
    folders = [settings.DATA / "filestore" / town.db, settings.DATA / "sessions"]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    hits = set()
    for path in files:
        content = path.read_bytes().lower()
        hits |= {word for word in CANARIES if word.lower().encode() in content}
    return hits


def test_nothing_remains_in_dump_files_sessions_and_log(lived):
    town, token = lived
    assert found_in_dump(town) == set(CANARIES), "the control: all are found before"
    assert FILE in found_in_files(town)
    connection = town.connect()
    with connection, connection.cursor() as cursor:
        cursor.execute(AGE)
    connection.close()
    town.execute(NIGHT)
    assert found_in_dump(town) == set()
    assert found_in_files(town) == set()
    log = town.log_text()
    assert "/rdv/canari/quand" in log, "the log is on"
    assert not [word for word in CANARIES if word.lower() in log.lower()]
    assert token not in log
