"""What the search engine of France Titres asks, and what it must be told, as plain values.

The hub asks with repeated parameters, may put several numbers in one value, and reads
every hour as the wall clock of the place, whatever the ``Z`` at its end says.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

REASONS = ("CNI", "PASSPORT", "CNI-PASSPORT")
#: what the central base says of a number that it knows
KNOWN = ("validated", "consumed", "declared", "expired")
PERSONS_MAX = 20
DAYS_MAX = 400
POINTS_MAX = 200
IDS_MAX = 100
#: seconds before the next try, by number of tries made; then the last for ever
BACKOFF = (60, 120, 300, 900, 3600, 6 * 3600)
_SEPARATORS = re.compile(r"[,;:\-/.\s]+")
_NUMBER = re.compile(r"[A-Za-z0-9]{10}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INTEGER = re.compile(r"[0-9]{1,4}", re.ASCII)


class AntsRequestError(ValueError):
    """A parameter that cannot be read: its name, and the sentence of the answer."""

    def __init__(self, name: str, sentence: str):
        super().__init__(sentence)
        self.name = name


@dataclass(frozen=True)
class SlotSearch:
    """What ``availableTimeSlots`` asks; both days are included."""

    points: tuple[str, ...]
    first: date
    last: date
    reason: str
    persons: int


def read_slot_search(params: Mapping[str, Sequence[str]]) -> SlotSearch:
    """Read the parameters of ``availableTimeSlots``, each a list of texts.

    An empty reason means an identity card, a missing number of documents one person:
    the hub's own live search sends neither.

    :raise AntsRequestError: what to answer with the status 400
    """
    points = params.get("meeting_point_ids", ())
    if not 1 <= len(points) <= POINTS_MAX or not all(points):
        raise AntsRequestError(
            "meeting_point_ids",
            f"between 1 and {POINTS_MAX} meeting_point_ids, none of them empty",
        )
    first = _read_day(params, "start_date")
    last = _read_day(params, "end_date")
    if last < first:
        raise AntsRequestError("end_date", "end_date is before start_date")
    if (last - first).days > DAYS_MAX:
        raise AntsRequestError("end_date", f"{DAYS_MAX} days at most")
    reason = _first(params, "reason") or "CNI"
    if reason not in REASONS:
        raise AntsRequestError("reason", f"reason is one of {', '.join(REASONS)}")
    persons = _first(params, "documents_number") or "1"
    if not _INTEGER.fullmatch(persons) or not 1 <= int(persons) <= PERSONS_MAX:
        raise AntsRequestError(
            "documents_number", f"documents_number is between 1 and {PERSONS_MAX}"
        )
    return SlotSearch(tuple(dict.fromkeys(points)), first, last, reason, int(persons))


def _first(params: Mapping[str, Sequence[str]], name: str) -> str:
    values = params.get(name) or ("",)
    return values[0].strip()


def _read_day(params: Mapping[str, Sequence[str]], name: str) -> date:
    text = _first(params, name)
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if not day or not 2000 <= day.year < 2200:
        raise AntsRequestError(name, f"{name} is written YYYY-MM-DD")
    return day


def split_application_ids(values: Iterable[str]) -> list[str]:
    """Return the pre-demande numbers of repeated values, as they were written.

    One value may hold several, separated by , ; : - / . or a space.

    :raise AntsRequestError: what is not ten letters and digits, or too many of them

    >>> split_application_ids(["AB12CD34EF,ab12cd34eg", "1234567890"])
    ['AB12CD34EF', 'ab12cd34eg', '1234567890']
    """
    found = [part for value in values for part in _SEPARATORS.split(value) if part]
    if not found or len(found) > IDS_MAX:
        raise AntsRequestError(
            "application_ids", f"between 1 and {IDS_MAX} application_ids"
        )
    if not all(_NUMBER.fullmatch(part) for part in found):
        raise AntsRequestError(
            "application_ids", "an application id has 10 letters and digits"
        )
    return list(dict.fromkeys(found))


def false_utc(local: datetime) -> str:
    """Return the wall time of a place as the hub wants it, with a Z that is not true.

    >>> false_utc(datetime(2026, 6, 1, 9, 20))
    '2026-06-01T09:20Z'
    """
    return f"{local:%Y-%m-%dT%H:%M}Z"


def backoff(tries: int) -> int:
    """Return the seconds to wait after ``tries`` failures.

    >>> backoff(1), backoff(99)
    (60, 21600)
    """
    return BACKOFF[min(max(tries, 1), len(BACKOFF)) - 1]


@dataclass(frozen=True)
class Entry:
    """One appointment as the central base keeps it."""

    meeting_point: str
    meeting_point_id: str
    appointment_date: str  # wall time, "2026-06-01 09:20:00"
    management_url: str

    @classmethod
    def parse(cls, values: Mapping) -> "Entry":
        """Make one of what the central base answers, which may lack anything."""
        moment = str(values.get("appointment_date") or "").replace("T", " ")[:19]
        return cls(
            str(values.get("meeting_point") or ""),
            str(values.get("meeting_point_id") or ""),
            moment,
            str(values.get("management_url") or ""),
        )

    @property
    def key(self):
        return self.meeting_point_id, self.appointment_date, self.management_url


def read_status(answer: Mapping, number: str) -> tuple[str, list[Mapping]]:
    """Return the state of a number and its appointments, all towns together.

    Whatever the central base leaves out or writes otherwise counts as not known.

    >>> read_status({"AB12CD34EF": {"status": "validated"}}, "AB12CD34EF")
    ('validated', [])
    >>> read_status({"AB12CD34EF": "soon"}, "AB12CD34EF")
    ('unknown', [])
    """
    found = answer.get(number)
    if not isinstance(found, Mapping):
        return "unknown", []
    status = found.get("status")
    entries = found.get("appointments")
    entries = entries if isinstance(entries, list) else []
    return (
        status if isinstance(status, str) and status in KNOWN else "unknown",
        [entry for entry in entries if isinstance(entry, Mapping)],
    )


def plan_changes(
    wanted: Iterable[Entry], known: Iterable[Entry], base_url: str
) -> tuple[list[Entry], list[Entry]]:
    """Return what to delete from the central base and what to add to it.

    Only entries whose address begins with ours are ours: those of other towns stay.
    """
    ours = [entry for entry in known if entry.management_url.startswith(base_url)]
    wanted = list(wanted)
    kept = {entry.key for entry in ours}
    right = {entry.key for entry in wanted}
    return (
        [entry for entry in ours if entry.key not in right],
        [entry for entry in wanted if entry.key not in kept],
    )
