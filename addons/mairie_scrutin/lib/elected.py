"""From seats to people: who is elected, in the order of the lists.

Pure law, no Odoo, no clock.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

Key = Hashable


@dataclass(frozen=True)
class Candidate:
    """A person of a list.

    :ivar sex: ``"F"``, ``"M"`` or ``""`` where not known
    :ivar community_rank: rank on the community list, 0 for whoever is not on it
    """

    key: Key
    sex: str = ""
    community_rank: int = 0


@dataclass(frozen=True)
class CommunitySeat:
    """One community seat of a list.

    :ivar key: who takes it, None when nobody can
    :ivar rule: ``"list"`` (order of the community list), ``"same_sex"`` (instead of
        ``replaces``, not elected to the council) or ``"vacant"``
    """

    key: Key | None
    rule: str
    replaces: Key | None = None


def council_members(people: Sequence[Candidate], seats: int) -> tuple[Key, ...]:
    """The first ``seats`` people of a list, in its order; fewer where names run out.

    Source: Code électoral, L262 (and L338, L366: the order of the list).
    """
    return tuple(person.key for person in people[:seats])


def community_members(
    people: Sequence[Candidate], council_seats: int, community_seats: int
) -> tuple[CommunitySeat, ...]:
    """Who takes the community seats of one list.

    The order of the community list; a seat that falls on somebody who is not elected
    to the council goes to the first elected person of the same sex on the council's
    list who has no community seat.

    :param people: the list for the council, in its order
    :param council_seats: seats of the list on the council
    Source: Code électoral, L273-8.

    >>> list_ = [Candidate("a", "F", 1), Candidate("b", "M"), Candidate("c", "F", 2)]
    >>> [seat.key for seat in community_members(list_, 2, 2)]
    ['a', None]
    """
    council = {*council_members(people, council_seats)}
    fleches = sorted(
        (person for person in people if person.community_rank),
        key=lambda person: person.community_rank,
    )
    direct = {person.key for person in fleches[:community_seats]} & council
    taken = set(direct)
    seats = []
    for person in fleches[:community_seats]:
        if person.key in council:
            seats.append(CommunitySeat(person.key, "list"))
            continue
        other = next(
            (
                one.key
                for one in people
                if one.key in council and one.sex == person.sex and one.key not in taken
            ),
            None,
        )
        taken.add(other)
        rule = "vacant" if other is None else "same_sex"
        seats.append(CommunitySeat(other, rule, person.key))
    missing = community_seats - len(seats)
    return (*seats, *[CommunitySeat(None, "vacant")] * missing)


def community_successor(
    people: Sequence[Candidate],
    council: Sequence[Key],
    in_office: Sequence[Key],
    leaving: Candidate,
    *,
    single_seat: bool = False,
    same_sex: bool = True,
) -> Key | None:
    """Who replaces a community councillor that leaves, or None.

    The next person *of the same sex* on the community list who sits on the council,
    then on the list for the council. With a single community seat, the extra candidate
    of that list, whatever the sex. After the first year the caller may try again with
    ``same_sex=False`` when nobody fits.

    :param council: who sits on the council
    :param in_office: who already has a community seat
    Source: Code électoral, L273-10.
    """
    fleches = sorted(
        (person for person in people if person.community_rank),
        key=lambda person: person.community_rank,
    )
    for pool in (fleches, people):
        for person in pool:
            fits = (
                person.key in council
                and person.key not in in_office
                and person.key != leaving.key
            )
            if fits and (single_seat or not same_sex or person.sex == leaving.sex):
                return person.key
    return None


#: Kind of election -> (article, causes after which people vote again); for any other
#: cause the substitute of the declaration takes the seat.
VOTE_AGAIN = {
    "legislatives": ("LO178", frozenset({"resignation", "dismissal", "annulment"})),
    "departementales": ("L221", frozenset({"dismissal", "annulment"})),
}


def vacancy(kind: str, cause: str) -> str:
    """How a seat won alone or in a pair is filled again.

    :param cause: ``death``, ``resignation``, ``incompatibility``, ``government``,
        ``dismissal``, ``annulment`` or ``other``
    :return: ``substitute``; ``temporary``, until a month after the end of a minister's
        office; ``election``, within three months; "" where no rule is known
    Source: Code électoral, LO176, LO178 (députés), L221 (conseillers départementaux).

    >>> vacancy("legislatives", "death"), vacancy("legislatives", "resignation")
    ('substitute', 'election')
    >>> vacancy("legislatives", "government"), vacancy("departementales", "resignation")
    ('temporary', 'substitute')
    """
    if kind not in VOTE_AGAIN:
        return ""
    if cause in VOTE_AGAIN[kind][1]:
        return "election"
    if kind == "legislatives" and cause == "government":
        return "temporary"
    return "substitute"


def council_successor(people: Sequence[Candidate], called: Sequence[Key]) -> Key | None:
    """Who is called when a seat of a list becomes vacant, or None: no name is left.

    The candidate who comes right after the last one elected, whatever the sex and the
    cause. Whoever was called before is passed over, even if he or she left since.

    :param people: the list in its order (of one section, on a regional list)
    :param called: who was elected, or called as a successor
    Source: Code électoral, L270 (communes), L360 (same section of a regional list).

    >>> people = [Candidate("a"), Candidate("b"), Candidate("c")]
    >>> council_successor(people, ["a", "b"])
    'c'
    """
    return next((person.key for person in people if person.key not in called), None)
