"""The list of promises names tests that exist, or says what is missing."""

import ast
from pathlib import Path

import pytest

from devtools import prove

ROOT = Path(__file__).parent.parent
GOALS = prove.load()
WANTED = {
    *(f"R{number}" for number in range(1, 22)),
    *(f"S{number}" for number in range(1, 21)),
    *(f"P{number}" for number in range(1, 9)),
}


def test_every_promise_is_listed_once():
    names = [goal.id for goal in GOALS]
    assert len(names) == len(set(names))
    assert set(names) >= WANTED


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.id)
def test_a_promise_names_its_tests_or_what_is_missing(goal):
    assert goal.tests or goal.open
    for node in goal.tests:
        file, _sep, name = node.partition("::")
        source = (ROOT / file).read_text()
        names = [
            row.name
            for row in ast.walk(ast.parse(source))
            if isinstance(row, ast.FunctionDef) and row.name.startswith("test_")
        ]
        if name:
            assert name in names, node
        else:  # a class may have its tests from a mixin
            assert names or "(RightsMixin" in source, node


REPORT = """<testsuites><testsuite>
<testcase file="tests/a.py" name="test_one[0]">
  <properties><property name="figure" value="12 ms"/></properties></testcase>
<testcase file="tests/a.py" name="test_two"><failure/></testcase>
<testcase file="tests/b.py" name="test_three"/>
</testsuite></testsuites>"""


def test_a_promise_is_held_when_all_its_tests_passed():
    goals = [
        prove.Goal("X1", "un", "0", ["tests/a.py::test_one"]),
        prove.Goal("X2", "deux", "0", ["tests/a.py"]),
        prove.Goal("X3", "trois", "0", open="pas encore"),
        prove.Goal("X4", "quatre", "0", ["tests/c.py"]),
    ]
    results = prove.read_report(REPORT)
    for goal in goals:
        goal.results = [row for row in results if prove.is_of(row.node, goal.tests)]
    assert [goal.verdict for goal in goals] == ["held", "broken", "open", "broken"]
    assert goals[0].figures == ["12 ms"]
    page = prove.page(goals)
    assert "| X1 | un | 0 | tenu | 1 | 12 ms |" in page
    assert "| X3 | trois | 0 | ouvert | 0 | pas encore |" in page
    assert "Tenus : 1 sur 4." in page
