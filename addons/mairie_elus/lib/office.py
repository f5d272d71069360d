"""What an election changes in the council: who becomes what, who ceases to be it."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from .tableau import ADJOINT, MAIRE, Seat

COUNCILLOR = "conseiller"
#: From here on a deputy is of the sex of whom he or she succeeds (L2122-7-2).
SAME_SEX_POPULATION = 1_000
#: With fewer members a council elects nobody before it is completed (L2122-8).
FEWEST_MEMBERS = 5
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
    seats: Iterable[Seat],
    elected: Sequence[Hashable],
    function: str,
    *,
    renews: bool,
    rank: int = 0,
) -> list[Change]:
    """Return what changes once the mayor, or deputies, are proclaimed.

    :param seats: the council in office on that day
    :param elected: keys of those elected, deputies in the order of their list
    :param function: ``maire`` or ``adjoint``
    :param renews: True when all the deputies are elected anew (a new mayor, L2122-10);
        False when some join those in office, after them (L2122-7-2)
    :param rank: the one that the council gives to a single deputy, in place of the last
        one (L2122-10); 0 when it gives none. Whoever holds it by now moves down
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
    first, left = 0, []
    if function == ADJOINT:
        kept = {} if renews else _get_deputies(seats, elected)
        first = rank or max(kept.values(), default=0) + 1
        left = _move_down(kept, first)
    taken = [
        Change(key, function, first + place if first else 0)
        for place, key in enumerate(elected)
    ]
    if function == MAIRE or renews:
        left += [
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


def may_succeed(
    sexes: Sequence[str], predecessors: Sequence[str], population: int
) -> bool:
    """Tell whether deputies may fill the seats of those who left.

    :param sexes: those of who is elected; ``predecessors``: of whom they succeed
    Source: CGCT, L2122-7-2: as many women and men as before, from 1,000 inhabitants;
    below, the council chooses freely (Sénat, QE 05045).

    >>> may_succeed(["M"], ["F"], 1_000), may_succeed(["M"], ["F"], 999)
    (False, True)
    """
    return population < SAME_SEX_POPULATION or sorted(sexes) == sorted(predecessors)


def members_missing(in_office: int, complete: int) -> int:
    """Return how many members are to be elected before a mayor or deputies are.

    :param complete: legal number of members, fewer in a small commune (L2121-2-1)
    Source: CGCT, L2122-8.
    """
    return max(complete - in_office, 0)


def may_elect_one_deputy(in_office: int, seats: int) -> bool:
    """Tell whether an incomplete council may elect a single deputy all the same.

    On the mayor's proposal; not once it has lost a third of its legal members, or has
    fewer than five. Source: CGCT, L2122-8.

    >>> may_elect_one_deputy(11, 15), may_elect_one_deputy(10, 15)
    (True, False)
    """
    return in_office >= FEWEST_MEMBERS and 3 * (seats - in_office) < seats


def _get_deputies(seats, elected):
    """Return key -> rank of the deputies in office, whoever is elected left out."""
    return {
        key: seat.function_rank
        for key, seat in seats.items()
        if seat.function == ADJOINT and key not in elected
    }


def _move_down(deputies, rank):
    """Make room at a rank that somebody holds: those from there on follow."""
    if rank not in deputies.values():
        return []
    return [
        Change(key, ADJOINT, held + 1) for key, held in deputies.items() if held >= rank
    ]


def _holds(seat, change):
    rank = seat.function_rank if seat.function == ADJOINT else 0
    return (seat.function, rank) == (change.function, change.rank)
