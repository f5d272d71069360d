"""Seats of a commune of French Polynesia made of associated communes (L438).

Each list has one section for each associated commune, and the haut-commissaire's order
says how many seats each section has. The first list of the whole commune takes half of
the seats, spread over the sections by their population; the other seats of a section are
shared by the highest average of the votes cast there, between the lists that reach 5 % in
the whole commune.

The sizes of the sections and the spread of the prime are in the text of L438. That the
other seats follow the votes of their own section is how it is read here: whoever shows
the share asks for it to be confirmed. Pure law, whole numbers and fractions only.

>>> section_sizes({"North": 4000, "South": 1500, "Islet": 120}, 29)
{'North': 21, 'South': 7, 'Islet': 1}
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from .seat_allocation import (
    Age,
    Allocation,
    SeatError,
    TieError,
    admitted_lists,
    decides,
    highest_averages,
    opening,
    prime_of,
    undecided,
)

Key = Hashable
BySection = Mapping[Key, int]


class PrimeError(SeatError):
    """The sections have no room for the whole prime: no text says what to do."""


@dataclass(frozen=True)
class AssociatedShare:
    """Seats section by section.

    :ivar whole: the share of the commune; its steps name their section
    :ivar prime: section -> seats of the prime there
    :ivar seats: list -> section -> seats with a name; {} where the round gives none
    """

    whole: Allocation
    prime: dict[Key, int] = field(default_factory=dict)
    seats: dict[Key, dict[Key, int]] = field(default_factory=dict)


def section_sizes(populations: BySection, seats: int) -> dict[Key, int]:
    """Seats of each section: by population, at the highest average, at least one.

    A proposal: the haut-commissaire's order decides.

    :raise SeatError: fewer seats than sections
    :raise TieError: equal populations for the last seat
    Source: Code électoral, L260 as L438, 2° writes it.
    """
    if seats < len(populations):
        raise SeatError(f"{seats} seats for {len(populations)} sections")
    return _by_population(populations, seats, dict.fromkeys(populations, 1))


def spread_prime(sizes: BySection, populations: BySection, prime: int):
    """Section -> seats of the prime.

    Sections of one seat get none, those of two seats get one, the rest goes to the others
    by population, at the highest average. None gets more than it has.

    :raise PrimeError: no room for all of it
    Source: Code électoral, L262 as L438, 4° writes it.

    >>> spread_prime({"A": 10, "B": 3, "C": 2, "D": 1}, {"A": 70, "B": 20, "C": 9}, 8)
    {'A': 6, 'B': 1, 'C': 1, 'D': 0}
    """
    start = {key: int(size == 2) for key, size in sizes.items()}
    larger = {key: size for key, size in sizes.items() if size > 2}
    rest = prime - sum(start.values())
    if rest < 0 or rest > sum(larger.values()):
        raise PrimeError(f"{prime} seats do not fit into {dict(sizes)}")
    people = {key: populations.get(key, 0) for key in larger}
    return start | _by_population(people, rest, dict.fromkeys(larger, 0), larger)


def allocate_associated(
    votes: Mapping[Key, BySection],
    sizes: BySection,
    populations: BySection,
    *,
    round: int | None = None,
    exprimes: int | None = None,
    mean_ages: Mapping[Key, Age] | None = None,
    candidate_ages: Mapping[Key, Mapping[Key, Sequence[Age]]] | None = None,
    candidates: Mapping[Key, BySection] | None = None,
) -> AssociatedShare:
    """Share the seats of the sections between the lists.

    :param votes: list -> section -> votes
    :param sizes: section -> seats to fill there (``section_sizes`` proposes them)
    :param populations: section -> municipal population
    :param candidate_ages: list -> section -> ages of its candidates there, in order
    :param candidates: list -> section -> number of names there
    Other arguments and errors as in ``seat_allocation.allocate``; a ``TieError`` then
    names its section. Source: Code électoral, L438.
    """
    totals = {key: sum(cells.values()) for key, cells in votes.items()}
    base = opening(totals, sum(sizes.values()), "polynesie", round, exprimes)
    if not decides(base):
        return AssociatedShare(undecided(base))
    prime, first, rule = prime_of(base, mean_ages or {})
    spread = spread_prime(sizes, populations, prime)
    admitted = admitted_lists(base, base["seat_total"] - prime)
    steps = []
    for section, size in sizes.items():
        there = {key: cells.get(section, 0) for key, cells in votes.items()}
        ages = {
            key: found[section]
            for key, found in (candidate_ages or {}).items()
            if section in found
        }
        bonus = {first: spread[section]}
        left = size - spread[section]
        steps += _section_steps(section, there, admitted, left, bonus, ages, len(steps))
    won = {key: dict.fromkeys(sizes, 0) for key in votes}
    for section, count in spread.items():
        won[first][section] += count
    for step in steps:
        won[step.winner][step.section] += 1
    seats, vacant = _with_names(won, candidates or {})
    whole = Allocation(
        **base,
        decided=True,
        seats={key: sum(cells.values()) for key, cells in seats.items()},
        prime=prime,
        prime_list=first,
        prime_rule=rule,
        admitted=admitted,
        steps=tuple(steps),
        vacant=vacant,
    )
    return AssociatedShare(whole, spread, seats)


def _section_steps(section, votes, admitted, left, bonus, ages, before):
    """The seats of one section, numbered after those given ``before``."""
    try:
        found = highest_averages(votes, admitted, left, bonus, "oldest_candidate", ages)
    except TieError as tie:
        tie.section = section
        raise
    return [
        replace(step, number=before + step.number, section=section) for step in found
    ]


def _with_names(won, candidates):
    """(list -> section -> seats that find a name, list -> seats that stay vacant)."""
    seats = {
        key: {
            section: min(count, candidates.get(key, {}).get(section, count))
            for section, count in cells.items()
        }
        for key, cells in won.items()
    }
    gaps = {
        key: sum(cells.values()) - sum(seats[key].values())
        for key, cells in won.items()
    }
    return seats, {key: gap for key, gap in gaps.items() if gap}


def _by_population(populations, seats, start, limits=None):
    """Seats by the highest average of the populations, from ``start`` on.

    :param limits: section -> most seats that it may have
    :raise TieError: equal averages and populations for the last seats
    """
    won = dict(start)
    for left in range(seats - sum(start.values()), 0, -1):
        averages = {
            key: (Fraction(people, won[key] + 1), people)
            for key, people in populations.items()
            if limits is None or won[key] < limits[key]
        }
        first = [key for key in averages if averages[key] == max(averages.values())]
        if len(first) > left:
            raise TieError(first, "population", "", left)
        won[first[0]] += 1
    return won
