"""What an election changes in the council: who becomes what, who ceases to be it."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from .tableau import ADJOINT, MAIRE, Seat

COUNCILLOR = "conseiller"
#: Below, a council may be complete with fewer members than the law gives it (L2121-2-1).
COMPLETE_POPULATION = 1_000
#: From here on, deputies for the districts come on top of the others (L2122-2-1).
DISTRICT_POPULATION = 80_000


@dataclass(frozen=True)
class Change:
    """``key`` holds ``function`` from now on; ``rank`` among the deputies, else 0."""

    key: Hashable
    function: str
    rank: int = 0


def changes(
    seats: Iterable[Seat], elected: Sequence[Hashable], function: str, *, renews: bool
) -> list[Change]:
    """Return what changes once the mayor, or deputies, are proclaimed.

    :param seats: the council in office on that day
    :param elected: keys of those elected, deputies in the order of their list
    :param function: ``maire`` or ``adjoint``
    :param renews: True when all the deputies are elected anew (a new mayor, L2122-10);
        False when some join those in office, after them (L2122-7-2)
    A former mayor, or deputy, goes on as a councillor. Nothing is said of whoever
    holds the function and the rank already.

    >>> council = [Seat("A", "maire"), Seat("B", "adjoint", 1), Seat("C", "conseiller")]
    >>> changes(council, ["C"], "maire", renews=True)
    [Change(key='C', function='maire', rank=0), Change(key='A', function='conseiller', rank=0)]
    >>> changes(council, ["C"], "adjoint", renews=False)
    [Change(key='C', function='adjoint', rank=2)]
    """
    if function not in (MAIRE, ADJOINT):
        raise ValueError("A mayor or deputies are elected in the council")
    seats = {seat.key: seat for seat in seats}
    first = _first_rank(seats.values(), elected, renews) if function == ADJOINT else 0
    taken = [
        Change(key, function, first + place if first else 0)
        for place, key in enumerate(elected)
    ]
    left = []
    if function == MAIRE or renews:
        left = [
            Change(key, COUNCILLOR)
            for key, seat in seats.items()
            if seat.function == function and key not in elected
        ]
    return [
        change
        for change in (*taken, *left)
        if change.key in seats and not _holds(seats[change.key], change)
    ]


def deputies_allowed(seats: int, elected: int, population: int) -> int:
    """Return how many deputies the council may have: 30 % of it, rounded down.

    :param seats: legal number of members
    :param elected: members in office; they count where the council is complete with less
    Source: CGCT, L2122-2, L2122-2-1 (10 % more from 80,000 inhabitants) and L2121-2-1.

    >>> deputies_allowed(33, 31, 18_000), deputies_allowed(11, 9, 400)
    (9, 2)
    """
    size = min(seats, elected) if population < COMPLETE_POPULATION else seats
    districts = size // 10 if population >= DISTRICT_POPULATION else 0
    return size * 3 // 10 + districts


def _first_rank(seats, elected, renews):
    """Return the rank of the first of the list: 1, or the one after those in office."""
    kept = [
        seat.function_rank
        for seat in seats
        if seat.function == ADJOINT and seat.key not in elected
    ]
    return 1 if renews else max(kept, default=0) + 1


def _holds(seat, change):
    rank = seat.function_rank if seat.function == ADJOINT else 0
    return (seat.function, rank) == (change.function, change.rank)
