"""When an assembly must meet, and what must be done before: dates, no ORM.

The delay of the notice itself is in ``notice``; everything here is a local calendar
date of the commune.
"""

from datetime import date, datetime, timedelta

COMMITTEE_DAYS = 8
REQUEST_DAYS = 30
ANNEX_NOTICE_DAYS = 15
RULES_MONTHS = 6
RULES_POPULATION = 1_000
LOCAL_RULES_POPULATION = 3_500
EXCLUSION_ABSENCES, LOSS_ABSENCES = 3, 5


def committee_deadline(appointed_on: date) -> date:
    """Return the day by which a committee just appointed is convened.

    Source: CGCT, L2121-22 ("dans les huit jours qui suivent leur nomination").

    >>> committee_deadline(date(2026, 4, 2))
    datetime.date(2026, 4, 10)
    """
    return appointed_on + timedelta(days=COMMITTEE_DAYS)


def request_deadline(requested_on: date, local_law: bool = False) -> date | None:
    """Return the day by which the council meets on the request of its members.

    None in Alsace-Moselle, where the text sets no limit (L2541-2).
    Source: CGCT, L2121-9.
    """
    return None if local_law else requested_on + timedelta(days=REQUEST_DAYS)


def annex_notice_deadline(meeting_date: date) -> date:
    """Return the last day on which the public is told of a sitting in an annex.

    A commune nouvelle may sit in the annexes of its mairie, two sittings a year
    staying there. Source: CGCT, L2121-7.

    >>> annex_notice_deadline(date(2026, 12, 17))
    datetime.date(2026, 12, 2)
    """
    return meeting_date - timedelta(days=ANNEX_NOTICE_DAYS)


def internal_rules_deadline(
    installed_on: date, population: int, local_law: bool = False
) -> date | None:
    """Return the day by which the council adopts its règlement intérieur.

    None where none is due. The delay is an incentive: an alert, never a refusal.
    Source: CGCT, L2121-8 and L2541-5.
    """
    threshold = LOCAL_RULES_POPULATION if local_law else RULES_POPULATION
    if population < threshold:
        return None
    return _add_months(installed_on, RULES_MONTHS)


def tableau_deadline(elected_on: date) -> datetime:
    """Return when the préfet must have the tableau: the Monday that follows, 18:00.

    :param elected_on: day of the election of the mayor and the deputies
    Source: CGCT, R2121-2.

    >>> tableau_deadline(date(2026, 3, 22))
    datetime.datetime(2026, 3, 23, 18, 0)
    """
    days = (7 - elected_on.weekday()) % 7 or 7
    monday = elected_on + timedelta(days=days)
    return datetime(monday.year, monday.month, monday.day, 18)


def period_of(day: date, months: int = 3) -> tuple[date, date]:
    """Return the first and the last day of the period in which a body must meet.

    :param months: 3, a civil quarter (CGCT, L2121-7 and L5211-11; CASF, R123-16), or 6 for
        the committee of a single-purpose syndicat
    """
    first = date(day.year, months * ((day.month - 1) // months) + 1, 1)
    return first, _add_months(first, months) - timedelta(days=1)


def absence_effect(unexcused: int) -> str:
    """Return what successive unexcused absences lead to in Alsace-Moselle.

    :return: "" , "exclusion" (possible, from 3) or "loss" (of the seat, from 5)
    Source: CGCT, L2541-9 and L2541-10.
    """
    if unexcused >= LOSS_ABSENCES:
        return "loss"
    return "exclusion" if unexcused >= EXCLUSION_ABSENCES else ""


def _add_months(day, months):
    """Return the same day some months later, the last one of a shorter month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(
        date(year, month, 1) + timedelta(days=day.day - 1), following - timedelta(1)
    )
