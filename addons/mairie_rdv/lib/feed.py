"""A calendar file (RFC 5545) of several events, for a telephone that subscribes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .ical import _escape, _fold, _utc


@dataclass(frozen=True)
class Event:
    """One line of the calendar; ``start``, ``stop`` and ``stamp`` are naive UTC."""

    uid: str
    start: datetime
    stop: datetime
    stamp: datetime
    summary: str
    location: str = ""


def feed_file(name: str, events: Iterable[Event]) -> str:
    """Return the text of a calendar to subscribe to; read again every quarter."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mairie for Odoo//mairie_rdv//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escape(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
        "X-PUBLISHED-TTL:PT15M",
    ]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.uid}",
            f"DTSTAMP:{_utc(event.stamp)}",
            f"DTSTART:{_utc(event.start)}",
            f"DTEND:{_utc(event.stop)}",
            f"SUMMARY:{_escape(event.summary)}",
            *(f"LOCATION:{_escape(text)}" for text in (event.location,) if text),
            "CLASS:PRIVATE",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _fold(line))
