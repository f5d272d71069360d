"""Legal deadlines around a round, as a dated list.

Pure law, no Odoo, no clock. Hours are local to the commune.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

THURSDAY, FRIDAY, TUESDAY, MONDAY, WEDNESDAY = 3, 4, 1, 0, 2
#: Kind -> (weekday, how many such days before round 1, hour, article)
FIRST_ROUND = {
    "municipales": (THURSDAY, 3, 18, "L267"),
    "arrondissement": (THURSDAY, 3, 18, "L267"),
    "regionales": (MONDAY, 4, 12, "L350"),
    "metropole_lyon": (TUESDAY, 4, 18, "L224-14"),
    "legislatives": (FRIDAY, 4, 18, "L157"),
}
#: Kind -> (hour of the Tuesday before round 2, article)
SECOND_ROUND = {
    "municipales": (18, "L267"),
    "arrondissement": (18, "L267"),
    "departementales": (16, "R109-1"),
    "regionales": (18, "L350"),
    "metropole_lyon": (18, "L224-14"),
    "legislatives": (18, "L162"),
}
#: Kind -> article that lets voters claim until 18:00 of the fifth day
CLAIMS = {"municipales": "R119", "arrondissement": "R119", "departementales": "R113"}


@dataclass(frozen=True, order=True)
class Deadline:
    """One date. ``code`` names the duty; ``moment`` is local; the day alone if None."""

    day: date
    hour: int
    code: str
    article: str

    @property
    def moment(self):
        """Local time, midnight where the text names a day only (``hour`` is -1)."""
        midnight = datetime(self.day.year, self.day.month, self.day.day)
        return midnight + timedelta(hours=max(self.hour, 0))


def deadlines(
    kind: str, number: int, day: date, next_day: date | None = None
) -> list[Deadline]:
    """Dates of one round, in order.

    :param number: 1 or 2
    :param day: date of the round
    :param next_day: date of the round that may follow
    Source: Code électoral, L267, R127-2, L350, L224-14, L157, L162, R109-1 (lists); R41
        (hours); R46, R47 (assesseurs); L65 and R66 (scrutateurs, an hour before the
        closing: not listed, the closing decides); L68, R62 (signed lists); R113, R119
        (claims); R107, R109, L359 (recensement).

    >>> [(d.code, d.day.isoformat()) for d in deadlines(
    ...     "municipales", 1, date(2026, 3, 15), date(2026, 3, 22))][:2]
    [('declarations', '2026-02-26'), ('hours', '2026-03-10')]
    """
    found = [
        Deadline(day - timedelta(5), -1, "hours", "R41"),
        Deadline(day - timedelta(3), 18, "assesseurs", "R46, R47"),
        *_declarations(kind, number, day),
    ]
    if next_day:
        wednesday = _weekday_before(next_day, WEDNESDAY, 1)
        found.append(Deadline(wednesday, -1, "signed_lists", "L68"))
    if kind in CLAIMS:
        found.append(Deadline(day + timedelta(5), 18, "claims", CLAIMS[kind]))
    if kind == "regionales":
        found.append(Deadline(day + timedelta(1), 18, "commission", "L359"))
    if kind == "legislatives":
        found.append(Deadline(day + timedelta(1), 24, "commission", "R107, R109"))
    if kind == "municipales" and number == 2:
        monday = _weekday_before(day, MONDAY, 1)
        found.append(Deadline(monday, -1, "declarations_open", "R127-2"))
    return sorted(found)


def _declarations(kind, number, day):
    if number == 1 and kind in FIRST_ROUND:
        weekday, count, hour, article = FIRST_ROUND[kind]
        limit = _weekday_before(day, weekday, count)
        yield Deadline(limit, hour, "declarations", article)
    if number == 2 and kind in SECOND_ROUND:
        hour, article = SECOND_ROUND[kind]
        limit = _weekday_before(day, TUESDAY, 1)
        yield Deadline(limit, hour, "declarations", article)


def _weekday_before(day, weekday, count):
    """The ``count``-th such weekday before ``day``, the day itself left out."""
    back = (day.weekday() - weekday) % 7 or 7
    return day - timedelta(back + 7 * (count - 1))
