"""Who is in the room at each item: arrivals, departures, déports, quorum and voters."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from .pouvoir import Pouvoir, in_force
from .quorum import Attendance, is_reached

Key = Hashable
#: Why a member does not take part in an item: personal interest (L2131-11), the commune's
#: unpaid representative when a contract is awarded to his body (L1111-6, II), or barred
#: by the law (the mayor for his own accounts, L2121-14).
PERSONAL, CONTRACT, BARRED = "personal", "contract", "barred"
GROUNDS = (PERSONAL, CONTRACT, BARRED)


@dataclass(frozen=True)
class Move:
    """``member`` comes in or goes out while item ``item`` is on (0: at the opening)."""

    member: Key
    item: int
    enters: bool


@dataclass(frozen=True)
class Roll:
    """The room at one item.

    :ivar present: members in the room, in their order; a substitute who sits is one
    :ivar spare: substitutes in the room who sit for nobody
    :ivar aside: those of them who take no part in this item
    :ivar voters: present members who vote on it
    :ivar represented: giver -> holder, pouvoirs that count for it
    :ivar attendance: the figures of the quorum
    :ivar reached: the quorum, on the figures above
    """

    present: tuple[Key, ...]
    spare: tuple[Key, ...]
    aside: tuple[Key, ...]
    voters: tuple[Key, ...]
    represented: dict[Key, Key]
    attendance: Attendance
    reached: bool

    @property
    def vote_count(self) -> int:
        """Votes that the item may count, pouvoirs included."""
        return len(self.voters) + len(self.represented)


def present_at(item: int, moves: Iterable[Move], members: Iterable[Key]):
    """Return who is in the room when an item is put to discussion, in members' order.

    Moves are given in the order in which they happened.
    """
    inside = set()
    for move in moves:
        if move.item <= item:
            (inside.add if move.enters else inside.discard)(move.member)
    return tuple(member for member in members if member in inside)


def sitting(
    present: Iterable[Key],
    members: Iterable[Key],
    substitutes: Mapping[Key, Key | None],
) -> dict[Key, Key]:
    """Return substitute -> absent member whose seat he takes.

    A substitute of somebody sits when this one is away; a substitute of anybody (CAO)
    for the first one who is. One too many, or beside his member, sits for nobody.

    :param members: members and substitutes, in their order
    :param substitutes: substitute -> whom he replaces, None for anybody
    Source: CGCT, L1411-5 and L5211-6.

    >>> sitting({"a", "x"}, "abxy", {"x": None, "y": None})
    {'x': 'b'}
    >>> sitting({"a", "x"}, "abxy", {"x": "a", "y": "b"})
    {}
    """
    present, members = set(present), list(members)
    free = [one for one in members if one not in present and one not in substitutes]
    seats = {}
    waiting = [one for one in members if one in substitutes and one in present]
    for one in sorted(waiting, key=lambda one: substitutes[one] is None):
        wanted = substitutes[one]
        seat = next((away for away in free if wanted in (None, away)), None)
        if seat is not None:
            free.remove(seat)
            seats[one] = seat
    return seats


def roll_at(
    item: int,
    members: Iterable[Key],
    moves: Iterable[Move],
    *,
    in_office: int,
    pouvoirs: Iterable[Pouvoir] = (),
    deports: Iterable[tuple[Key, str]] = (),
    substitutes: Mapping[Key, Key | None] | None = None,
    second_call: bool = False,
    local_law: bool = False,
) -> Roll:
    """Return the room at an item: who is there, who votes, whether the quorum holds.

    :param in_office: members ``en exercice`` on that day, substitutes left out
    :param deports: (member, ground) pairs of this item, grounds of ``GROUNDS``
    :param substitutes: as ``sitting`` wants them; the council has none
    A member who stands aside gives no pouvoir for that item and carries none; nor does
    one whose substitute sits.
    Source: CGCT, L2121-17, L2121-20, L2131-11, L1111-6.
    """
    members, substitutes = list(members), substitutes or {}
    inside = present_at(item, moves, members)
    seats = sitting(inside, members, substitutes)
    spare = tuple(one for one in inside if one in substitutes and one not in seats)
    present = tuple(one for one in inside if one not in spare)
    grounds = {
        one: ground for one, ground in deports if one in seats or one not in substitutes
    }
    aside = tuple(member for member in present if member in grounds)
    voters = tuple(member for member in present if member not in grounds)
    carried = in_force(
        (
            pouvoir
            for pouvoir in pouvoirs
            if pouvoir.giver not in grounds and pouvoir.giver not in seats.values()
        ),
        present,
    )
    represented = {
        giver: holder
        for holder, givers in carried.items()
        if holder in voters
        for giver in givers
    }
    return Roll(
        present,
        spare,
        aside,
        voters,
        represented,
        *_count(present, grounds, in_office, second_call, local_law),
    )


def _count(present, grounds, in_office, second_call, local_law):
    """Return the figures of the quorum, and whether it is reached."""
    stepping = [member for member in grounds if grounds[member] == CONTRACT]
    attendance = Attendance(
        in_office=in_office - len([m for m in stepping if m not in present]),
        present=len(present),
        barred=len([m for m in present if grounds.get(m, CONTRACT) != CONTRACT]),
        stepping_aside=len([m for m in stepping if m in present]),
        interested=list(grounds.values()).count(PERSONAL),
    )
    reached = is_reached(attendance, second_call=second_call, local_law=local_law)
    return attendance, reached
