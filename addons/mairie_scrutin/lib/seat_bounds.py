"""Seats won for sure, and seats still in play, while stations are missing.

Votes counted so far never go away; the missing stations may still give up to
``remaining`` votes, shared in any way between the lists, or none at all. For each list:
the fewest and the most seats over all those ends. Whole numbers only; no guess.

*Most*: every remaining vote for that list (one more vote for it never takes a seat from
it). *Fewest*: no vote for it, and the cheapest way for the others to take its seats, by
dynamic programming: the ``s``-th seat of the list is lost when the others hold enough
averages above ``votes / s``. The threshold moves with the votes: each bar that matters is
tried. Ties by ages, unknown on the night, go against the list (fewest) or for it (most).

In a round that decides, both bounds are reached: exact (brute force in
``tests/lib/test_seat_bounds.py``). In a first round, where seats are given only with an
absolute majority, they hold "if this round decides", and may be a little wide: the
majority narrows who may take the prime, not the shares. A bound that held goes on
holding as stations come in.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from .seat_allocation import REGIMES, Regime

Key = Hashable
SURE, POSSIBLE, NO = "sure", "possible", "no"


@dataclass(frozen=True)
class SeatRange:
    """Seats of one list: ``sure`` whatever comes, ``possible`` at most."""

    sure: int
    possible: int

    @property
    def in_play(self):
        return self.possible - self.sure


@dataclass(frozen=True)
class SeatBounds:
    """What the counted votes already decide.

    :ivar ranges: list -> SeatRange, in the order of the votes; empty if no list can have
        a seat in this round (nobody can reach the majority)
    :ivar majority: list -> "sure", "possible" or "no": absolute majority of this round
    :ivar decides: does this round give the seats? "sure", "possible" or "no"
    """

    remaining: int
    ranges: dict[Key, SeatRange]
    majority: dict[Key, str]
    decides: str


def remaining_votes(stations: Iterable[tuple[int, int | None]], cap=None) -> int:
    """Most votes that missing stations may still hold.

    :param stations: (inscrits, votants at the closing, or None where not known) of each
        missing station
    :param cap: highest turnout thought possible, a Fraction; None: every registered voter

    >>> remaining_votes([(900, None), (800, 412)], Fraction(3, 4))
    1087
    """
    total = 0
    for inscrits, votants in stations:
        if votants is not None:
            total += votants
        elif cap is None:
            total += inscrits
        else:
            total += -(-inscrits * cap.numerator // cap.denominator)
    return total


def seat_bounds(
    votes: Mapping[Key, int],
    seats: int,
    remaining: int,
    regime: str = "l262",
    *,
    round: int | None = None,
    exprimes: int | None = None,
) -> SeatBounds:
    """Bounds of the seats of each list; arguments as in ``allocate``.

    :param remaining: most votes still to come, >= 0 (``remaining_votes``)
    :param round: 1: seats only with an absolute majority; None or 2: this round decides
    Source: Code électoral, L262, L272-4-1, L224-5, L338, L435, L438.
    """
    if regime not in REGIMES:
        raise ValueError(f"Unknown regime {regime!r}; known: {', '.join(REGIMES)}")
    if remaining < 0 or any(value < 0 for value in votes.values()):
        raise ValueError("Votes and remaining votes are 0 or more")
    rules = REGIMES[regime]
    counted = sum(votes.values()) if exprimes is None else exprimes
    asks_majority = rules.two_rounds and round == 1
    majority = {
        key: _majority(value, counted, remaining) for key, value in votes.items()
    }
    holders = [key for key in votes if not asks_majority or majority[key] != NO]
    decides = SURE
    if asks_majority:
        reached = SURE in majority.values()
        decides = SURE if reached else POSSIBLE if holders else NO
    if decides == NO or not votes or not counted + remaining:
        return SeatBounds(remaining, {}, majority, decides)
    search = _Search(rules, dict(votes), seats, counted, remaining, holders)
    ranges = {key: SeatRange(search.fewest(key), search.most(key)) for key in votes}
    return SeatBounds(remaining, ranges, majority, decides)


def _majority(votes, counted, remaining):
    if 2 * votes > counted + remaining:
        return SURE
    return POSSIBLE if 2 * (votes + remaining) > counted + remaining else NO


@dataclass
class _Search:
    rules: Regime
    votes: dict[Key, int]
    seats: int
    counted: int
    remaining: int
    holders: list[Key]

    def __post_init__(self):
        self.prime = self.rules.prime(self.seats) if self.rules.prime else 0
        self.left = self.seats - self.prime

    def bar(self, extra):
        """Fewest votes admitted once ``extra`` votes came."""
        share = self.rules.threshold
        return -(-(self.counted + extra) * share.numerator // share.denominator)

    # Most seats: every remaining vote for that list.

    def most(self, key):
        mine, bar = self.votes[key] + self.remaining, self.bar(self.remaining)
        first = key in self.holders and mine >= max(self.votes.values())
        prime = self.prime if first else 0
        if mine < bar or not mine:
            return prime
        others = [v for k, v in self.votes.items() if k != key and v >= bar]
        for won in range(self.left, 0, -1):
            ahead = sum(_averages_above(other, mine, won) for other in others)
            if ahead <= self.left - won:
                return prime + won
        return prime

    # Fewest seats: no vote for it, the others take what they can.

    def fewest(self, key):
        ends = []
        if key in self.holders and self.votes[key] >= self._best_of_others(key):
            ends.append(self.prime + self._fewest_shared(key, cap=self.votes[key]))
        for first in self.holders:
            missing = max(self.votes[key] - self.votes[first], 0)
            if first != key and missing <= self.remaining:
                ends.append(self._fewest_shared(key, first=first))
        return min(ends) if ends else self._fewest_shared(key)

    def _best_of_others(self, key):
        return max((v for k, v in self.votes.items() if k != key), default=0)

    def _fewest_shared(self, key, **terms):
        """Fewest seats by highest average, the prime left out."""
        low, high = 0, self.left  # held to `high` for sure, to `low - 1` never
        while low < high:
            middle = (low + high) // 2
            if self._holds_to(key, middle, **terms):
                high = middle
            else:
                low = middle + 1
        return low

    def _holds_to(self, key, kept, first=None, cap=None):
        """Can the others hold ``key`` to ``kept`` seats by highest average?

        :param first: a list that must end with as many votes as ``key`` (the prime)
        :param cap: votes that no other list may pass (``key`` keeps the prime)
        """
        mine = self.votes[key]
        room = self.remaining
        if cap is not None:
            room = min(room, sum(cap - v for k, v in self.votes.items() if k != key))
        if not mine or self.bar(room) > mine:
            return True  # under the threshold
        # a list that already leads by the first place asks for nothing more
        floor = mine if first is not None else 0
        for bar in self._bars(key):
            share = self.rules.threshold
            allowed = bar * share.denominator // share.numerator - self.counted
            allowed = min(room, allowed)
            if allowed < 0:
                continue
            cost = self._cheapest(key, kept + 1, bar, first, floor, cap, allowed)
            if cost is not None and cost <= allowed:
                return True
        return False

    def _bars(self, key):
        """Thresholds worth a try: just before a list falls out, and the last ones."""
        low, high = self.bar(0), self.bar(self.remaining)
        share = self.rules.threshold
        last = (self.counted + self.remaining) * share.numerator // share.denominator
        found = {low, high, last}
        found.update(v for k, v in self.votes.items() if k != key)
        return sorted(bar for bar in found if low <= bar <= high)

    def _cheapest(self, key, place, bar, first, floor, cap, allowed):
        """Fewest votes with which the others hold enough averages, or None.

        They need ``left - place + 1`` averages above that of ``key`` at its
        ``place``-th seat.
        """
        wanted = self.left - place + 1
        if wanted <= 0:
            return 0 if first is None else max(floor - self.votes[first], 0)
        mine, best = self.votes[key], [0] + [None] * wanted
        for other, votes in self.votes.items():
            if other == key:
                continue
            least = floor if other == first else 0
            costs = _costs(votes, mine, place, wanted, bar, least, cap, allowed)
            best = _joined(best, costs, wanted, allowed)
        return best[wanted]


def _needed(mine, place, count):
    """Fewest votes whose ``count``-th average passes ``mine / place``.

    An equal average wins with more votes; with equal votes ages decide, against us.
    """
    whole, rest = divmod(count * mine, place)
    return whole if not rest and count >= place else whole + 1


def _averages_above(other, mine, place):
    """How many averages of ``other`` surely pass ``mine / place``."""
    whole, rest = divmod(other * place, mine)
    if not rest and whole and other <= mine:
        return whole - 1
    return whole


def _costs(votes, mine, place, wanted, bar, least, cap, allowed):
    """[(averages above, votes to add)] of one list, cheapest first."""
    start = max(least - votes, 0)
    costs = []
    if cap is None or votes + start <= cap:
        costs.append((0, start))
    for count in range(1, wanted + 1):
        end = max(votes, bar, least, _needed(mine, place, count))
        if (cap is not None and end > cap) or end - votes > allowed:
            break
        if costs and costs[-1][1] == end - votes:
            costs[-1] = (count, end - votes)  # more for the same price
        else:
            costs.append((count, end - votes))
    return costs


def _joined(best, costs, wanted, allowed):
    """Cheapest way to each number of averages, one list more."""
    joined = [None] * (wanted + 1)
    for have, price in enumerate(best):
        if price is None:
            continue
        for count, more in costs:
            total = price + more
            if total > allowed:
                break
            reach = min(have + count, wanted)
            if joined[reach] is None or total < joined[reach]:
                joined[reach] = total
    return joined
