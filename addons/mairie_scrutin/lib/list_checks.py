"""What a list must look like: its size, its order of women and men, its fléchage.

Pure law: a finding is a code with figures; whoever shows it makes the sentence. They are
warnings: the préfecture receives the lists and decides.

======  =====================================================================
L01     fewer names than the law asks (L260, L252)
L02     more names than the law allows: two above the seats (L260)
L03     two people of the same sex follow each other (L264)
L04     the sex of somebody is not known: the order cannot be checked
L05     ranks with a hole, or twice the same
C01     community list: not seats + 1 (under five seats) or + 2 (L273-9)
C02     community list: not in the order of the council's list (L273-9, 2°)
C03     community list: two people of the same sex follow each other (3°)
C04     community list: its first quarter is not the head of the council's list (4°)
C05     community list: somebody beyond the first three fifths (5°)
C06     community list: should repeat the council's order, as it is short (II)
======  =====================================================================
"""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """One remark on a list: ``code``, and the figures for the sentence."""

    code: str
    params: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Name:
    """A person as written on the list: rank, label, sex, community rank (0: none)."""

    rank: int
    label: str
    sex: str = ""
    community_rank: int = 0


def size_bounds(seats: int, *, small: bool = False) -> tuple[int, int]:
    """Fewest and most names of a list.

    :param small: commune under 1 000 inhabitants: complete with two names fewer
    Source: Code électoral, L260 and L252 (law 2025-444).

    >>> size_bounds(15), size_bounds(15, small=True)
    ((15, 17), (13, 17))
    """
    return max(seats - 2, 1) if small else seats, seats + 2


def community_list_size(seats: int) -> int:
    """Names on the list for ``seats`` community seats (L273-9, I, 1°).

    >>> community_list_size(4), community_list_size(5)
    (5, 7)
    """
    return seats + (1 if seats < 5 else 2)


def check_list(
    names: Sequence[Name],
    seats: int,
    *,
    small: bool = False,
    parity: bool = True,
) -> list[Finding]:
    """Look at the list for the council.

    :param names: in the order of the list
    :param seats: legal number of seats
    """
    found = []
    low, high = size_bounds(seats, small=small)
    if len(names) < low:
        found.append(Finding("L01", {"count": len(names), "expected": low}))
    if len(names) > high:
        found.append(Finding("L02", {"count": len(names), "expected": high}))
    ranks = [name.rank for name in names]
    if ranks != list(range(1, len(names) + 1)):
        found.append(Finding("L05", {"ranks": ranks}))
    if parity:
        found += _alternation(names, "L03", "L04")
    return found


def check_community_list(
    names: Sequence[Name], seats: int, community_seats: int
) -> list[Finding]:
    """Look at the community list of a council's list (L273-9).

    :param names: the council's list, in its order, with the community ranks
    """
    listed = sorted(
        (name for name in names if name.community_rank),
        key=lambda name: name.community_rank,
    )
    expected = community_list_size(community_seats)
    found = []
    if len(listed) != expected:
        found.append(Finding("C01", {"count": len(listed), "expected": expected}))
    if 5 * expected > 3 * seats:
        head = [name.rank for name in names[: len(listed)]]
        if [name.rank for name in listed] != head:
            found.append(Finding("C06", {"expected": expected, "seats": seats}))
        return found
    for before, after in zip(listed, listed[1:], strict=False):
        if after.rank < before.rank:
            found.append(Finding("C02", {"first": before.label, "then": after.label}))
            break
    found += _alternation(listed, "C03", None)
    quarter = len(listed) // 4
    head = [name.rank for name in names[:quarter]]
    if [name.rank for name in listed[:quarter]] != head:
        found.append(Finding("C04", {"count": quarter}))
    limit = len(names) * 3 // 5
    beyond = [name.label for name in listed if name.rank > limit]
    if beyond:
        found.append(Finding("C05", {"limit": limit, "names": beyond}))
    return found


def _alternation(names, code, unknown_code):
    unknown = [name.label for name in names if not name.sex]
    if unknown:
        return [Finding(unknown_code, {"names": unknown})] if unknown_code else []
    for before, after in zip(names, names[1:], strict=False):
        if before.sex == after.sex:
            return [Finding(code, {"first": before.label, "then": after.label})]
    return []
