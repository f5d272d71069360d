"""Controls on the result of a polling station, and on all stations together.

Pure: no Odoo, no clock, no sentence. A finding is a code, a level and figures; whoever
shows it makes the sentence. ``E`` blocks; ``A`` is an alert to accept with a reason.
Figures that are unknown are ``None``: a control whose figures are missing is silent,
except E03, whose subject it is.

======  =====================================================================
E01     votes and exprimés differ (gap = votes - exprimés)
E02     blancs + nuls + exprimés and votants differ (gap = sum - votants)
E03     a figure is missing
E04     turnout goes down between two hours
E05     a figure is negative
E06     abstentions are not inscrits - votants
A01     votants above inscrits: only with a decision of justice (L62, R59)
A02     émargements and votants differ: written in the PV (L65)
A03     many blancs
A04     annexed ballots are not blancs + nuls (CE 10/07/2015, n° 382737)
A05     many nuls
A06     a list has no vote here while it weighs in the commune
A07     same figures as another station
======  =====================================================================
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

ERROR, ALERT = "error", "alert"
FIGURES = ("inscrits", "votants", "blancs", "nuls", "exprimes")


@dataclass(frozen=True)
class StationResult:
    """What one station sends. ``votes``: list -> votes; None where not known.

    :ivar turnout: [(hour, votants so far)] in order of time, closing included or not
    :ivar voting_machine: no envelopes, no annexes: A02 and A04 are silent (L57-1)
    """

    inscrits: int | None
    votants: int | None
    blancs: int | None
    nuls: int | None
    exprimes: int | None
    votes: Mapping[Hashable, int | None]
    emargements: int | None = None
    annexes: int | None = None
    abstentions: int | None = None
    turnout: tuple[tuple[str, int], ...] = ()
    voting_machine: bool = False

    def figures(self):
        """All the figures by name, the votes as ``("votes", list)``."""
        named = {name: getattr(self, name) for name in FIGURES}
        return named | {("votes", key): value for key, value in self.votes.items()}


@dataclass(frozen=True)
class Finding:
    """One control that speaks: ``code``, and the figures for the sentence."""

    code: str
    params: dict = field(default_factory=dict)

    @property
    def level(self):
        return ERROR if self.code.startswith("E") else ALERT


@dataclass(frozen=True)
class Limits:
    """From which share an alert speaks; a town may change them.

    Defaults from 569 stations of Toulouse 2026: blancs at most 4.6 %, nuls 3.5 %.
    """

    blancs: Fraction = Fraction(5, 100)
    nuls: Fraction = Fraction(4, 100)
    list_share: Fraction = Fraction(5, 100)


def check_station(result: StationResult, limits: Limits | None = None):
    """Return the findings of one station, errors first, one for each cause.

    >>> [f.code for f in check_station(StationResult(9, 9, 0, 0, 9, {"A": 5, "B": 3}))]
    ['E01']
    """
    limits = limits or Limits()
    missing = [name for name, value in result.figures().items() if value is None]
    negative = [name for name, value in result.figures().items() if value and value < 0]
    found = []
    if missing:
        found.append(Finding("E03", {"figures": [_label(name) for name in missing]}))
    if negative:
        found.append(Finding("E05", {"figures": [_label(name) for name in negative]}))
    found += _sums(result)
    found += _turnout(result)
    return found + _alerts(result, limits)


def _label(name):
    return list(name) if isinstance(name, tuple) else name


def _known(*values):
    return all(value is not None for value in values)


def _sums(result):
    votes = list(result.votes.values())
    if votes and _known(result.exprimes, *votes) and sum(votes) != result.exprimes:
        total = sum(votes)
        yield Finding(
            "E01",
            {
                "votes": total,
                "exprimes": result.exprimes,
                "gap": total - result.exprimes,
            },
        )
    parts = (result.blancs, result.nuls, result.exprimes)
    if _known(result.votants, *parts) and sum(parts) != result.votants:
        yield Finding(
            "E02",
            {
                "sum": sum(parts),
                "votants": result.votants,
                "gap": sum(parts) - result.votants,
            },
        )
    if _known(result.abstentions, result.inscrits, result.votants):
        expected = result.inscrits - result.votants
        if result.abstentions != expected:
            yield Finding(
                "E06", {"abstentions": result.abstentions, "expected": expected}
            )


def _turnout(result):
    """E04 for the first fall; the closing figure follows the last hour."""
    points = list(result.turnout)
    if result.votants is not None:
        points.append(("closing", result.votants))
    for (before, low), (after, high) in zip(points, points[1:], strict=False):
        if high < low:
            params = {"before": before, "was": low, "after": after, "is": high}
            yield Finding("E04", params)
            return


def _alerts(result, limits):
    found = []
    if _known(result.inscrits, result.votants) and result.votants > result.inscrits:
        params = {"votants": result.votants, "inscrits": result.inscrits}
        found.append(Finding("A01", params))
    machine = result.voting_machine
    gap = _gap(result.emargements, result.votants)
    if gap and not machine:
        params = {"emargements": result.emargements, "votants": result.votants}
        found.append(Finding("A02", params | {"gap": gap}))
    found += _share_alert("A03", result.blancs, result.votants, limits.blancs)
    if not machine and _known(result.annexes, result.blancs, result.nuls):
        expected = result.blancs + result.nuls
        if result.annexes != expected:
            params = {"annexes": result.annexes, "expected": expected}
            found.append(Finding("A04", params))
    found += _share_alert("A05", result.nuls, result.votants, limits.nuls)
    return found


def _gap(first, second):
    return first - second if _known(first, second) else 0


def _share_alert(code, part, whole, limit):
    if _known(part, whole) and part * limit.denominator > whole * limit.numerator:
        return [Finding(code, {"count": part, "votants": whole})]
    return []


def check_stations(
    results: Mapping[Hashable, StationResult], limits: Limits | None = None
):
    """Return station -> findings that only show between stations (A06, A07).

    A06 needs at least ten exprimés here; A07 compares every figure, for stations with
    at least ten exprimés (a tiny station may equal another by chance).
    """
    limits = limits or Limits()
    found = {key: [] for key in results}
    heavy = _heavy_lists(results.values(), limits.list_share)
    seen = {}
    for key, result in results.items():
        if (result.exprimes or 0) < 10:
            continue
        for name in heavy:
            if result.votes.get(name) == 0:
                found[key].append(Finding("A06", {"list": name}))
        print_ = (tuple(result.figures().values()), result.emargements)
        if print_ in seen:
            found[key].append(Finding("A07", {"station": seen[print_]}))
        seen.setdefault(print_, key)
    return found


def _heavy_lists(results: Iterable[StationResult], share):
    """Lists that reach ``share`` of the exprimés of all stations together."""
    totals: dict = {}
    exprimes = 0
    for result in results:
        exprimes += result.exprimes or 0
        for name, value in result.votes.items():
            totals[name] = totals.get(name, 0) + (value or 0)
    return [
        name
        for name, value in totals.items()
        if value and value * share.denominator >= exprimes * share.numerator
    ]
