"""Who keeps a polling station: composition, slots of the day, deadlines.

Hours are local numbers (8.5 is half past eight); dates come in as arguments.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

TITULARS = ("president", "assesseur", "secretaire")
DEPUTIES = {"president_suppl": "president", "assesseur_suppl": "assesseur"}
MINUTES = 30
TWO_MEMBERS = 2
TWO_ASSESSEURS = 2


@dataclass(frozen=True)
class Person:
    """One person of one station; ``start`` and ``end`` are local hours."""

    key: object
    role: str
    start: float = 0.0
    end: float = 24.0
    available: bool = True
    list: object = None  # the list that named the person, None for the mayor
    replaces: object = None  # key of the titular whose place a deputy takes
    scope: str = "commune"  # commune, departement, none
    birth: date | None = None


@dataclass(frozen=True)
class Gap:
    """What is not as the law wants it. ``level``: "gap" to fill, "alert" to check."""

    code: str
    level: str
    params: dict = field(default_factory=dict)


def designation_deadline(day: date) -> datetime:
    """Return the last local moment for naming assessors and delegates.

    18 h on the third day before the ballot. Source: Code électoral, R46 and R47.

    >>> designation_deadline(date(2026, 3, 15))
    datetime.datetime(2026, 3, 12, 18, 0)
    """
    return _at_18(day - timedelta(days=3))


def _at_18(day):
    return datetime(day.year, day.month, day.day, 18)


def hours_order_deadline(day: date) -> date:
    """Return the last day for posting the préfet's order on the hours (R41).

    >>> hours_order_deadline(date(2026, 3, 15))
    datetime.date(2026, 3, 10)
    """
    return day - timedelta(days=5)


def claims_deadline(day: date) -> datetime:
    """Return the last local moment for a claim: 18 h on the fifth day after (R119).

    >>> claims_deadline(date(2026, 3, 15)), claims_deadline(date(2026, 3, 22))
    (datetime.datetime(2026, 3, 20, 18, 0), datetime.datetime(2026, 3, 27, 18, 0))
    """
    return _at_18(day + timedelta(days=5))


def emargement_back(second_round: date) -> date:
    """Return the day when signature lists are back: the Wednesday before (L68).

    >>> emargement_back(date(2026, 3, 22))
    datetime.date(2026, 3, 18)
    """
    return second_round - timedelta(days=(second_round.weekday() - 2) % 7 or 7)


def scrutateurs_deadline(closing: float) -> float:
    """Return the local hour until which tellers are named: one hour before closing.

    Source: Code électoral, L65.

    >>> scrutateurs_deadline(18.0)
    17.0
    """
    return closing - 1


def is_of_age(birth: date, day: date) -> bool:
    """Return whether somebody may vote on ``day``: eighteen, that day at the latest.

    Tellers are chosen among the electors. Source: Code électoral, L2 and L65.

    >>> is_of_age(date(2008, 3, 15), date(2026, 3, 15))
    True
    >>> is_of_age(date(2008, 3, 16), date(2026, 3, 15))
    False
    """
    return (day.year - birth.year, day.month, day.day) >= (18, birth.month, birth.day)


def pair_deputies(people: Iterable[Person]) -> list[Person]:
    """Return the same people, each deputy tied to his titular when one only is possible:
    the president, or the assessor of the same list.

    >>> titular = Person(1, "assesseur", list="A")
    >>> pair_deputies([titular, Person(2, "assesseur_suppl", list="A")])[1].replaces
    1
    """
    people = list(people)
    paired = []
    for person in people:
        seats = [
            other.key
            for other in people
            if other.role == DEPUTIES.get(person.role) and other.list == person.list
        ]
        alone = person.replaces is None and len(seats) == 1
        paired.append(replace(person, replaces=seats[0]) if alone else person)
    return paired


def seated(people: Iterable[Person]) -> list[Person]:
    """Return the members who hold a seat of the bureau: titulars who may come, and
    deputies of those who may not.

    A deputy never sits beside his titular (Code électoral, R44).
    """
    people = list(people)
    here = {person.key for person in people if person.available}
    return [
        person
        for person in people
        if person.available
        and (
            person.role in TITULARS
            or (person.role in DEPUTIES and person.replaces not in here)
        )
    ]


def coverage(
    people: Iterable[Person], opening: float, closing: float
) -> list[tuple[float, int]]:
    """Return (start of the half hour, members expected), from opening to closing.

    President, assessors, secretary and their deputies count; a deputy counts in the
    hours when his titular is not there. Source: Code électoral, R42.

    >>> people = [Person(1, "president", 8, 9), Person(2, "assesseur", 8, 8.5)]
    >>> coverage(people, 8, 9)
    [(8.0, 2), (8.5, 1)]
    """
    members = [person for person in people if person.available]
    first, last = round(opening * 60), round(closing * 60)
    found = []
    for minute in range(first, last, MINUTES):
        start, end = minute / 60, min(minute + MINUTES, last) / 60
        there = [p for p in members if p.start <= start and p.end >= end]
        found.append((start, len(sitting(there))))
    return found


def sitting(there: Sequence[Person]) -> list[Person]:
    """Return the members of the bureau among those who are in the room.

    A deputy beside his titular does not sit (Code électoral, R44): the two make one.

    >>> room = [Person(1, "assesseur"), Person(2, "assesseur_suppl", replaces=1)]
    >>> [person.key for person in sitting(room)]
    [1]
    """
    keys = {person.key for person in there}
    return [
        person
        for person in there
        if person.role in TITULARS
        or (person.role in DEPUTIES and person.replaces not in keys)
    ]


def short_slots(
    people: Iterable[Person], opening: float, closing: float
) -> list[tuple[float, float, int]]:
    """Return (from, to, members) of each stretch with fewer than two members."""
    slots: list[tuple[float, float, int]] = []
    for start, count in coverage(people, opening, closing):
        if count >= TWO_MEMBERS:
            continue
        end = min(start + MINUTES / 60, closing)
        if slots and slots[-1][1] == start and slots[-1][2] == count:
            slots[-1] = (slots[-1][0], end, count)
        else:
            slots.append((start, end, count))
    return slots


def check_composition(
    people: Sequence[Person], opening: float, closing: float
) -> list[Gap]:
    """Return what is missing or odd in one station, gaps to fill first.

    Codes: M01 no president, M02 fewer than two assessors (``missing``), M03 no
    secretary, M04 fewer than two members (``from``, ``to``, ``count``), M05 two
    presidents or secretaries (``role``), M06 not an elector of the département
    (``person``), M07 not an elector of the commune (``person``), M08 two assessors of
    one list (``list``), M09 deputy without a titular (``person``).
    Source: Code électoral, R42 to R45.
    """
    gaps = _missing(people)
    if not gaps:
        gaps = [
            Gap("M04", "gap", {"from": start, "to": end, "count": count})
            for start, end, count in short_slots(people, opening, closing)
        ]
    return gaps + _doubles(people) + _not_electors(people) + _lone_deputies(people)


def _missing(people):
    roles = [DEPUTIES.get(person.role, person.role) for person in seated(people)]
    gaps = []
    if "president" not in roles:
        gaps.append(Gap("M01", "gap"))
    lacking = TWO_ASSESSEURS - _assesseurs_at_once(people)
    if lacking > 0:
        gaps.append(Gap("M02", "gap", {"missing": lacking}))
    if "secretaire" not in roles:
        gaps.append(Gap("M03", "gap"))
    return gaps


def _assesseurs_at_once(people):
    """Seats of assessor that are held: shifts that follow each other make one."""
    shifts = sorted(
        (person.start, person.end)
        for person in seated(people)
        if DEPUTIES.get(person.role, person.role) == "assesseur"
    )
    ends: list[float] = []
    for start, end in shifts:
        free = next((rank for rank, last in enumerate(ends) if last <= start), None)
        if free is None:
            ends.append(end)
        else:
            ends[free] = end
    return len(ends)


def _doubles(people):
    found = []
    for role in ("president", "secretaire"):
        shifts = sorted(
            (person.start, person.end)
            for person in people
            if person.available and person.role == role
        )
        pairs = zip(shifts, shifts[1:], strict=False)
        if any(second[0] < first[1] for first, second in pairs):
            found.append(Gap("M05", "alert", {"role": role}))
    named = [
        person.list
        for person in people
        if person.available and person.role == "assesseur" and person.list
    ]
    doubled = {key for key in named if named.count(key) > 1}
    return found + [
        Gap("M08", "alert", {"list": key}) for key in sorted(doubled, key=str)
    ]


def _not_electors(people):
    """R44: a list names electors of the département, the mayor those of the commune."""
    found = []
    for person in people:
        if not person.available or person.role in ("scrutateur", "agent"):
            continue
        if person.scope == "none":
            found.append(Gap("M06", "alert", {"person": person.key}))
        elif person.scope == "departement" and not person.list:
            found.append(Gap("M07", "alert", {"person": person.key}))
    return found


def _lone_deputies(people):
    return [
        Gap("M09", "alert", {"person": person.key})
        for person in people
        if person.role in DEPUTIES and person.available and person.replaces is None
    ]


def replacements(absent: Person, people: Iterable[Person]) -> list[Person]:
    """Return who may take the seat of somebody absent, in the order of the law.

    President: his deputy, else the oldest assessor. Assessor: his deputy. Secretary:
    the youngest assessor. People of unknown birth come last.
    Source: Code électoral, R43 to R45.
    """
    others = [p for p in people if p.available and p.key != absent.key]
    deputies = [
        p
        for p in others
        if p.replaces == absent.key
        or (p.replaces is None and DEPUTIES.get(p.role) == absent.role)
    ]
    if absent.role == "assesseur":
        return [p for p in deputies if p.list == absent.list]
    assesseurs = [p for p in others if p.role == "assesseur"]
    known = [p for p in assesseurs if p.birth]
    unknown = [p for p in assesseurs if not p.birth]
    if absent.role == "president":
        return deputies + sorted(known, key=lambda p: p.birth) + unknown
    if absent.role == "secretaire":
        return sorted(known, key=lambda p: p.birth, reverse=True) + unknown
    return []
