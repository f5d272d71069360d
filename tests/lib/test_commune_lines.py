"""Each line of a commune is recognised, whichever the file that it comes from."""

import re

import pytest
from mairie_scrutin.lib.commune_lines import line_codes
from mairie_scrutin.lib.ministry_record import commune_code


def holds(line, codes):
    """What the browser looks for in a line (static/src/large_file)."""
    cells = {cell.strip('" ') for cell in re.split(r"[;\t]", line)}
    return any(
        set(code.split("+")) <= cells if "+" in code else code in line for code in codes
    )


@pytest.mark.parametrize(
    ("insee", "line"),
    [
        ("49998", "2;MN;2026;1;49;998;0005;I;957;401;556"),
        ("49998", '"49";"Maine-et-Loire";"49998";"Saint-Aubin";"0005";957'),
        ("49998", "49\tMaine-et-Loire\t2\t2e circ.\t998\tSaint-Aubin\t0005\t957"),
        ("01004", "1;Ain;4;4e;4;Ambérieu;0001;1117"),
        ("01004", "01;AIN;004;Ambérieu-en-Bugey;0001;1117"),
        ("2A004", "2A;Corse-du-Sud;2A004;Ajaccio;0001;900"),
        ("97411", "ZD;La Réunion;411;Saint-Denis;0001;700"),
        ("97411", "1;MN;2026;1;974;011;0001;I;700"),
    ],
)
def test_a_line_of_the_commune(insee, line):
    assert holds(line, line_codes(insee))


def test_a_line_of_another_commune():
    assert not holds("49;Maine-et-Loire;49007;Angers;0998;1117", line_codes("49998"))
    assert line_codes("") == []


@pytest.mark.parametrize("insee", ["01004", "13055", "2B033", "97411", "98818"])
def test_the_two_cells_are_those_that_the_ministry_joins(insee):
    """``commune_code`` makes the code again from at least one pair."""
    pairs = [code.split("+") for code in line_codes(insee) if "+" in code]
    assert insee in {commune_code(one, two) for one, two in pairs}
