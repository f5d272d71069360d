"""Which stations to call first, and why.

Pure: no Odoo, no clock, no sentence. Each reason is a code with its figures; whoever
shows it makes the sentence. A station is compared with its own past and with the other
stations of tonight; what is unusual is measured in robust standard deviations (median and
median of the deviations, to which the ordinary noise of a draw of so many voters is
added, so that small stations are not accused of being small).

The score only ranks; the strongest reason gives the rank, the others add a little.

============== =======================================================================
differences    two entries of the same report differ
error          a sum is wrong: the result cannot be validated
alert          an alert waits for its reason
presence       fewer than two members in the room while the poll goes on (R42)
swap           two lists look inverted (``lib.swap``)
late           the polls are closed, no result yet, later than the others
silent         nothing came from this station for long
turnout_gap    the turnout of an hour that was asked is missing
turnout_stuck  nobody voted between two hours
unusual        a figure far from the past or from the other stations: ``figure`` is
               ``turnout``, ``blancs``, ``nuls`` or a list; ``against`` ``past``/``others``
============== =======================================================================
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

Key = Hashable

WEIGHTS = {
    "differences": 100,
    "error": 90,
    "presence": 80,
    "swap": 75,
    "alert": 60,
    "late": 50,
    "silent": 45,
    "turnout_gap": 40,
    "turnout_stuck": 35,
    "unusual": 20,
}
FEW = 5  # with fewer stations, "the others" say nothing
FLOOR = 0.004  # spread below which a difference is nobody's business: 0.4 point


@dataclass(frozen=True)
class Past:
    """The same station before: whole figures; ``votes`` only for lists that compare."""

    inscrits: int
    votants: int
    blancs: int | None = None
    nuls: int | None = None
    exprimes: int = 0
    votes: Mapping[Key, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Station:
    """One station tonight; what is not known yet is None or empty.

    :ivar votes: None until a result came
    :ivar turnout: ((hour, voters so far), ...) in order of time
    :ivar asked: hours whose turnout is due by now
    :ivar quiet: minutes since the last message, while one is expected
    :ivar overdue: minutes since the polls closed, while no result came
    :ivar flags: ``differences``, ``error``, ``alert``, ``presence`` -> figures of the
        reason
    :ivar settled: validated: its figures are compared, but nobody is to be called
    """

    inscrits: int
    votants: int | None = None
    blancs: int | None = None
    nuls: int | None = None
    exprimes: int | None = None
    votes: Mapping[Key, int] | None = None
    turnout: Sequence[tuple[float, int]] = ()
    asked: Sequence[float] = ()
    quiet: int | None = None
    overdue: int | None = None
    flags: Mapping[str, dict] = field(default_factory=dict)
    settled: bool = False


@dataclass(frozen=True)
class Limits:
    """From where a station is worth a call; a town may change them."""

    unusual: float = 5.0
    quiet: int = 20
    overdue: int = 60
    stuck: float = 0.5


@dataclass(frozen=True)
class Reason:
    code: str
    params: dict = field(default_factory=dict)
    strength: float = 1.0

    @property
    def score(self):
        return WEIGHTS[self.code] + min(self.strength, 20)


@dataclass(frozen=True)
class Call:
    """One station to call: its reasons, strongest first."""

    station: Key
    reasons: tuple[Reason, ...]

    @property
    def score(self):
        first, *others = self.reasons
        return first.score + sum(reason.score for reason in others) / 20


def rank(
    stations: Mapping[Key, Station],
    references: Mapping[Key, Past] | None = None,
    limits: Limits | None = None,
    swaps: Mapping[Key, dict] | None = None,
) -> list[Call]:
    """Return the stations to call, first the one that matters most.

    :param references: station -> its past, where known
    :param swaps: station -> figures of a suspected inversion (``lib.swap.suspects``)

    >>> calls = rank({"0001": Station(900, flags={"error": {}}), "0002": Station(800)})
    >>> [(call.station, call.reasons[0].code) for call in calls]
    [('0001', 'error')]
    """
    limits = limits or Limits()
    found = {key: list(_facts(row, limits)) for key, row in stations.items()}
    for key, params in (swaps or {}).items():
        if not stations[key].settled:
            found[key].append(Reason("swap", params, params.get("evidence", 1)))
    for key, reason in _unusual(stations, references or {}, limits):
        found[key].append(reason)
    calls = [
        Call(key, tuple(sorted(reasons, key=lambda r: -r.score)))
        for key, reasons in found.items()
        if reasons
    ]
    return sorted(calls, key=lambda call: (-call.score, str(call.station)))


def _facts(row, limits):
    """What needs no comparison."""
    if row.settled:
        return
    for code, params in row.flags.items():
        yield Reason(code, dict(params), params.get("count", 1))
    if row.votes is None:
        if row.overdue is not None and row.overdue >= limits.overdue:
            yield Reason("late", {"minutes": row.overdue}, row.overdue / 15)
        elif row.quiet is not None and row.quiet >= limits.quiet:
            yield Reason("silent", {"minutes": row.quiet}, row.quiet / 15)
    said = {hour for hour, _votants in row.turnout}
    missing = [hour for hour in row.asked if hour not in said]
    if missing and row.votes is None:
        yield Reason("turnout_gap", {"hours": missing}, len(missing))
    points = list(row.turnout)
    for (before, low), (after, high) in zip(points, points[1:], strict=False):
        if high == low and after - before >= limits.stuck:
            params = {"before": before, "after": after, "votants": high}
            yield Reason("turnout_stuck", params)
            return


@dataclass(frozen=True)
class _Point:
    """A share with the number of people behind it."""

    part: int
    whole: int

    @property
    def share(self):
        return self.part / self.whole

    @property
    def noise(self):
        """Variance of a draw of ``whole`` people at this share, never null."""
        share = (self.part + 1) / (self.whole + 2)
        return share * (1 - share) / self.whole


def _unusual(stations, references, limits):
    """(station, reason) for each figure far from what was expected."""
    for figure, here, before in _figures(stations, references):
        for key, worth in _against_past(here, before):
            if abs(worth[0]) >= limits.unusual and not stations[key].settled:
                yield key, _reason(figure, "past", here[key], worth)
        told = {key for key in here if key in before}
        for key, worth in _against_others(here):
            if key in told or stations[key].settled:
                continue
            if abs(worth[0]) >= limits.unusual:
                yield key, _reason(figure, "others", here[key], worth)


def _reason(figure, against, point, worth):
    score, expected = worth
    params = {
        "figure": figure,
        "against": against,
        "part": point.part,
        "whole": point.whole,
        "expected": round(expected * 1000),
    }
    return Reason("unusual", params, abs(score))


def _figures(stations, references):
    """(figure, station -> _Point tonight, station -> _Point before)"""
    done = {key: row for key, row in stations.items() if row.votes is not None}
    for figure, whole in (
        ("turnout", "inscrits"),
        ("blancs", "votants"),
        ("nuls", "votants"),
    ):
        part = "votants" if figure == "turnout" else figure
        yield (
            figure,
            _points(done, part, whole),
            _points({k: references[k] for k in done if k in references}, part, whole),
        )
    lists = list(next(iter(done.values())).votes) if done else []
    for name in lists:
        yield (
            name,
            _list_points(done, name),
            _list_points({k: references[k] for k in done if k in references}, name),
        )


def _points(rows, part, whole):
    return {
        key: _Point(getattr(row, part), getattr(row, whole))
        for key, row in rows.items()
        if getattr(row, part) is not None and getattr(row, whole)
    }


def _list_points(rows, name):
    return {
        key: _Point(row.votes[name], row.exprimes)
        for key, row in rows.items()
        if row.exprimes and name in row.votes
    }


def _against_past(here, before):
    """The town moves; who moves otherwise? Yields (station, (score, expected))."""
    moves = {key: here[key].share - before[key].share for key in here if key in before}
    if len(moves) < FEW:
        return
    middle, spread = _robust(list(moves.values()))
    for key, move in moves.items():
        noise = here[key].noise + before[key].noise
        expected = min(max(before[key].share + middle, 0.0), 1.0)
        yield key, ((move - middle) / sqrt(spread**2 + noise), expected)


def _against_others(here):
    if len(here) < FEW:
        return
    middle, spread = _robust([point.share for point in here.values()])
    for key, point in here.items():
        score = (point.share - middle) / sqrt(spread**2 + point.noise)
        yield key, (score, middle)


def _robust(values):
    """(median, spread): 1.4826 x the median deviation, a standard deviation if normal."""
    middle = _median(values)
    spread = 1.4826 * _median([abs(value - middle) for value in values])
    return middle, max(spread, FLOOR)


def _median(values):
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2
