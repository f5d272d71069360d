"""French is complete: nothing untranslated, nothing doubtful, nothing forgotten."""

import re
from pathlib import Path

import polib
import pytest

ADDONS = Path(__file__).parent.parent / "addons"
TEMPLATES = sorted(ADDONS.glob("*/i18n/*.pot"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\$\{[^}]*\}|<[^>]*>")

each_addon = pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)


def french(template):
    return polib.pofile(str(template.with_name("fr.po")))


def test_every_addon_has_its_terms():
    addons = {path.parent.name for path in ADDONS.glob("*/__manifest__.py")}
    assert addons == {path.stem for path in TEMPLATES}


@each_addon
def test_every_term_has_its_french(template):
    translated = {(e.msgctxt, e.msgid): e for e in french(template)}
    wanted = {(e.msgctxt, e.msgid) for e in polib.pofile(str(template))}
    assert not wanted - set(translated), "terms missing from fr.po: make pot"
    assert not [e.msgid for e in translated.values() if not e.msgstr]
    assert not [e.msgid for e in translated.values() if e.fuzzy]


@each_addon
def test_placeholders_survive(template):
    """A lost %s would break the sentence, or the page."""
    lost = []
    for entry in french(template):
        before = sorted(re.findall(r"%\(\w+\)[sd]|%[sd]", entry.msgid))
        if before != sorted(re.findall(r"%\(\w+\)[sd]|%[sd]", entry.msgstr)):
            lost.append(entry.msgid)
    assert not lost


@each_addon
def test_french_typography(template):
    """A no-break space before : ; ? ! and inside quotation marks, no straight ones."""
    wrong = re.compile(r"[^\W\d_] [;?!»](?=\s|$)|« |[^\W\d_] :(?=\s|$)|\w[?!](?=\s|$)")
    faults = []
    for entry in french(template):
        text = re.sub(r"<[^>]*>|https?://\S+", " ", entry.msgstr)
        if wrong.search(text):
            faults.append(entry.msgstr)
    assert not faults
