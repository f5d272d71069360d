"""One meeting as an iCalendar file (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone

PARIS = "Europe/Paris"
#: Rules of the zone of metropolitan France since 1996.
VTIMEZONE_PARIS = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Paris",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "DTSTART:19970330T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True)
class Meeting:
    """A meeting for a calendar: aware datetimes, a UID that never changes.

    ``sequence`` grows at each change, so that calendars replace what they hold.
    """

    uid: str
    sequence: int
    start: datetime
    end: datetime
    stamp: datetime
    summary: str
    location: str = ""
    description: str = ""
    zone: str = PARIS
    cancelled: bool = False


def render(meeting: Meeting) -> str:
    """Return the text of the file, lines folded at 75 bytes and ended by CRLF."""
    return _file([meeting], [f"METHOD:{'CANCEL' if meeting.cancelled else 'PUBLISH'}"])


def render_all(meetings: Iterable[Meeting]) -> str:
    """Return a calendar to subscribe to: every meeting, cancelled ones as such.

    Calendars ask for it again by themselves, four times a day.
    """
    return _file(
        list(meetings),
        [
            "METHOD:PUBLISH",
            "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
            "X-PUBLISHED-TTL:PT6H",
        ],
    )


def _file(meetings, head):
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mairie for Odoo//mairie_elus//FR",
        "CALSCALE:GREGORIAN",
        *head,
        *(VTIMEZONE_PARIS if any(row.zone == PARIS for row in meetings) else ()),
        *(line for row in meetings for line in _event(row)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _event(meeting):
    in_paris = meeting.zone == PARIS
    return [
        "BEGIN:VEVENT",
        f"UID:{meeting.uid}",
        f"SEQUENCE:{meeting.sequence}",
        f"DTSTAMP:{_utc(meeting.stamp)}",
        f"DTSTART{_moment(meeting.start, in_paris)}",
        f"DTEND{_moment(meeting.end, in_paris)}",
        f"SUMMARY:{_text(meeting.summary)}",
        f"LOCATION:{_text(meeting.location)}",
        f"DESCRIPTION:{_text(meeting.description)}",
        f"STATUS:{'CANCELLED' if meeting.cancelled else 'CONFIRMED'}",
        "END:VEVENT",
    ]


def _utc(moment):
    return f"{moment.astimezone(timezone.utc):%Y%m%dT%H%M%SZ}"


def _moment(moment, in_paris):
    """Local time with its zone in metropolitan France, else the instant in UTC."""
    if in_paris:
        return f";TZID={PARIS}:{moment:%Y%m%dT%H%M%S}"
    return f":{_utc(moment)}"


def _text(value):
    for char, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(char, escaped)
    return value.replace("\r", "")


def _fold(line):
    """Cut a line at 75 bytes without cutting a character."""
    pieces, current = [], ""
    for char in line:
        if len((current + char).encode()) > (75 if not pieces else 74):
            pieces.append(current)
            current = ""
        current += char
    return "\r\n ".join([*pieces, current])
