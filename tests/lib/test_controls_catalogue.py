"""The guide of the controls, its table and the code say the same."""

import re
from pathlib import Path

import pytest
from mairie_scrutin.lib import controls_catalogue, tally

ROOT = Path(__file__).parent.parent.parent
MODEL = ROOT / "addons/mairie_scrutin/models/mairie_scrutin_controle.py"
CODES = set(re.findall(r'"([EA]\d\d)"', Path(tally.__file__).read_text()))


def test_every_control_is_in_the_table_and_in_the_docstring():
    assert set(controls_catalogue.CATALOGUE) == CODES
    assert all(code in tally.__doc__ for code in CODES)


def test_the_guide_is_the_table():
    guide = (ROOT / "docs/guides/controles.md").read_text()
    assert guide == controls_catalogue.to_markdown()


@pytest.mark.parametrize("code", sorted(controls_catalogue.CATALOGUE))
def test_every_control_has_its_sentence(code):
    assert f"_sentence_{code.lower()}" in MODEL.read_text()
