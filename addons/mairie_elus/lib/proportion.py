"""Do the groups of the council sit in a committee in proportion? CGCT, L2121-22.

The law imposes proportional representation above 1,000 inhabitants and no method: what
is certain is one seat at least for each tendency. The share by largest remainders is a
yardstick, never a verdict. A tender committee is elected by them, at any size, and a
small group may have no seat there (L1411-5).
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

POPULATION = 1_000


@dataclass(frozen=True)
class Share:
    """One group: its members in the council, its seats, what the yardstick gives.

    ``one_each``: every group has one seat at least.
    """

    group: Hashable
    members: int
    seats: int
    expected: int
    one_each: bool = True

    @property
    def is_missing(self) -> bool:
        """Tell whether the group has no seat at all, where one is due."""
        due = self.members > 0 if self.one_each else self.expected > 0
        return due and self.seats == 0


def is_due(population: int) -> bool:
    """Tell whether committees must be proportional (more than 1,000 inhabitants)."""
    return population > POPULATION


def expected_seats(
    members: Mapping[Hashable, int], seats: int, *, one_each: bool = True
) -> dict[Hashable, int]:
    """Share seats by largest remainders, one at least for each group that can have it.

    :param one_each: False for a tender committee
    :param members: group -> members in the council, all >= 0
    :param seats: seats of the committee, the president's left out
    :return: group -> seats; they add up to ``seats`` when there is a member

    >>> expected_seats({"A": 24, "B": 5, "C": 4}, 8)
    {'A': 6, 'B': 1, 'C': 1}
    """
    total = sum(members.values())
    if not total:
        return dict.fromkeys(members, 0)
    shares = {group: divmod(count * seats, total) for group, count in members.items()}
    result = {group: share[0] for group, share in shares.items()}
    order = sorted(shares, key=lambda group: (-shares[group][1], -members[group]))
    for group in order[: seats - sum(result.values())]:
        result[group] += 1
    if one_each:
        _give_one_each(result, members)
    return result


def _give_one_each(result, members):
    """A tendency without a seat takes one from the best served that keeps one."""
    for group in sorted(result, key=lambda item: -members[item]):
        richest = max(result, key=lambda item: result[item])
        if members[group] and not result[group] and result[richest] > 1:
            result[group] += 1
            result[richest] -= 1


def shares(
    members: Mapping[Hashable, int],
    seated: Mapping[Hashable, int],
    *,
    one_each: bool = True,
) -> list[Share]:
    """Return each group of the council with its seats, the largest group first.

    :param seated: group -> seats that it holds in the committee
    """
    expected = expected_seats(members, sum(seated.values()), one_each=one_each)
    return [
        Share(group, members[group], seated.get(group, 0), expected[group], one_each)
        for group in sorted(members, key=lambda item: -members[item])
    ]
