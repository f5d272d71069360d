"""Seats of a list between its sections: the départements of a région.

Pure law, no Odoo, no clock, whole numbers and fractions only.

>>> share_sections({"44": 600, "49": 300, "85": 100}, 5).seats
{'44': 4, '49': 1, '85': 0}
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .seat_allocation import TieError

Key = Hashable
Ages = Mapping[Key, int | Fraction | Sequence[int | Fraction]]
SMALL_DEPARTMENT = 100_000


@dataclass(frozen=True)
class SectionSeat:
    """One seat of a list, in the order in which they are given.

    :ivar average: votes of the section divided by its seats plus one, just before
    :ivar rule: ``"average"``, ``"most_votes"`` or ``"oldest_candidate"``
    :ivar tied: sections with that same average, when more than one
    """

    section: Key
    average: Fraction
    rule: str = "average"
    tied: tuple[Key, ...] = ()


@dataclass(frozen=True)
class SectionShare:
    """Section -> seats of one list, with the steps that gave them."""

    votes: dict[Key, int]
    steps: tuple[SectionSeat, ...]

    @property
    def seats(self):
        won = dict.fromkeys(self.votes, 0)
        for step in self.steps:
            won[step.section] += 1
        return won


@dataclass(frozen=True)
class MovedSeat:
    """A seat of the first list that goes to a section under its minimum."""

    giver: Key
    taker: Key


def share_sections(
    votes: Mapping[Key, int], seats: int, ages: Ages | None = None
) -> SectionShare:
    """Share the seats of a list between its sections départementales.

    In proportion to the votes of the list in each section, then by the highest average:
    both together are the highest average alone. Equal averages for the last seat: the
    section with most votes; same votes too: the section of the older candidate.

    :param votes: section -> votes of the list there, all >= 0
    :param seats: seats won by the list, >= 0
    :param ages: section -> age of its next candidate, or the ages of its candidates in
        their order; only read in a tie
    :raise TieError: a tie that ages decide, which were missing or equal
    Source: Code électoral, L338-1, first paragraph.
    """
    won, steps = dict.fromkeys(votes, 0), []
    for left in range(seats if votes else 0, 0, -1):
        step = _next_seat(votes, won, left, ages or {})
        steps.append(step)
        won[step.section] += 1
    return SectionShare(dict(votes), tuple(steps))


def _next_seat(votes, won, left, ages):
    averages = {key: Fraction(votes[key], won[key] + 1) for key in votes}
    best = max(averages.values())
    tied = [key for key in votes if averages[key] == best]
    most = max(votes[key] for key in tied)
    first = [key for key in tied if votes[key] == most]
    if len(tied) <= left:  # each of them gets one: the order alone is open
        return SectionSeat(first[0], best)
    rule = "most_votes"
    if len(first) > left:
        first, rule = _oldest(first, won, ages, left), "oldest_candidate"
    return SectionSeat(first[0], best, rule, tuple(tied))


def _oldest(keys, won, ages, left):
    """Sections by the age of their next candidate; the ``left`` first are distinct."""
    nexts = {key: _next_age(ages.get(key), won[key]) for key in keys}
    if None in nexts.values():
        raise TieError(keys, "section", "candidate_age", left)
    ranked = sorted(keys, key=lambda key: -nexts[key])
    edge = nexts[ranked[left - 1]]
    if nexts[ranked[left]] == edge:
        tied = [key for key in keys if nexts[key] == edge]
        raise TieError(tied, "section", "candidate_age", left)
    return ranked


def _next_age(ages, taken):
    """Age of the candidate after the ``taken`` first ones; a lone age stands as is."""
    if isinstance(ages, Sequence):
        return ages[taken] if taken < len(ages) else None
    return ages


def least_seats(population):
    """Councillors that a département has at least, whatever their lists (L338-1).

    >>> least_seats(99_999), least_seats(100_000)
    (2, 4)
    """
    return 2 if population < SMALL_DEPARTMENT else 4


def guarantee(
    shares: Mapping[Key, SectionShare], first: Key, least: Mapping[Key, int]
) -> tuple[dict[Key, dict[Key, int]], tuple[MovedSeat, ...]]:
    """Give each section its least number of councillors, all lists together.

    What lacks is taken from the first list of the région: its last seats by highest
    average, except in sections that would fall under their own least number.

    :param shares: list -> its share between the sections
    :param first: the list that came first in the whole région
    :param least: section -> least number of councillors; a section left out has none
    :return: list -> section -> seats, and the seats that moved, in order
    Source: Code électoral, L338-1, third to fifth paragraphs.
    """
    seats = {key: dict(share.seats) for key, share in shares.items()}
    total = {
        section: sum(won[section] for won in seats.values()) for section in seats[first]
    }
    givers = [step.section for step in reversed(shares[first].steps)]
    moved = []
    for taker, needed in least.items():
        while total.get(taker, needed) < needed:
            giver = _next_giver(givers, total, least)
            if giver is None:
                return seats, tuple(moved)
            givers.remove(giver)
            for section, change in ((giver, -1), (taker, 1)):
                seats[first][section] += change
                total[section] += change
            moved.append(MovedSeat(giver, taker))
    return seats, tuple(moved)


def _next_giver(givers, total, least):
    return next((key for key in givers if total[key] > least.get(key, 0)), None)
