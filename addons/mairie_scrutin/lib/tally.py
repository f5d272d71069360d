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
A08     causes of the nuls do not make nuls (L66, R66-2)
A09     a hundred is not one (first or second hundred counted)
A10     inscrits differ from the list closed before the day
A11     nobody voted
======  =====================================================================
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

ERROR, ALERT = "error", "alert"
FIGURES = ("inscrits", "votants", "blancs", "nuls", "exprimes")


@dataclass(frozen=True)
class StationResult:
    """What one station sends. ``votes``: list -> votes; None where not known.

    :ivar turnout: [(hour, votants so far)] in order of time, closing included or not
    :ivar nul_causes: cause -> number of void ballots annexed for it
    :ivar expected_inscrits: registered voters that the town hall knows
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
    nul_causes: Mapping[str, int] | None = None
    expected_inscrits: int | None = None

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
            }
            | suspect(result.votes, total - result.exprimes),
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
    if result.nul_causes and not machine and result.nuls is not None:
        causes = sum(result.nul_causes.values())
        if causes != result.nuls:
            params = {"causes": causes, "nuls": result.nuls}
            found.append(Finding("A08", params))
    expected = result.expected_inscrits
    if _known(expected, result.inscrits) and expected != result.inscrits:
        params = {"inscrits": result.inscrits, "expected": expected}
        found.append(Finding("A10", params))
    if result.votants == 0 and result.inscrits:
        found.append(Finding("A11"))
    return found


def suspect(votes, gap):
    """The one list whose slip explains ``gap``: a digit too many, two digits swapped.

    :return: {"suspect": list, "was": typed, "likely": figure}, or {} when none or
        several lists explain it

    >>> suspect({"A": 3180, "B": 201}, 3180 - 318)
    {'suspect': 'A', 'was': 3180, 'likely': 318}
    """
    found = [
        (key, value, value - gap)
        for key, value in votes.items()
        if value is not None and value - gap in _slips(value)
    ]
    if len(found) != 1:
        return {}
    key, was, likely = found[0]
    return {"suspect": key, "was": was, "likely": likely}


def _slips(value):
    """Figures that a hand easily writes as ``value``."""
    digits = str(value)
    if not digits.isdigit():
        return set()
    dropped = {digits[:i] + digits[i + 1 :] for i in range(len(digits))}
    swapped = {
        digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
        for i in range(len(digits) - 1)
    }
    added = {digits + "0"}
    return {int(text) for text in dropped | swapped | added if text} - {value}


def check_turnout(told, hour, votants, inscrits=None):
    """Return the findings on voters so far at ``hour``, among the hours already told.

    :param told: hour -> voters so far; the one of ``hour`` itself is replaced
    :param inscrits: registered voters, None where not known

    >>> [f.code for f in check_turnout({12.0: 231}, 17.0, 98)]
    ['E04']
    """
    if votants < 0:
        return [Finding("E05", {"figures": ["votants"]})]
    points = sorted((told | {hour: votants}).items())
    found = []
    for (before, low), (after, high) in zip(points, points[1:], strict=False):
        if high < low:
            params = {"before": before, "was": low, "after": after, "is": high}
            found.append(Finding("E04", params))
            break
    if inscrits is not None and votants > inscrits:
        found.append(Finding("A01", {"votants": votants, "inscrits": inscrits}))
    return found


#: Kind of entry -> ballots counted so far
HUNDREDS = {"centaine1": 100, "centaine2": 200}


def check_hundred(size, blancs, nuls, votes):
    """Return the finding on a hundred (A09) when its ballots do not make ``size``.

    :param size: 100 or 200, ballots counted so far
    """
    counted = blancs + nuls + sum(votes.values())
    return [Finding("A09", {"counted": counted, "size": size})] * (counted != size)


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
    totals: dict = {}
    for result in results.values():
        for name, value in result.votes.items():
            totals[name] = totals.get(name, 0) + (value or 0)
    exprimes = sum(result.exprimes or 0 for result in results.values())
    heavy = heavy_lists(totals, exprimes, limits.list_share)
    found, seen = {}, {}
    for key, result in results.items():
        print_ = (tuple(result.figures().values()), result.emargements)
        found[key] = check_among(result, heavy, seen.get(print_))
        if (result.exprimes or 0) >= 10:
            seen.setdefault(print_, key)
    return found


def check_among(result, heavy, twin):
    """Return A06 and A07 for one station.

    :param heavy: lists that weigh in the commune, from ``heavy_lists``
    :param twin: another station with the very same figures, or None
    """
    if (result.exprimes or 0) < 10:
        return []
    found = [
        Finding("A06", {"list": name}) for name in heavy if result.votes.get(name) == 0
    ]
    if twin is not None:
        found.append(Finding("A07", {"station": twin}))
    return found


def heavy_lists(totals: Mapping[Hashable, int], exprimes: int, share):
    """Lists that reach ``share`` of the exprimés of all stations together."""
    return [
        name
        for name, value in totals.items()
        if value and value * share.denominator >= exprimes * share.numerator
    ]
