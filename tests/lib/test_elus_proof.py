"""The proof of the assemblies: any change of any line is found, by another program."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from mairie_elus.lib import seda
from mairie_elus.lib.proof_bundle import make_files
from mairie_elus.lib.seal import GENESIS, canonical, grouped, seal

ROOT = Path(__file__).parent.parent.parent
VERIFIER = ROOT / "addons" / "mairie_elus" / "tools" / "verifier.py"
sys.path.insert(0, str(VERIFIER.parent))
import verifier  # noqa: E402  (the program that a third party runs)

VOTE = {"mode": "public", "pour": 2, "contre": 1, "abstention": 0, "adopted": True}
NAMES = {"names": {"Anne": "pour", "Paul": "pour", "Rose": "contre"}}


def chain(rows, previous=GENESIS):
    lines = []
    for number, (kind, subject, details) in enumerate(rows, 1):
        facts = canonical(
            {
                "number": number,
                "kind": kind,
                "subject": subject,
                "at": "2026-11-26 19:00:00",
                "by": "Essai",
                "details": details,
            }
        )
        previous = seal(facts, previous)
        lines.append((facts, previous))
    return lines


def rows(acts=3):
    yield "header", "Saint-Essai", {"siret": ""}
    for rank in range(1, acts + 1):
        yield "vote", f"point {rank}", VOTE
        yield "names", f"point {rank}", NAMES
        yield "numbered", f"2026_{rank:03d}", {"object": f"Affaire {rank}"}
        yield "signed", f"2026_{rank:03d}", {"text_sha256": "ab"}
        yield "published", f"2026_{rank:03d}", {"kind": "deliberation"}


def bundle(lines):
    notices = {"convocation n° 1": chain([("sent", "x", {}), ("opened", "x", {})])}
    return make_files("Saint-Essai", lines, notices, VERIFIER.read_text("utf-8"))


def test_an_untouched_bundle_is_intact(tmp_path):
    lines = chain(rows())
    for name, text in bundle(lines).items():
        (tmp_path / name).write_text(text, "utf-8")
    anchor = ["--lignes", str(len(lines)), "--empreinte", grouped(lines[-1][1])]
    done = subprocess.run(
        [sys.executable, "-I", str(tmp_path / "verifier.py"), str(tmp_path), *anchor],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("INTACT : 16 lignes")


def test_the_verifier_needs_nothing_but_python():
    imported = {
        line.split()[1].partition(".")[0]
        for line in VERIFIER.read_text("utf-8").splitlines()
        if line.startswith(("import ", "from "))
    }
    assert imported <= set(sys.stdlib_module_names)


def test_a_change_of_each_field_of_each_of_a_thousand_lines_is_found():
    lines = chain(rows(acts=200))
    assert len(lines) == 1001
    for index, (facts, sealed) in enumerate(lines):
        for field in ("number", "kind", "subject", "at", "by", "details"):
            changed = json.loads(facts) | {field: "autre"}
            row = {"faits": canonical(changed), "sceau": sealed, "lus": changed}
            before = lines[index - 1][1] if index else GENESIS
            assert verifier.sceller(row["faits"], before) != sealed


@pytest.mark.parametrize("index", [0, 7, 15])
def test_the_first_wrong_line_is_named(index):
    lines = chain(rows())
    facts = json.loads(lines[index][0]) | {"by": "Un autre"}
    lines[index] = (canonical(facts), lines[index][1])
    faults = verifier.verifier(bundle(lines))
    assert ("journal", index + 1, "le sceau ne correspond pas aux faits") in faults


def test_lines_taken_out_moved_or_cut_are_found():
    lines = chain(rows())
    anchor = [(len(lines), lines[-1][1].removeprefix("$1$"))]
    middle = lines[:5] + lines[6:]
    moved = [*lines[:4], lines[5], lines[4], *lines[6:]]
    for wrong in (middle, moved):
        assert verifier.verifier(bundle(wrong))
    cut = bundle(lines[:-1])
    assert not verifier.verifier(cut)  # the anchor is what proves the end
    assert "fin coupée" in verifier.verifier(cut, anchor)[0][2]


def test_a_chain_wholly_written_again_is_caught_by_the_printed_anchor():
    lines = chain(rows())
    anchor = [(len(lines), grouped(lines[-1][1]))]
    other = [
        row if row[0] != "vote" else (*row[:2], VOTE | {"pour": 3}) for row in rows()
    ]
    faults = verifier.verifier(bundle(chain(other)), anchor)
    assert ("journal", len(lines), "l'empreinte imprimée est autre") in faults


@pytest.mark.parametrize(
    ("vote", "names"),
    [
        (VOTE | {"mode": "secret"}, NAMES),
        (VOTE | {"pour": 1}, NAMES),
        (VOTE | {"pour": 3}, NAMES),
    ],
)
def test_names_that_do_not_make_the_figures_are_found(vote, names):
    lines = chain([("header", "x", {}), ("vote", "p", vote), ("names", "p", names)])
    assert verifier.verifier(bundle(lines))


def test_a_gap_in_the_numbers_and_an_act_online_before_its_signature_are_found():
    gap = [
        ("header", "x", {}),
        ("numbered", "2026_001", {}),
        ("numbered", "2026_003", {}),
    ]
    assert "2 était attendu" in verifier.verifier(bundle(chain(gap)))[0][2]
    for wrong in ("Acte", "2026_", None):
        other = [("header", "x", {}), ("numbered", wrong, {})]
        assert "numéro illisible" in verifier.verifier(bundle(chain(other)))[0][2]
    early = [("header", "x", {}), ("numbered", "2026_001", {})]
    early.append(("published", "2026_001", {"kind": "deliberation"}))
    assert "absente" in verifier.verifier(bundle(chain(early)))[0][2]


def test_what_cannot_be_read_is_said(tmp_path, capsys):
    assert verifier.main([str(tmp_path / "rien.zip")]) == 2
    assert "illisible" in capsys.readouterr().out


def test_a_slip_for_the_archive_holds_each_file_with_its_hash():
    from datetime import UTC, date, datetime
    from xml.etree import ElementTree

    files = [
        seda.File(
            "contenu/pv.pdf", "Procès-verbal", "Procès-verbal", date(2026, 11, 26), b"a"
        ),
        seda.File(
            "contenu/2026_001.pdf", "Délibération", "Actes", date(2026, 11, 26), b"b"
        ),
        seda.File(
            "contenu/2026_001_AR.xml", "Accusé", "Actes", date(2026, 12, 1), b"c"
        ),
    ]
    made = datetime(2026, 12, 2, 8, tzinfo=UTC)
    xml = seda.manifest("Séance", files, siren="214909988", agency="AD49", made=made)
    root = ElementTree.fromstring(xml)
    ns = {"s": seda.NAMESPACE}
    objects = root.findall(".//s:BinaryDataObject", ns)
    assert [node.findtext("s:Uri", namespaces=ns) for node in objects] == [
        file.path for file in files
    ]
    assert objects[0].findtext("s:MessageDigest", namespaces=ns) == seda.digest(b"a")
    references = {
        node.text for node in root.iter(f"{{{seda.NAMESPACE}}}DataObjectReferenceId")
    }
    assert references == {node.get("id") for node in objects}
    titles = [node.text for node in root.iter(f"{{{seda.NAMESPACE}}}Title")]
    assert titles.count("Actes") == 1
    assert root.findtext(".//s:FinalAction", namespaces=ns) == "Keep"


def der(tag, *parts):
    """One DER element: what an authority of RFC 3161 answers is made of these."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def stamp(text, status=0, algorithm=verifier.SHA256):
    """What an authority answers about a text; its signature is not looked at here."""
    name = der(0x30, der(0x06, algorithm), der(0x05))
    imprint = der(0x30, name, der(0x04, hashlib.sha256(text).digest()))
    facts = der(
        0x30,
        *(der(0x02, b"\1"), der(0x06, b"\x2a\3"), imprint, der(0x02, b"\7")),
        der(0x18, b"20261217180412.5Z"),
    )
    inside = der(0x30, der(0x06, verifier.HORODATAGE), der(0xA0, der(0x04, facts)))
    signed = der(0x30, der(0x02, b"\3"), der(0x31, name), inside, der(0x31, b""))
    token = der(0x30, der(0x06, verifier.CONTENU_SIGNE), der(0xA0, signed))
    return der(0x30, der(0x30, der(0x02, bytes([status]))), token)


def stamped(lines, notices=()):
    """Each stamp of a bundle with its text: the end of the journal, one sending."""
    files = make_files("x", lines, {"envois Conseil n° 1": notices}, "")
    texts = {"horodatage-1": f"{len(lines)}\n{lines[-1][1]}\n".encode()}
    if notices:
        texts["horodatage-2"] = f"Conseil\n1\n{notices[0][1]}\n".encode()
    return files, {name: (text, stamp(text)) for name, text in texts.items()}


def test_the_hour_of_a_third_party_is_read_and_anchors_the_journal(tmp_path, capsys):
    lines = chain(rows())
    files, stamps = stamped(lines, chain([("sent", "x", {})]))
    anchors, faults, sentences = verifier.verifier_horodatages(stamps, files)
    assert not faults
    assert anchors == [(16, lines[-1][1].removeprefix("$1$"))]
    assert "17/12/2026 à 18:04:12 UTC, les 16 premières lignes" in sentences[0]
    assert "l'envoi n° 1 de « Conseil »" in sentences[1]
    (tmp_path / "horodatages").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    for name, (text, answer) in stamps.items():
        (tmp_path / "horodatages" / f"{name}.txt").write_bytes(text)
        (tmp_path / "horodatages" / f"{name}.tsr").write_bytes(answer)
    assert verifier.main([str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert said.count("HORODATÉ.") == 2
    assert "Non vérifié : la signature de l'autorité" in said
    (tmp_path / "journal.jsonl").write_text(
        make_files("x", lines[:-1], {}, "")["journal.jsonl"], "utf-8"
    )
    assert verifier.main([str(tmp_path)]) == 1
    assert "fin coupée" in capsys.readouterr().out


def test_a_stamp_of_something_else_proves_nothing():
    lines, notices = chain(rows()), chain([("sent", "x", {})])
    files, stamps = stamped(lines, notices)
    text, answer = stamps["horodatage-1"]
    elsewhere = f"Conseil\n1\n{lines[0][1]}\n".encode()
    wrong = {
        "other text": (text.replace(b"16", b"15"), answer),
        "other notice": (elsewhere, stamp(elsewhere)),
        "refused": (text, stamp(text, status=2)),
        "refused alone": (text, der(0x30, der(0x30, der(0x02, b"\2")))),
        "other digest": (text, stamp(text, algorithm=b"\x2b\x0e\3\2\x1a")),
        "no text": (b"", answer),
        "text of nothing": (b"x", stamp(b"x")),
        "not DER": (text, b"<html>503</html>"),
        **{f"cut at {end}": (text, answer[:end]) for end in range(len(answer))},
    }
    _anchors, faults, sentences = verifier.verifier_horodatages(wrong, files)
    assert [name for name, _rank, _why in faults] == list(wrong)
    assert not [line for line in sentences if not line.startswith("other notice")]
