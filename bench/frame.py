"""What a case of `bench/<part>.py` works with, and how it is judged.

A case is a function of one argument, the ``Run``::

    @case("Totals of a round", size="897 stations × 34 lists",
          goal="p95 < 50 ms", peer="pandas")
    def totals(run):
        tour = run.env["mairie.scrutin.tour"].browse(...)
        run.measure(tour._get_totals, times=30)
        run.peer("pandas", lambda: frame.groupby("list").sum(), times=30)

The goal is a list of comparisons, ``name < value unit``: ``median``, ``p95``, ``p99``,
``max`` and ``total`` are of the measured times, ``peak`` is the memory that the case
took, any other name is what the case gave with ``run.figure(name, value)``. A figure
that the goal asks for and the case does not give is a missed goal.
"""

import re
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

TIMES = ("median", "p95", "p99", "max", "total")
UNITS = {"": 1, "ms": 0.001, "s": 1, "min": 60, "MB": 1_000_000, "kB": 1000, "%": 0.01}
COMPARISON = re.compile(
    r"(?P<name>[\w ]+?)\s*(?P<sign>[<>=≤≥])\s*(?P<value>[\d.]+)\s*(?P<unit>\D*)"
)
SIGNS = {
    "<": lambda value, limit: value < limit,
    ">": lambda value, limit: value > limit,
    "=": lambda value, limit: value == limit,
    "≤": lambda value, limit: value <= limit,
    "≥": lambda value, limit: value >= limit,
}


@dataclass(frozen=True)
class Case:
    title: str
    size: str
    goal: str
    peer: str
    function: object

    @property
    def name(self):
        return self.function.__name__


@dataclass
class Run:
    """One case being measured. ``bench`` lends the database, the server, the data."""

    case: Case
    bench: object = None
    seconds: list = field(default_factory=list)
    peers: dict = field(default_factory=dict)
    figures: dict = field(default_factory=dict)
    notes: list = field(default_factory=list)
    peak: int | None = None
    error: str = ""

    @property
    def env(self):
        """Odoo's environment (superuser) on the private copy; rolled back after."""
        return self.bench.env

    @property
    def town(self):
        """A real server with two workers on the private copy: see devtools.live."""
        return self.bench.town

    @property
    def proxy(self):
        """nginx in front of that server: see devtools.proxy."""
        return self.bench.proxy

    @property
    def full(self):
        """Whether the long form was asked for (`BENCH=full`)."""
        return self.bench.full

    def data(self, path):
        """A file of tests/data."""
        return self.bench.data / path

    def measure(self, function, times=10, memory=False):
        """Time ``function`` after one unmeasured call; return its last result.

        With ``memory`` one more call tells the peak of memory.
        """
        result, self.seconds = _time(function, times)
        if memory:
            self.peak = peak_memory(function)
        return result

    def once(self, function, memory=False):
        """Time one single call, for what takes long or cannot be repeated."""
        start = time.perf_counter()
        if memory:
            results = []
            self.peak = peak_memory(lambda: results.append(function()))
            result = results[0]
        else:
            result = function()
        self.seconds.append(time.perf_counter() - start)
        return result

    def record(self, seconds):
        """Take times measured elsewhere, such as the answers of a load test."""
        self.seconds = list(seconds)

    def peer(self, name, function, times=10, memory=False):
        """Time another program on the same task; return its last result.

        With ``memory`` one more call tells its peak of memory, in a note.
        """
        result, self.peers[name] = _time(function, times)
        if memory:
            self.note(f"mémoire de {name} : {peak_memory(function) / 1e6:.0f} Mo")
        return result

    def figure(self, name, value):
        """Give a figure of its own: rows lost, answers refused, requests a second."""
        self.figures[name] = value

    def note(self, sentence):
        self.notes.append(sentence)

    def verdicts(self):
        """[(comparison as written, found value or None, held or not)]"""
        return [judge(text, self.value) for text in self.case.goal.split(", ") if text]

    def value(self, name):
        """A figure by its name in a goal; None when it is not there."""
        if name == "peak":
            return self.peak
        if name in TIMES:
            return summary(self.seconds).get(name)
        return self.figures.get(name)

    @property
    def passed(self):
        return not self.error and all(held for _text, _found, held in self.verdicts())


def case(title, size="", goal="", peer=""):
    """Declare a case. The name of the function is its name on the command line."""

    def declare(function):
        return Case(title, size, goal, peer, function)

    return declare


def cases_of(module):
    """The cases of a part, in the order of its file (or of its ``PART``)."""
    listed = getattr(module, "PART", None) or vars(module).values()
    return [value for value in listed if isinstance(value, Case)]


def summary(seconds):
    """Name -> seconds, for TIMES; empty without any measure."""
    if not seconds:
        return {}
    ordered = sorted(seconds)
    return {
        "median": statistics.median(ordered),
        "p95": quantile(ordered, 95),
        "p99": quantile(ordered, 99),
        "max": ordered[-1],
        "total": sum(ordered),
    }


def quantile(ordered, percent):
    """The smallest value that ``percent`` of them do not exceed (nearest rank)."""
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(rank, 1) - 1]


def goal_name(text):
    """Which figure a comparison is about."""
    return COMPARISON.fullmatch(text.strip())["name"].strip()


def judge(text, value_of):
    """One comparison of a goal against the figures of a run."""
    found = COMPARISON.fullmatch(text.strip())
    if not found or found["unit"].strip() not in UNITS:
        raise ValueError(f"this goal cannot be judged: {text}")
    value = value_of(found["name"].strip())
    limit = float(found["value"]) * UNITS[found["unit"].strip()]
    held = value is not None and SIGNS[found["sign"]](value, limit)
    return text.strip(), value, held


def _time(function, times):
    result = function()
    seconds = []
    for _turn in range(times):
        start = time.perf_counter()
        result = function()
        seconds.append(time.perf_counter() - start)
    return result, seconds


def peak_memory(function):
    """Bytes that the process took at most above what it had before (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")
    before = _status("VmRSS")
    function()
    return max(_status("VmHWM") - before, 0)


def _status(name):
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    return 0
