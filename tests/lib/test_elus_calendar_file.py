"""The calendar file of a meeting (RFC 5545)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from mairie_elus.lib.calendar_file import Meeting, render

PARIS = ZoneInfo("Europe/Paris")
START = datetime(2026, 12, 17, 19, 0, tzinfo=PARIS)


def meeting(**changes):
    facts = {
        "uid": "seance-7@example.org",
        "sequence": 0,
        "start": START,
        "end": START + timedelta(hours=2),
        "stamp": START - timedelta(days=9),
        "summary": "Conseil municipal",
        "location": "Salle du conseil, mairie",
    }
    return Meeting(**{**facts, **changes})


def test_local_time_comes_with_its_zone():
    text = render(meeting())
    assert "DTSTART;TZID=Europe/Paris:20261217T190000\r\n" in text
    assert text.count("BEGIN:VTIMEZONE") == 1


def test_overseas_gives_the_instant():
    start = datetime(2026, 12, 17, 19, 0, tzinfo=ZoneInfo("Indian/Reunion"))
    text = render(meeting(start=start, end=start, zone="Indian/Reunion"))
    assert "DTSTART:20261217T150000Z\r\n" in text
    assert "VTIMEZONE" not in text


def test_a_change_keeps_the_identity_and_grows_the_sequence():
    first, second = render(meeting()), render(meeting(sequence=1))
    assert "UID:seance-7@example.org\r\n" in first
    assert first.replace("SEQUENCE:0", "SEQUENCE:1") == second


def test_commas_and_semicolons_are_escaped():
    assert "LOCATION:Salle du conseil\\, mairie\r\n" in render(meeting())


def test_a_cancelled_meeting_says_so():
    text = render(meeting(cancelled=True))
    assert "METHOD:CANCEL" in text
    assert "STATUS:CANCELLED" in text


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc",))))
def test_no_line_is_longer_than_75_bytes(summary):
    lines = render(meeting(summary=summary)).split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
