"""`make prove`: every promise of the project beside the tests that hold it.

`tests/goals.yml` lists the promises; each names tests, or says why it has none yet.
"""

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

import yaml

from . import settings
from .console import say
from .runs import REPORTS, run_pytest

GOALS = settings.ROOT / "tests/goals.yml"
PAGE = settings.ROOT / "docs/preuves.md"
WORDS = {"held": "tenu", "broken": "ROMPU", "open": "ouvert"}


@dataclass
class Goal:
    """One promise: `tests` are files, or `file::name` for some of a file."""

    id: str
    promise: str
    goal: str
    tests: list = field(default_factory=list)
    open: str = ""
    results: list = field(default_factory=list)

    @property
    def verdict(self):
        if not self.tests:
            return "open"
        passed = self.results and all(result.passed for result in self.results)
        return "held" if passed else "broken"

    @property
    def figures(self):
        return [figure for result in self.results for figure in result.figures]


@dataclass
class Result:
    """How one test ended, and what it measured (`record_property("figure", …)`)."""

    node: str
    passed: bool
    figures: list


def load(path=GOALS):
    return [Goal(**row) for row in yaml.safe_load(path.read_text())]


def prove(odoo, wanted):
    """Run the tests of the goals named, or of all; print and keep the table.

    :param wanted: set of goals; {"last"} for the table of the last `make test`
    """
    if wanted == {"last"}:
        return show(load(), keep=True)
    goals = [goal for goal in load() if not wanted or goal.id in wanted]
    # A test named alone needs its file: pytest spells it in its own way.
    files = sorted({node.partition("::")[0] for goal in goals for node in goal.tests})
    odoo.write_config()
    run_pytest(odoo, files)
    return show(goals, keep=not wanted)


def show(goals, keep):
    """Print what the kept results say of the goals; 1 when one is broken."""
    texts = [path.read_text() for path in sorted(REPORTS.glob("*.xml"))]
    results = [row for text in texts for row in read_report(text)]
    for goal in goals:
        goal.results = [row for row in results if is_of(row.node, goal.tests)]
    say(table(goals))
    if keep:
        PAGE.write_text(page(goals))
        say(f"kept in {PAGE.relative_to(settings.ROOT)}")
    return 1 if any(goal.verdict == "broken" for goal in goals) else 0


def read_report(text):
    """Results of pytest's report, one a test."""
    return [
        Result(
            f"{case.get('file')}::{case.get('name')}",
            case.find("failure") is None and case.find("error") is None,
            [
                item.get("value")
                for item in case.iter("property")
                if item.get("name") == "figure"
            ],
        )
        for case in ElementTree.fromstring(text).iter("testcase")
    ]


def is_of(node, tests):
    """Whether a test's result counts for a goal that names these tests.

    >>> is_of("a/test_x.py::test_one[0]", ["a/test_x.py::test_one"])
    True
    >>> is_of("a/test_x.py::test_other", ["a/test_x.py::test_one"])
    False
    """
    file, _sep, name = node.partition("::")
    bare = name.partition("[")[0]
    return any(test in (file, f"{file}::{bare}") for test in tests)


def table(goals):
    lines = [
        f"{goal.id:<4} {WORDS[goal.verdict]:<7} {len(goal.results):>4}  {goal.promise}"
        + "".join(f"\n{'':<18} {figure}" for figure in goal.figures)
        + (f"\n{'':<18} {goal.open}" if goal.open else "")
        for goal in goals
    ]
    return "\n".join(["", "N°   verdict tests promise", *lines, ""])


def page(goals):
    """The same as a page of docs/, in French."""
    lines = [
        "# Preuves",
        "",
        "Ce que la suite promet, l'objectif, et les essais qui le tiennent. `make prove` les rejoue tous et récrit cette page ;",
        "`make prove T=R1` n'en rejoue qu'un. Un objectif « ouvert » dit ce qui manque.",
        "",
        "| N° | Promesse | Objectif | Verdict | Essais | Mesuré, ou ce qui manque |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for goal in goals:
        said = " ; ".join([*goal.figures, *([goal.open] if goal.open else [])])
        cells = [goal.id, goal.promise, goal.goal, WORDS[goal.verdict]]
        cells += [str(len(goal.results)), said or "–"]
        lines.append("| " + " | ".join(cells) + " |")
    held = sum(goal.verdict == "held" for goal in goals)
    lines += ["", f"Tenus : {held} sur {len(goals)}."]
    return "\n".join(lines) + "\n"
