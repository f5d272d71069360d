"""SCDL délibérations 2.1.3: each line, and the whole file before an outside judge."""

import csv
import io
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from frictionless import Resource, Schema
from mairie_elus.lib.scdl import FIELDS, Act, Votes, matter_name, render, row

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


def test_a_line_holds_what_the_format_asks_for():
    line = row(*TOWN, ACT, "PREF049")
    assert line["DELIB_DATE"] == "2026-11-26"
    assert line["DELIB_OBJET"] == "Subventions, second versement : « solde » de l'année"
    assert (line["PREF_ID"], line["PREF_DATE"]) == ("PREF049", "2026-12-01")
    assert line["VOTE_REEL"] == "30"
    assert line["VOTE_EFFECTIF"] == "33"


@pytest.mark.parametrize(
    "votes", [None, Votes(33, 24, 4, 2, blanc=1), Votes(33, 24, 4, 2, nul=1)]
)
def test_votes_that_would_break_their_sum_are_left_out(votes):
    line = row(*TOWN, changed(votes=votes))
    assert not any(line[name] for name in FIELDS if name.startswith("VOTE_"))


def test_year_and_name_of_a_budget_go_together():
    assert not row(*TOWN, changed(budget_year="2026"))["BUDGET_ANNEE"]
    line = row(*TOWN, changed(budget_year="2026", budget_name="Principal"))
    assert (line["BUDGET_ANNEE"], line["BUDGET_NOM"]) == ("2026", "Principal")


def test_without_a_receipt_nothing_is_said_of_the_prefecture():
    line = row(*TOWN, changed(received=None), "PREF049")
    assert not line["PREF_ID"]
    assert not line["PREF_DATE"]


def test_a_deeper_matter_is_cut_to_two_levels():
    assert row(*TOWN, changed(matter="7.5.2"))["DELIB_MATIERE_CODE"] == "7.5"


def test_the_names_of_matters_keep_accents_and_lose_commas():
    assert (
        matter_name("Domaines de compétences par thèmes", "Emploi, formation")
        == "domaines de compétences par thèmes/emploi formation"
    )


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


def faults(lines):
    """Check lines against the schema of the format: required cells and patterns."""
    schema = json.loads(SCHEMA.read_text("utf-8"))["fields"]
    for rank, line in enumerate(lines, 2):
        for field in schema:
            cell, limits = line[field["name"]], field.get("constraints", {})
            if limits.get("required") and not cell:
                yield rank, field["name"], "required"
            elif cell and not re.search(limits.get("pattern", ""), cell):
                yield rank, field["name"], "pattern"
            elif cell and field["type"] == "integer" and int(cell) < 0:
                yield rank, field["name"], "minimum"
            elif cell and field["type"] == "date":
                date.fromisoformat(cell)


def test_a_thousand_acts_follow_the_schema():
    content = render(row(*TOWN, act, "PREF049") for act in year_of_acts())
    lines = list(csv.DictReader(io.StringIO(content.decode())))
    assert len(lines) == 1000
    assert not list(faults(lines))
    for line in lines:
        votes = [line[f"VOTE_{side}"] for side in ("POUR", "CONTRE", "ABSTENTION")]
        if line["VOTE_REEL"]:
            assert int(line["VOTE_REEL"]) == sum(map(int, votes))
        assert not line["PREF_DATE"] or line["PREF_DATE"] >= line["DELIB_DATE"]


def test_the_columns_come_in_the_order_of_the_schema():
    schema = json.loads(SCHEMA.read_text("utf-8"))["fields"]
    assert tuple(field["name"] for field in schema) == FIELDS


def test_a_wrong_line_is_found():
    line = row(*TOWN, ACT, "PREF049") | {
        "COLL_SIRET": "123",
        "DELIB_MATIERE_CODE": "75",
    }
    assert list(faults([line])) == [
        (2, "COLL_SIRET", "pattern"),
        (2, "DELIB_MATIERE_CODE", "pattern"),
    ]


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
