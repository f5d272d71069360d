"""How long before a meeting the notice must be sent ("délai de convocation").

Everything here is a table of dated parameters plus the choice of the row. Dates are
local calendar dates of the commune; turning a rule into the last lawful day is the
legal calendar's work (``latest_notice_date(meeting_date, rule.clear_days)``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

COUNCIL, EPCI, CCAS = "council", "epci", "ccas"
COMMISSION, CAO = "commission", "cao"
BODIES = (COUNCIL, EPCI, CCAS, COMMISSION, CAO)

ORDINARY, URGENT = "ordinary", "urgent"
INSTALLATION, SECOND_CALL = "installation", "second_call"
CALLS = (ORDINARY, URGENT, INSTALLATION, SECOND_CALL)


class UrgencyNotAllowedError(ValueError):
    """No text lets that body shorten its notice."""


@dataclass(frozen=True)
class NoticeRule:
    """One delay of notice.

    ``days`` is the number written in the text; ``is_clear`` tells whether the text
    says "francs": neither the day of sending nor the day of the meeting counts.
    """

    code: str
    days: int
    is_clear: bool
    note_required: bool
    source: str

    @property
    def clear_days(self) -> int:
        """Clear days that amount to the delay: "3 days at least" leaves 2 of them."""
        return self.days if self.is_clear else max(self.days - 1, 0)

    @property
    def advised_clear_days(self) -> int:
        """Clear days that stay safe whatever the reading of "days at least"."""
        return self.days


@dataclass(frozen=True)
class NoticeParameters:
    """The figures of the law, in force from ``since`` until the next row."""

    since: date
    large_population: int  # from so many inhabitants, the longer delay and the note
    large_days: int  # L2121-12: clear days in a large commune, or for an ICPE
    small_days: int  # L2121-11: clear days elsewhere
    urgent_days: int  # L2121-11 and -12: clear days in case of urgency
    installation_days: int  # L2121-7: clear days, whatever the size
    second_call_days: int  # L2121-17: clear days after a meeting without quorum
    local_law_days: int  # L2541-2: days, not clear, Alsace-Moselle; L2541-3, the same
    local_law_urgent_days: int  # L2541-2: "the day before"
    epci_days: int  # L5211-1 and L2121-12: clear days, first meeting included
    ccas_days: int  # CASF R123-16: days, not clear


#: A reform adds a row: a past meeting keeps the law of its day.
PARAMETERS = (
    NoticeParameters(
        since=date.min,
        large_population=3500,
        large_days=5,
        small_days=3,
        urgent_days=1,
        installation_days=3,
        second_call_days=3,
        local_law_days=3,
        local_law_urgent_days=1,
        epci_days=5,
        ccas_days=3,
    ),
)


def parameters_on(
    day: date, table: Iterable[NoticeParameters] = PARAMETERS
) -> NoticeParameters:
    """Return the row in force on ``day``: the latest one that has begun."""
    return max((row for row in table if row.since <= day), key=lambda row: row.since)


def notice_rule(
    meeting_date: date,
    body: str,
    population: int,
    call: str = ORDINARY,
    *,
    local_law: bool = False,
    icpe: bool = False,
    table: Iterable[NoticeParameters] = PARAMETERS,
) -> NoticeRule | None:
    """Return the delay that the law sets for a meeting, None where it sets none.

    :param meeting_date: local date of the meeting; it picks the law of its day
    :param body: one of ``BODIES``
    :param population: municipal population in force on that date
    :param call: one of ``CALLS``
    :param local_law: the commune lies in Moselle, Bas-Rhin or Haut-Rhin
    :param icpe: an item concerns a classified installation (L511-1 C. env.)
    :raise UrgencyNotAllowedError: urgent call of a body that knows no urgency
    Source: CGCT, L2121-7, L2121-11, L2121-12, L2121-17, L2541-2, L5211-1;
    CASF, R123-16.
    """
    law = parameters_on(meeting_date, table)
    if body in (COMMISSION, CAO):
        return None
    if body == CCAS:
        return _ccas_rule(law, population, call)
    if body == EPCI:
        return _epci_rule(law, call)
    return _council_rule(law, population, call, local_law, icpe)


def _ccas_rule(law, population, call):
    if call == URGENT:
        raise UrgencyNotAllowedError(CCAS)
    has_report = population >= law.large_population
    return NoticeRule("ccas", law.ccas_days, False, has_report, "CASF, R123-16")


def _epci_rule(law, call):
    if call == URGENT:
        return NoticeRule("urgent", law.urgent_days, True, True, "CGCT, L2121-12")
    if call == SECOND_CALL:
        days = law.second_call_days
        return NoticeRule("second_call", days, True, True, "CGCT, L2121-17")
    return NoticeRule("epci", law.epci_days, True, True, "CGCT, L5211-1 et L2121-12")


def _council_rule(law, population, call, local_law, icpe):
    large = population >= law.large_population or icpe
    source = "CGCT, L2121-12" if large else "CGCT, L2121-11"
    if call == INSTALLATION:
        days = law.installation_days
        return NoticeRule("installation", days, True, large, "CGCT, L2121-7")
    if local_law and not large:
        urgent = call == URGENT
        days = law.local_law_urgent_days if urgent else law.local_law_days
        code = "local_law_urgent" if urgent else "local_law"
        return NoticeRule(code, days, False, False, "CGCT, L2541-2")
    if call == URGENT:
        return NoticeRule("urgent", law.urgent_days, True, large, source)
    if call == SECOND_CALL and not local_law:
        days = law.second_call_days
        return NoticeRule("second_call", days, True, large, "CGCT, L2121-17")
    if large:
        return NoticeRule("large", law.large_days, True, True, source)
    return NoticeRule("small", law.small_days, True, False, source)


def strictest(*rules: NoticeRule | None) -> NoticeRule | None:
    """Return the longest of several delays: a body's own rules may only add days."""
    known = [rule for rule in rules if rule]
    if not known:
        return None
    longest = max(known, key=lambda rule: rule.clear_days)
    if longest.note_required or not any(rule.note_required for rule in known):
        return longest
    return NoticeRule(
        longest.code, longest.days, longest.is_clear, True, longest.source
    )


def own_rule(
    rows: Iterable[Mapping], meeting_date: date, source: str
) -> NoticeRule | None:
    """Return the delay that a body gave itself (règlement intérieur), if any.

    :param rows: mappings with ``since`` (date), ``days`` (int), ``is_clear`` and
        ``note_required`` (bool); the latest one begun by ``meeting_date`` counts
    """
    begun = [row for row in rows if row["since"] <= meeting_date]
    if not begun:
        return None
    row = max(begun, key=lambda item: item["since"])
    return NoticeRule("own", row["days"], row["is_clear"], row["note_required"], source)


def installation_window(round_date: date) -> tuple[date, date]:
    """Return the Friday and the Sunday between which the new council first meets.

    :param round_date: date of the round that filled the council
    Source: CGCT, L2121-7.
    """
    friday = round_date + timedelta(days=(4 - round_date.weekday()) % 7 or 7)
    return friday, friday + timedelta(days=2)


def requests_needed(in_office: int, population: int, local_law: bool = False) -> int:
    """Return how many members may oblige the mayor to convene the council.

    One third of the members in office, a majority of them under 1,000 inhabitants
    (one third at any size in Alsace-Moselle). Source: CGCT, L2121-9 and L2541-2.

    >>> requests_needed(19, 1500), requests_needed(15, 800)
    (7, 8)
    """
    if population >= 1000 or local_law:
        return -(-in_office // 3)
    return in_office // 2 + 1
