"""A calendar file (RFC 5545) of one event, written without any library."""

from collections.abc import Iterator
from datetime import datetime


def event_file(
    uid: str,
    start: datetime,
    stop: datetime,
    stamp: datetime,
    summary: str,
    location: str = "",
    description: str = "",
    url: str = "",
    sequence: int = 0,
    cancelled: bool = False,
) -> str:
    """Return the text of an ``.ics`` file; lines end with CR LF and fold at 75 bytes.

    :param start: naive UTC, as ``stop`` and ``stamp``
    :param sequence: grows by one each time the event moves, else calendars ignore it
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mairie for Odoo//mairie_rdv//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:" + ("CANCEL" if cancelled else "PUBLISH"),
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"SEQUENCE:{sequence}",
        f"DTSTAMP:{_utc(stamp)}",
        f"DTSTART:{_utc(start)}",
        f"DTEND:{_utc(stop)}",
        "STATUS:" + ("CANCELLED" if cancelled else "CONFIRMED"),
        f"SUMMARY:{_escape(summary)}",
        *(f"LOCATION:{_escape(text)}" for text in (location,) if text),
        *(f"DESCRIPTION:{_escape(text)}" for text in (description,) if text),
        *(f"URL:{text}" for text in (url,) if text),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _fold(line))


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%SZ")


def _escape(text: str) -> str:
    for found, written in (
        ("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"),
    ):  # fmt: skip
        text = text.replace(found, written)
    return text


def _fold(line: str) -> Iterator[str]:
    """Cut a line at 75 bytes, never inside a character (RFC 5545, 3.1)."""
    part, size = "", 0
    for char in line:
        width = len(char.encode())
        if size + width > 75:
            yield part
            part, size = " ", 1
        part, size = part + char, size + width
    yield part
