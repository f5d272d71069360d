"""Two lists inverted in the report of a station: who looks like it?

The commonest typing error that no sum reveals: the votes of two lists are swapped, and
every total stays right. It shows against *neighbours* (stations that vote alike on all
the other lists, those with a near number first: they often share a building) and against
the *past* of the same station.

For two lists ``a`` and ``b`` look at the share of ``a`` within ``a + b``: ``r`` as it was
typed, ``1 - r`` if it was inverted, ``q`` as expected, ``sd`` the spread around ``q``.
The evidence is ``|r - q| / sd - |1 - r - q| / sd``: how much better the inverted figures
fit, in standard deviations. Nothing here decides of a result: it says whom to call, hence
floats are good enough.

Measured on the 284 stations of Toulouse 2026 (``tests/lib/test_swap.py``, neighbours
only): no false alarm, 97 % of all inversions that differ by more than three standard
deviations found, 87 % between lists of 3 % and more, 58 % between the three first lists
(near one another, such an inversion cannot be told from an ordinary station).
"""

import heapq
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

Key = Hashable
Votes = Mapping[Key, int]

NEIGHBOURS = 12
CANDIDATES = 60  # the neighbours of any two lists are looked for among these
AROUND = 300  # stations whose numbers are near, in a very large town
FEW = 6  # with fewer stations around, neighbours say nothing
NEAR = 8  # numbers farther apart than this are equally far
NEARNESS = 0.15


@dataclass(frozen=True)
class Suspicion:
    """``first`` and ``second`` look inverted.

    :ivar evidence: standard deviations by which the inverted figures fit better
    :ivar expected: share of ``first`` within both that was expected, 0 to 1
    """

    first: Key
    second: Key
    evidence: float
    expected: float


def suspects(
    stations: Mapping[Key, Votes],
    *,
    only: Sequence[Key] | None = None,
    past: Mapping[Key, Votes] | None = None,
    limit: float = 2.0,
) -> dict[Key, Suspicion]:
    """Return station -> its likeliest inversion, for those above ``limit``.

    :param stations: station -> list -> votes, in the order of their numbers; every
        station has the same lists
    :param only: stations to look at (default: all); the others are their neighbours
    :param past: station -> list -> votes of the *same* lists at a past election, where
        known (a second round compared with the first)
    :param limit: evidence from which an inversion is suspected, in standard deviations,
        above 0
    """
    field = _Field(stations)
    moves = _Past(stations, past or {})
    found = {}
    for key in only if only is not None else stations:
        best = _likeliest(key, field, moves)
        if best and best.evidence > limit:
            found[key] = best
    return found


class _Field:
    """Shares of every station, how far two stations are, who leads whom somewhere."""

    def __init__(self, stations):
        self.votes = stations
        self.rank = {key: rank for rank, key in enumerate(stations)}
        self.lists = list(next(iter(stations.values()), {}))
        self.shares = {}
        self.leads = {}
        for key, votes in stations.items():
            total = sum(votes.values())
            if total:
                self.shares[key] = [votes[name] / total for name in self.lists]
        self.keys = list(self.shares)

    def is_ahead_somewhere(self, one, other):
        """Whether any station gave more votes to ``one`` than to ``other``."""
        pair = (one, other)
        if pair not in self.leads:
            self.leads[pair] = any(v[one] > v[other] for v in self.votes.values())
        return self.leads[pair]

    def alike(self, key):
        """The stations most alike, whichever two lists are looked at afterwards.

        An inversion sets two lists apart, even from the stations that are alike on all
        the others: the two lists that differ most are left out.

        :return: [(other, its shares, distance, parts of it in the order of the lists)]
        """
        mine, rank = self.shares[key], self.rank[key]
        found = []
        for other in self._around(rank):
            if other == key:
                continue
            theirs, place = self.shares[other], self.rank[other]
            parts = [
                (one - two) ** 2 / (0.0004 + (one + two) / 40)
                for one, two in zip(mine, theirs, strict=True)
            ]
            total = sum(parts) + NEARNESS * min(abs(place - rank), NEAR)
            rest = total - sum(sorted(parts)[-2:])
            found.append((rest, place, other, theirs, total, parts))
        return [row[2:] for row in heapq.nsmallest(CANDIDATES, found)]

    def _around(self, rank):
        """Keys of the stations whose numbers are near."""
        start = max(min(rank - AROUND // 2, len(self.keys) - AROUND), 0)
        return self.keys[start : start + AROUND]

    def expected(self, key, first, second, alike):
        """(q, variance) of ``first`` within both, from stations alike on the rest."""
        if len(alike) < FEW:
            return None
        a, b = self.lists.index(first), self.lists.index(second)
        both = self.shares[key][a] + self.shares[key][b]
        near = heapq.nsmallest(
            NEIGHBOURS,
            (
                (
                    total
                    - parts[a]
                    - parts[b]
                    + 50 * (both - theirs[a] - theirs[b]) ** 2,
                    self.rank[other],
                    other,
                )
                for other, theirs, total, parts in alike
            ),
        )
        ones = [self.votes[other][first] for _far, _rank, other in near]
        twos = [self.votes[other][second] for _far, _rank, other in near]
        mean = (sum(ones) + 1) / (sum(ones) + sum(twos) + 2)
        spread = [
            ((one + 0.5) / (one + two + 1) - mean) ** 2
            for one, two in zip(ones, twos, strict=True)
        ]
        return mean, sum(spread) / len(spread)


class _Past:
    """Split of two lists in the same station before, moved as the town moved."""

    def __init__(self, stations, past):
        self.now = stations
        self.past = {key: votes for key, votes in past.items() if key in stations}
        self.cache = {}

    def expected(self, key, first, second):
        """(q, variance), or None where the past does not know these two lists."""
        before = _split(self.past.get(key, {}), first, second)
        if before is None:
            return None
        move, variance = self._moves(first, second)
        if move is None:
            return None
        return min(max(before + move, 0.01), 0.99), variance

    def _moves(self, first, second):
        pair = (first, second)
        if pair not in self.cache:
            moves = sorted(
                now - before
                for key, votes in self.past.items()
                if (before := _split(votes, first, second)) is not None
                and (now := _split(self.now[key], first, second)) is not None
            )
            middle = _median(moves) if len(moves) >= FEW else None
            spread = 0.0
            if middle is not None:
                spread = 1.4826 * _median(sorted(abs(x - middle) for x in moves))
            self.cache[pair] = (middle, spread**2)
        return self.cache[pair]


def _split(votes, first, second):
    both = votes.get(first, 0) + votes.get(second, 0)
    known = first in votes and second in votes
    return votes[first] / both if known and both >= 15 else None


def _median(ordered):
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def _likeliest(key, field, moves):
    if key not in field.shares:
        return None
    votes = field.votes[key]
    alike, best = None, None
    for first, second in combinations(field.lists, 2):
        both = votes[first] + votes[second]
        # an inversion within three standard deviations of a draw cannot be told
        if both < 15 or (votes[first] - votes[second]) ** 2 < 9 * both:
            continue
        before = moves.expected(key, first, second)
        if not _may_be_inverted(votes, first, second, field, before):
            continue
        if alike is None:
            alike = field.alike(key)
        around = field.expected(key, first, second, alike)
        views = [view for view in (around, before) if view]
        if not views:
            continue
        evidence, mean = _evidence(votes[first] / both, both, views)
        if best is None or evidence > best.evidence:
            best = Suspicion(first, second, evidence, mean)
    return best


def _may_be_inverted(votes, first, second, field, before):
    """Whether the other order is known somewhere, else the evidence cannot be above 0.

    What is expected is a mean of both views: on the side of what was typed when they
    both are, and neighbours are when no station at all has the other order.
    """
    ahead, behind = first, second
    if votes[first] < votes[second]:
        ahead, behind = second, first
    if field.is_ahead_somewhere(behind, ahead):
        return True
    return bool(before) and (before[0] < 0.5) == (ahead == first)


def _evidence(share, ballots, views):
    """Weigh the views by their precision, then compare both readings."""
    weights, means = [], []
    for mean, variance in views:
        weights.append(1 / (variance + mean * (1 - mean) / ballots + 0.0004))
        means.append(mean)
    mean = sum(w * m for w, m in zip(weights, means, strict=True)) / sum(weights)
    sd = 1 / sqrt(sum(weights))
    return (abs(share - mean) - abs(1 - share - mean)) / sd, mean
