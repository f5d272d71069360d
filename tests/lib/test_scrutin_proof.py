"""Every change of a sealed row is seen: by the chain, by the stand-alone verifier."""

import importlib.util
import json
import re
from pathlib import Path

import pytest
from mairie_scrutin.lib.journal_chain import (
    Anchor,
    canonical,
    check,
    grouped,
    link_hash,
    read_back,
    short,
)
from mairie_scrutin.lib.proof_bundle import make_files

SOURCE = Path(__file__).parents[2] / "addons/mairie_scrutin/tools/verifier.py"
STATIONS = 500


def load_verifier():
    spec = importlib.util.spec_from_file_location("verifier", SOURCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verifier = load_verifier()


def entry(rank):
    a, b = 300 + rank % 50, 200 - rank % 30
    figures = {"blancs": 3, "nuls": 2, "exprimes": a + b, "votants": a + b + 5}
    return {
        "type": "saisie",
        "bureau": f"{rank:04d}",
        "par": "operateur",
        "le": "2026-03-15T18:30:00.000000Z",
        "source": "mairie",
        "inscrits": 1000,
        "emargements": a + b + 5,
        "voix": {"001": a, "002": b},
        **figures,
    }


def facts():
    """1 003 links: an election, 500 entries, 500 validations."""
    head = {"commune": "49999", "annee": 2026, "tour": 1, "scrutin": "municipales"}
    codes = [f"{rank:04d}" for rank in range(STATIONS)]
    yield {"type": "entete", "entete": head}
    yield {"type": "listes", "listes": [["001", "Une", ""], ["002", "Deux", ""]]}
    yield {"type": "bureaux", "bureaux": codes}
    yield from (entry(rank) for rank in range(STATIONS))
    for rank, code in enumerate(codes):
        act = {"evenement": "validation", "bureau": code, "saisie": rank + 3}
        yield {"type": "journal", "par": "superviseur", "detail": "", **act}


def linked(values):
    links, last = [], ""
    for seq, value in enumerate(values):
        payload = canonical(value)
        last = link_hash(last, payload)
        links.append((seq, payload, last))
    return links


def results(values):
    totals = verifier.recompter(list(enumerate(values)))
    seats = {"organe": "cm", "regime": "l262", "etat": "shared", "sieges": 33}
    seats["listes"] = verifier.repartir(totals["voix"], totals["exprimes"], seats, 1)
    return {**totals, "sieges": [seats]}


VALUES = list(facts())
LINKS = linked(VALUES)
ANCHOR = Anchor(len(LINKS), LINKS[-1][2])
PAPER = [(ANCHOR.count, grouped(ANCHOR.hash))]
FILES = make_files("Essai", LINKS, results(VALUES), SOURCE.read_text())


def bundle_of(links):
    return {**make_files("Essai", links, results(VALUES), ""), "verifier.py": ""}


def test_an_intact_chain_is_intact():
    assert check(LINKS, [ANCHOR]) == []
    assert verifier.verifier(FILES, PAPER) == []


def test_each_field_of_each_of_a_thousand_rows():
    """S14: the first bad index is right, and the count of faults is one."""
    tried = 0
    for seq, payload, hash_ in LINKS:
        for name, value in json.loads(payload).items():
            other = {**json.loads(payload), name: changed(value)}
            chain = [
                *LINKS[:seq],
                (seq, canonical(other), hash_),
                *LINKS[seq + 1 : seq + 3],
            ]
            assert check(chain)[0].seq == seq, (seq, name)
            tried += 1
    assert tried > 8000


def changed(value):
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return f"{value} "
    return None


@pytest.mark.parametrize("seq", [0, 1, 2, 3, 250, 700, len(LINKS) - 1])
def test_the_verifier_finds_a_change_at_its_line(seq):
    for name, value in json.loads(LINKS[seq][1]).items():
        other = {**json.loads(LINKS[seq][1]), name: changed(value)}
        chain = [
            *LINKS[:seq],
            (seq, canonical(other), LINKS[seq][2]),
            *LINKS[seq + 1 :],
        ]
        text = "".join(json.dumps({"n": n, "h": h, "p": p}) + "\n" for n, p, h in chain)
        faults = verifier.verifier({**FILES, "journal.jsonl": text})
        assert faults[0][0] == seq, name


def test_two_links_in_another_order():
    chain = [*LINKS[:400], LINKS[401], LINKS[400], *LINKS[402:]]
    assert check(chain)[0].seq == 400
    assert verifier.verifier(bundle_of(chain))[0][0] == 400


def test_a_link_taken_out_of_the_middle():
    chain = [*LINKS[:400], *LINKS[401:]]
    assert check(chain)[0].seq == 400
    assert verifier.verifier(bundle_of(chain))[0][0] == 400


def test_the_tail_cut_is_only_seen_by_the_printed_fingerprint():
    chain = LINKS[:-200]
    assert check(chain) == []
    assert [fault.code for fault in check(chain, [ANCHOR])] == ["cut"]
    values = VALUES[:-200]
    cut = make_files("Essai", chain, results(values), "")
    assert verifier.verifier(cut) == []
    assert verifier.verifier(cut, PAPER)[0][0] == len(chain)


def test_all_written_again_is_only_seen_by_the_printed_fingerprint():
    values = [*VALUES[:3], {**entry(0), "voix": {"001": 0, "002": 500}}, *VALUES[4:]]
    chain = linked(values)
    again = make_files("Essai", chain, results(values), "")
    assert check(chain) == []
    assert [fault.code for fault in check(chain, [ANCHOR])] == ["anchor"]
    assert verifier.verifier(again) == []
    assert verifier.verifier(again, PAPER)


@pytest.mark.parametrize("name", ["saisies.csv", "listes.csv", "bureaux.csv"])
def test_the_tables_say_what_the_chain_says(name):
    digits = re.sub(r"001|0001", "009", FILES[name])
    assert verifier.verifier({**FILES, name: digits})


def test_totals_and_seats_are_counted_again():
    told = json.loads(FILES["resultats.json"])
    for change in (
        {"exprimes": told["exprimes"] + 1},
        {"voix": {**told["voix"], "001": 1}},
        {"bureaux": 499},
        {"sieges": [{**told["sieges"][0], "listes": {"001": 20, "002": 13}}]},
    ):
        files = {**FILES, "resultats.json": json.dumps({**told, **change})}
        assert verifier.verifier(files), change


def test_hautefort_2014_is_counted_as_the_court_did():
    """CE 30 January 2015, n° 382627: the prime stays out of the averages."""
    part = {"sieges": 15, "regime": "l262"}
    seats = verifier.repartir({"001": 362, "002": 188}, 550, part, 1)
    assert seats == {"001": 13, "002": 2}


def test_a_fingerprint_is_read_back_from_paper():
    hash_ = LINKS[-1][2]
    assert read_back(grouped(hash_).lower()) == hash_
    assert read_back("n'importe") is None
    assert re.fullmatch(r"[0-9A-F]{4}…[0-9A-F]{2}", short(hash_))


def test_any_package_is_refused_with_a_sentence(tmp_path, capsys):
    for content in (b"", b"PK\x03\x04 casse", b"bonjour"):
        path = tmp_path / "paquet.zip"
        path.write_bytes(content)
        assert verifier.main([str(path)]) == 2
    assert "illisible" in capsys.readouterr().out


def test_the_command_says_its_verdict(tmp_path, capsys):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    told = ["--nombre", str(ANCHOR.count), "--empreinte", grouped(ANCHOR.hash)]
    assert verifier.main([str(tmp_path), *told]) == 0
    assert "INTACT : 1003 lignes" in capsys.readouterr().out
    (tmp_path / "resultats.json").write_text("{}")
    assert verifier.main([str(tmp_path)]) == 1
