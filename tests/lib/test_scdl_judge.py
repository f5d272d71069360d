"""SCDL délibérations 2.1.3 before an outside judge: frictionless."""

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

from frictionless import Resource, Schema
from mairie_elus.lib.scdl import Act, Votes, render, row

SCHEMA = Path(__file__).parent.parent / "data" / "elus" / "scdl_deliberations.json"
TOWN = ("Saint-Essai-sur-Loire", "21860194600013")
ACT = Act(
    number="2026_007",
    day=date(2026, 11, 26),
    matter="7.5",
    matter_name="finances locales/subventions",
    name="Subventions, second versement : « solde »\nde l'année",
    url="https://example.org/actes/7/subventions",
    received=date(2026, 12, 1),
    votes=Votes(members=33, pour=24, contre=4, abstention=2),
)


def changed(**values):
    return Act(**{**ACT.__dict__, **values})


def year_of_acts():
    for rank in range(1000):
        yield changed(
            number=f"2026_{rank:03d}",
            day=date(2026, 1, 1) + timedelta(days=rank % 365),
            received=date(2027, 1, 5) if rank % 3 else None,
            votes=None
            if rank % 7 == 0
            else Votes(33, rank % 30, rank % 4, 1, rank % 2),
        )


def test_a_thousand_acts_pass_before_an_outside_judge():
    content = render(row(*TOWN, act, "PREF049") for act in year_of_acts())
    resource = Resource(
        data=content, format="csv", schema=Schema(json.loads(SCHEMA.read_text("utf-8")))
    )
    report = resource.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])[
        :5
    ]
    assert len(list(csv.DictReader(io.StringIO(content.decode())))) == 1000


def test_the_judge_refuses_a_wrong_file():
    line = row(*TOWN, ACT, "PREF049") | {
        "COLL_SIRET": "123",
        "DELIB_MATIERE_CODE": "75",
    }
    schema = Schema(json.loads(SCHEMA.read_text("utf-8")))
    report = Resource(data=render([line]), format="csv", schema=schema).validate()
    assert report.flatten(["fieldName"]) == [["COLL_SIRET"], ["DELIB_MATIERE_CODE"]]
