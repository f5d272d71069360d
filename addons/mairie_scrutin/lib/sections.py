"""Seats of one list between its sections: régions, and associated communes.

Pure law, no Odoo, no clock.
"""

from collections.abc import Hashable, Mapping
from fractions import Fraction

from .seat_allocation import TieError

Key = Hashable


def section_seats(
    votes: Mapping[Key, int],
    seats: int,
    ages: Mapping[Key, int | Fraction] | None = None,
) -> dict[Key, int]:
    """Share the seats of a list between its sections départementales.

    In proportion to the votes of the list in each section, then by the highest average:
    both together are the highest average alone. Equal averages: the section with most
    votes; same votes too: the section of the older candidate.

    :param votes: section -> votes of the list there, all >= 0
    :param seats: seats won by the list, >= 0
    :param ages: section -> age of its next candidate, only read in a tie
    :raise TieError: a tie that ages decide, which were missing or equal
    Source: Code électoral, L338-1 (its last minimum by département is left out: it
    names figures of each région).

    >>> section_seats({"44": 600, "49": 300, "85": 100}, 5)
    {'44': 4, '49': 1, '85': 0}
    """
    won = dict.fromkeys(votes, 0)
    for left in range(seats, 0, -1):
        rank = {key: (Fraction(votes[key], won[key] + 1), votes[key]) for key in votes}
        first = [key for key in votes if rank[key] == max(rank.values())]
        if len(first) > 1 and len(first) > left:
            first = _oldest(first, ages or {})
        won[first[0]] += 1
    return won


def _oldest(keys, ages):
    if any(key not in ages for key in keys):
        raise TieError(keys, "last_seat", "candidate_age")
    best = max(ages[key] for key in keys)
    first = [key for key in keys if ages[key] == best]
    if len(first) > 1:
        raise TieError(first, "last_seat", "candidate_age")
    return first
