"""The table of cases of the hub names tests that exist, for each of its 54 cases."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = (ROOT / "docs/cas-social.md").read_text()
ROW = re.compile(r"^\| (\d+) \| .+? \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`([\w.]+)::([^`]+)`")
PLACES = ("addons/mairie_social*/tests", "addons/mairie_social/static/tests", "tests")


def sources(name):
    """Return the text of the files called ``name``, wherever they are."""
    found = [path for place in PLACES for path in ROOT.glob(f"{place}/**/{name}")]
    return "\n".join(path.read_text() for path in found)


def test_every_case_is_in_the_table():
    assert [int(number) for number, _tests in ROW.findall(TABLE)] == [*range(1, 55)]


def test_every_case_names_a_test_or_says_what_is_left():
    for number, tests in ROW.findall(TABLE):
        assert NAMED.search(tests) or "Reste" in tests, number


def test_the_tests_that_are_named_exist():
    missing = [
        f"{name}::{test}"
        for name, test in NAMED.findall(TABLE)
        if not re.search(
            rf"(def {re.escape(test)}\b|[\"']{re.escape(test)}[\"'])", sources(name)
        )
    ]
    assert not missing
