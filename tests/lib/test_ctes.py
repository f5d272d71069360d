"""@CTES: the message, its names, what is refused before it leaves, what comes back."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import pytest
from mairie_elus.lib import ctes

NS = f"{{{ctes.NAMESPACE}}}"
ACT = ctes.Message(
    nature="deliberation",
    number="CL20171227_06",
    day=date(2017, 12, 7),
    subject="Tarifs",
    matter="7.10",
    department="034",
    siren="491011698",
    classification=date(2017, 1, 1),
    piece=ctes.Piece("acte.pdf", 1000, "99_DE"),
    annexes=(
        ctes.Piece("plan.pdf", 10, "99_AU"),
        ctes.Piece("avis.PDF", 10, "21_DA"),
    ),
    paper=True,
)
TODAY = date(2017, 12, 27)


def test_names_of_files_are_those_of_the_ministry():
    example = replace(
        ACT, number="20241209_MR02", day=date(2024, 12, 9), siren="000000000"
    )
    assert ctes.file_name(example, 1) == (
        "99_DE-034-000000000-20241209-20241209_MR02-DE-1-1_1.pdf"
    )
    assert ctes.file_name(example, 3).startswith("21_DA-034-")
    assert ctes.file_name(example, 0).endswith("-DE-1-1_0.xml")


def test_a_message_with_two_annexes():
    xml = ctes.render(ACT)
    assert xml.startswith(b"<?xml version='1.0' encoding='ISO-8859-1'?>")
    root = ET.fromstring(xml)
    assert root.get(f"{NS}NumeroInterne") == "CL20171227_06"
    assert root.get(f"{NS}CodeNatureActe") == "1"
    assert root.find(f"{NS}CodeMatiere2").get(f"{NS}CodeMatiere") == "10"
    assert root.find(f"{NS}CodeMatiere3") is None
    annexes = root.find(f"{NS}Annexes")
    assert annexes.get(f"{NS}Nombre") == "2"
    assert len(annexes) == 2
    assert root.findtext(f"{NS}DocumentPapier") == "O"
    order = [node.tag.removeprefix(NS) for node in root]
    assert order == [
        *("CodeMatiere1", "CodeMatiere2", "Objet", "ClassificationDateVersion"),
        *("Document", "Annexes", "DocumentPapier"),
    ]


def test_the_object_is_latin_and_short():
    subject = ctes.subject_of("Cœur de ville – 12 000 € « à l’essai »\n" + "é" * 600)
    assert subject.startswith("Coeur de ville - 12 000 euros « à l'essai » é")
    assert len(subject) == ctes.OBJECT_MAX
    assert subject.encode("iso-8859-1").decode("iso-8859-1") == subject


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"number": "2026-12-001"}, "number"),
        ({"number": "A" * 16}, "number"),
        ({"matter": ""}, "matter"),
        ({"matter": "75"}, "matter"),
        ({"siren": "12345678"}, "siren"),
        ({"department": "49"}, "department"),
        ({"subject": "  "}, "subject"),
        ({"day": date(2017, 12, 28)}, "future"),
        ({"nature": "loi"}, "nature"),
        ({"piece": ctes.Piece("acte.pdf", 10, "")}, "kind:acte.pdf"),
        ({"piece": ctes.Piece("acte.odt", 10, "99_DE")}, "pdf:acte.odt"),
        ({"piece": ctes.Piece("acte.pdf", 0, "99_DE")}, "empty:acte.pdf"),
        ({"piece": ctes.Piece("acte.pdf", ctes.SIZE_MAX, "99_DE")}, "size"),
    ],
)
def test_what_would_be_refused_does_not_leave(values, code):
    assert ctes.problems(ACT, TODAY) == []
    assert ctes.problems(replace(ACT, **values), TODAY) == [code]


def test_corsica_and_overseas_have_departments_too():
    for code in ("02A", "974", "049"):
        assert ctes.problems(replace(ACT, department=code), TODAY) == []


def test_the_receipt_says_the_day_and_the_identifier():
    xml = ctes.render_receipt(ACT, date(2017, 12, 27))
    receipt = ctes.read_receipt(xml)
    assert receipt.identifier == "034-491011698-20171207-CL20171227_06-DE"
    assert receipt.day == date(2017, 12, 27)


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<a/>",
        b"not xml",
        ctes.render(ACT),
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        f"<ARActe xmlns='{ctes.NAMESPACE}'/>".encode(),
    ],
)
def test_anything_else_is_no_receipt(xml):
    with pytest.raises(ValueError, match="."):
        ctes.read_receipt(xml)


CLASSIFICATION = f"""<?xml version="1.0" encoding="ISO-8859-1"?>
<actes:RetourClassification xmlns:actes="{ctes.NAMESPACE}">
<actes:DateClassification>2019-04-18</actes:DateClassification>
<actes:NaturesActes><actes:NatureActe actes:CodeNatureActe="1" actes:Libelle="Délibérations">
<actes:TypePJNatureActe actes:CodeTypePJ="99_DE" actes:Libelle="Délibération"/>
<actes:TypePJNatureActe actes:CodeTypePJ="21_DA" actes:Libelle="Annexe"/>
</actes:NatureActe></actes:NaturesActes>
<actes:Matieres><actes:Matiere1 actes:CodeMatiere="7" actes:Libelle="Finances locales">
<actes:Matiere2 actes:CodeMatiere="5" actes:Libelle="Subventions">
<actes:Matiere3 actes:CodeMatiere="1" actes:Libelle="Aux associations"/>
</actes:Matiere2></actes:Matiere1></actes:Matieres>
</actes:RetourClassification>""".encode("iso-8859-1")


def test_the_list_of_a_prefecture():
    found = ctes.read_classification(CLASSIFICATION)
    assert found.day == date(2019, 4, 18)
    assert found.kinds == {1: {"99_DE": "Délibération", "21_DA": "Annexe"}}
    assert found.matters == {
        "7": "Finances locales",
        "7.5": "Subventions",
        "7.5.1": "Aux associations",
    }


def test_answers_of_the_relay():
    assert ctes.read_answer(b"OK\n4\n<xml/>") == (True, ["4", "<xml/>"])
    assert ctes.read_answer("KO\nAccès refusé".encode("iso-8859-1")) == (
        False,
        ["Accès refusé"],
    )
    assert ctes.read_answer(b"Fatal error") == (False, ["Fatal error"])
    assert ctes.read_answer(b"") == (False, [])
