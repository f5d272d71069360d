"""Who is in the room at each item: arrivals, departures, déports, quorum and voters."""

from collections.abc import Hashable, Iterable
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

    :ivar present: people in the room, in the order of the members
    :ivar aside: those of them who take no part in this item
    :ivar voters: present members who vote on it
    :ivar represented: giver -> holder, pouvoirs that count for it
    :ivar attendance: the figures of the quorum
    :ivar reached: the quorum, on the figures above
    """

    present: tuple[Key, ...]
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


def roll_at(
    item: int,
    members: Iterable[Key],
    moves: Iterable[Move],
    *,
    in_office: int,
    pouvoirs: Iterable[Pouvoir] = (),
    deports: Iterable[tuple[Key, str]] = (),
    second_call: bool = False,
    local_law: bool = False,
) -> Roll:
    """Return the room at an item: who is there, who votes, whether the quorum holds.

    :param in_office: members ``en exercice`` on that day
    :param deports: (member, ground) pairs of this item, grounds of ``GROUNDS``
    A member who stands aside gives no pouvoir for that item and carries none.
    Source: CGCT, L2121-17, L2121-20, L2131-11, L1111-6.
    """
    members = list(members)
    present = present_at(item, moves, members)
    grounds = dict(deports)
    aside = tuple(member for member in present if member in grounds)
    voters = tuple(member for member in present if member not in grounds)
    carried = in_force(
        (pouvoir for pouvoir in pouvoirs if pouvoir.giver not in grounds), present
    )
    represented = {
        giver: holder
        for holder, givers in carried.items()
        if holder in voters
        for giver in givers
    }
    stepping = [member for member in grounds if grounds[member] == CONTRACT]
    attendance = Attendance(
        in_office=in_office - len([m for m in stepping if m not in present]),
        present=len(present),
        barred=len([m for m in aside if grounds[m] != CONTRACT]),
        stepping_aside=len([m for m in stepping if m in present]),
    )
    reached = is_reached(attendance, second_call=second_call, local_law=local_law)
    return Roll(present, aside, voters, represented, attendance, reached)
