"""Pouvoirs: a member who cannot come has a colleague vote in his name.

Written, one for each holder, revocable, three meetings in a row at most save illness or
maternity leave. Source: CGCT, L2121-20.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

Key = Hashable
#: Consecutive meetings that one pouvoir may cover.
MAX_MEETINGS = 3
#: Grounds that lift that limit.
LASTING_REASONS = frozenset({"illness", "maternity"})

#: Until when the body's own rules take a pouvoir: no text of law sets it.
UNTIL_VOTE, UNTIL_OPENING = "vote", "opening"


@dataclass(frozen=True)
class Pouvoir:
    """``giver`` lets ``holder`` vote in his place."""

    giver: Key
    holder: Key


def refusal(
    pouvoir: Pouvoir,
    others: Iterable[Pouvoir],
    members: Iterable[Key],
    *,
    meetings_before: int = 0,
    reason: str | None = None,
    limited: bool = True,
) -> str | None:
    """Return why a pouvoir cannot be taken, None when it can.

    :param others: pouvoirs in force for the same meeting, the giver's own left out
    :param members: who sits in this body that day
    :param meetings_before: meetings in a row, just before, that the same giver was
        already represented at
    :param reason: ``"illness"`` or ``"maternity"``, duly noted
    :param limited: False where no text limits the number of meetings (CCAS)
    :return: ``"self"``, ``"giver_unknown"``, ``"holder_unknown"``, ``"holder_taken"``
        (already carries one), ``"holder_gave"`` (gave his own), ``"giver_holds"``
        (carries one himself) or ``"too_long"``
    """
    members, others = set(members), list(others)
    if pouvoir.giver == pouvoir.holder:
        return "self"
    if pouvoir.giver not in members:
        return "giver_unknown"
    if pouvoir.holder not in members:
        return "holder_unknown"
    if any(other.holder == pouvoir.holder for other in others):
        return "holder_taken"
    if any(other.giver == pouvoir.holder for other in others):
        return "holder_gave"
    if any(other.holder == pouvoir.giver for other in others):
        return "giver_holds"
    too_long = limited and meetings_before >= MAX_MEETINGS
    return "too_long" if too_long and reason not in LASTING_REASONS else None


def is_late(
    received: datetime,
    start: datetime,
    opened: datetime | None,
    *,
    until: str = UNTIL_VOTE,
    hours: int = 0,
    leaves: bool = False,
) -> bool:
    """Tell whether a pouvoir comes too late by the body's own rules.

    :param start: hour of the notice
    :param opened: when the meeting was opened, None before
    :param until: ``UNTIL_VOTE`` (any time) or ``UNTIL_OPENING``
    :param hours: hours before the hour of the notice, with ``UNTIL_OPENING``
    :param leaves: the giver was there and leaves, which these rules allow for
    Source: none; L2121-20 sets no time, internal rules may.

    >>> start = datetime(2026, 12, 17, 19)
    >>> is_late(datetime(2026, 12, 17, 8), start, None, until="opening", hours=24)
    True
    """
    if until == UNTIL_VOTE or leaves:
        return False
    if hours and received > start - timedelta(hours=hours):
        return True
    return opened is not None and received >= opened


def free_holders(
    giver: Key, others: Sequence[Pouvoir], members: Iterable[Key]
) -> dict[Key, str | None]:
    """Return member -> why he cannot carry the giver's pouvoir, None when he can."""
    return {
        member: refusal(Pouvoir(giver, member), others, (giver, member))
        for member in members
        if member != giver
    }


def in_force(
    pouvoirs: Iterable[Pouvoir], present: Iterable[Key]
) -> dict[Key, tuple[Key, ...]]:
    """Return holder -> givers whose vote he casts now.

    A pouvoir sleeps while its giver is in the room, and its vote is lost while its
    holder is out.

    >>> in_force([Pouvoir("A", "B"), Pouvoir("C", "D")], present={"B", "C", "D"})
    {'B': ('A',)}
    """
    present = set(present)
    votes: Mapping[Key, list[Key]] = {}
    for pouvoir in pouvoirs:
        if pouvoir.holder in present and pouvoir.giver not in present:
            votes.setdefault(pouvoir.holder, []).append(pouvoir.giver)
    return {holder: tuple(givers) for holder, givers in votes.items()}
