"""Quorum: how many members must be present for the body to deliberate."""

from dataclasses import dataclass


def quorum(in_office: int) -> int:
    """Return the number of members who must be present: more than half.

    :param in_office: members ``en exercice``, hence without the vacant seats
    Source: CGCT, L2121-17 (and CASF R123-17, L5211-1 for other bodies).

    >>> quorum(33), quorum(18), quorum(8)
    (17, 10, 5)
    """
    if in_office < 0:
        raise ValueError("in_office must be zero or more")
    return in_office // 2 + 1


@dataclass(frozen=True)
class Attendance:
    """Who counts when an item is put to discussion.

    ``present`` counts people in the room, never a pouvoir. ``barred`` are those among
    them who may not take part in this vote (personal interest, the mayor for his own
    accounts). ``stepping_aside`` are the commune's unpaid representatives whom
    L1111-6 II keeps out: they leave the number of members in office as well.
    ``interested`` are those whose own interest is at stake, in the room or not.
    """

    in_office: int
    present: int
    barred: int = 0
    stepping_aside: int = 0
    interested: int = 0

    @property
    def needed(self) -> int:
        """Members needed for this item."""
        return quorum(self.in_office - self.stepping_aside)

    @property
    def counted(self) -> int:
        """Members who count as present for this item."""
        return self.present - self.barred - self.stepping_aside

    @property
    def margin(self) -> int:
        """Members who may still leave (0: not one more), negative when short."""
        return self.counted - self.needed


def is_reached(
    attendance: Attendance, *, second_call: bool = False, local_law: bool = False
) -> bool:
    """Tell whether the body may deliberate on this item.

    :param second_call: regular second notice after a meeting without quorum
    :param local_law: Alsace-Moselle, where no quorum is asked either when half or
        more of the councillors are personally interested (L2541-4)
    Source: CGCT, L2121-17, L2131-11, L1111-6, L2541-4.
    """
    if second_call:
        return True
    if local_law and 2 * attendance.interested >= attendance.in_office:
        return True
    return attendance.margin >= 0
