"""Public holidays of France, zone by zone, and the count of clear days.

Everything is computed: nothing here expires and nothing reads the clock.
"""

from datetime import date, timedelta

METROPOLE = "metropole"

#: zone -> its name in French; a zone is a territory that shares its holidays
ZONES = {
    METROPOLE: "Métropole",
    "alsace_moselle": "Alsace-Moselle",
    "guadeloupe": "Guadeloupe",
    "martinique": "Martinique",
    "guyane": "Guyane",
    "reunion": "La Réunion",
    "mayotte": "Mayotte",
    "saint_pierre_et_miquelon": "Saint-Pierre-et-Miquelon",
    "saint_barthelemy": "Saint-Barthélemy",
    "saint_martin": "Saint-Martin",
    "nouvelle_caledonie": "Nouvelle-Calédonie",
    "polynesie": "Polynésie française",
    "wallis_et_futuna": "Wallis-et-Futuna",
}

_ABOLITION = "Abolition de l'esclavage"

# (month, day) -> name. Code du travail, art. L3133-1.
_FIXED = {
    (1, 1): "Jour de l'An",
    (5, 1): "Fête du Travail",
    (5, 8): "Victoire de 1945",
    (7, 14): "Fête nationale",
    (8, 15): "Assomption",
    (11, 1): "Toussaint",
    (11, 11): "Armistice de 1918",
    (12, 25): "Noël",
}

# days after Easter Sunday -> name. Code du travail, art. L3133-1.
_MOVABLE = {
    1: "Lundi de Pâques",
    39: "Ascension",
    50: "Lundi de Pentecôte",
}

# Local law of Alsace-Moselle: Code du travail, art. L3134-13. Abolition of slavery:
# art. L3422-2 and decree 83-1003. The last three: their own labour codes.
_ZONE_FIXED = {
    "alsace_moselle": {(12, 26): "Saint-Étienne"},
    "mayotte": {(4, 27): _ABOLITION},
    "martinique": {(5, 22): _ABOLITION},
    "guadeloupe": {(5, 27): _ABOLITION},
    "saint_martin": {(5, 28): _ABOLITION},
    "guyane": {(6, 10): _ABOLITION},
    "saint_barthelemy": {(10, 9): _ABOLITION},
    "reunion": {(12, 20): _ABOLITION},
    "nouvelle_caledonie": {(9, 24): "Fête de la citoyenneté"},
    "polynesie": {(3, 5): "Arrivée de l'Évangile"},
    "wallis_et_futuna": {
        (4, 28): "Saint Pierre Chanel",
        (7, 29): "Fête du Territoire",
    },
}

_ZONE_MOVABLE = {
    "alsace_moselle": {-2: "Vendredi saint"},
    "polynesie": {-2: "Vendredi saint"},
}

# zone -> [(first year, last year, (month, day), name)]: days that came or went.
# Polynésie française, 2025: Matari'i replaces the feast of autonomy.
_ZONE_DATED = {
    "polynesie": [
        (1985, 2024, (6, 29), "Fête de l'autonomie"),
        (2025, None, (11, 20), "Matari'i i ni'a"),
    ],
}


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (anonymous algorithm).

    >>> easter_sunday(2026)
    datetime.date(2026, 4, 5)
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, half = divmod(century, 4)
    drift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - drift + 15) % 30
    quarter, remain = divmod(rest, 4)
    weekday = (32 + 2 * half + 2 * quarter - moon - remain) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def public_holidays(year: int, zone: str = METROPOLE) -> dict[date, str]:
    """Return the public holidays of a year, in order, named in French.

    Two holidays on one day (1 May 2008 was also Ascension) share one entry.

    :raise ValueError: the zone is not one of :data:`ZONES`
    Source: Code du travail, art. L3133-1, L3134-13, L3422-2.

    >>> public_holidays(2026, "guyane")[date(2026, 6, 10)]
    "Abolition de l'esclavage"
    """
    if zone not in ZONES:
        raise ValueError(f"unknown holiday zone: {zone!r}")
    found: dict[date, list[str]] = {}
    for day, name in sorted(_iter_holidays(year, zone)):
        found.setdefault(day, []).append(name)
    return {day: " et ".join(names) for day, names in found.items()}


def is_public_holiday(day: date, zone: str = METROPOLE) -> bool:
    """Tell whether a day is a public holiday in a zone."""
    return day in public_holidays(day.year, zone)


def latest_notice_date(meeting_date: date, clear_days: int) -> date:
    """Return the last day on which a notice may lawfully be sent.

    Clear days ("jours francs"): neither the day of sending nor the day of the
    meeting counts; weekends and holidays count and never extend the delay.
    Both dates are local dates of the commune.

    :param clear_days: 5, 3 or 1 (CGCT, art. L2121-11 and L2121-12); one less than
        the figure of a text that says "days at least" without "clear"
    :raise ValueError: a negative number of days

    >>> latest_notice_date(date(2026, 12, 17), 5)
    datetime.date(2026, 12, 11)
    """
    return meeting_date - _notice_delay(clear_days)


def earliest_meeting_date(notice_date: date, clear_days: int) -> date:
    """Return the first lawful day of a meeting whose notice leaves on a given day.

    >>> earliest_meeting_date(date(2026, 12, 14), 3)
    datetime.date(2026, 12, 18)
    """
    return notice_date + _notice_delay(clear_days)


def _notice_delay(clear_days: int) -> timedelta:
    if clear_days < 0:
        raise ValueError(f"a number of clear days is not negative: {clear_days}")
    return timedelta(days=clear_days + 1)


def _iter_holidays(year, zone):
    for month_day, name in (_FIXED | _ZONE_FIXED.get(zone, {})).items():
        yield date(year, *month_day), name
    easter = easter_sunday(year)
    for shift, name in (_MOVABLE | _ZONE_MOVABLE.get(zone, {})).items():
        yield easter + timedelta(days=shift), name
    for first, last, month_day, name in _ZONE_DATED.get(zone, ()):
        if first <= year and (last is None or year <= last):
            yield date(year, *month_day), name
