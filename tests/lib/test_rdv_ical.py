"""The calendar file that a citizen adds to a phone."""

from datetime import datetime

from mairie_rdv.lib.ical import event_file

START = datetime(2026, 12, 17, 8, 20)
STOP = datetime(2026, 12, 17, 9, 0)
STAMP = datetime(2026, 12, 1, 10, 0)


def make(**vals):
    return event_file(
        "k7@ville", START, STOP, STAMP, vals.pop("summary", "Rendez-vous"), **vals
    )


def test_times_are_written_in_utc():
    text = make()
    assert "DTSTART:20261217T082000Z\r\nDTEND:20261217T090000Z\r\n" in text
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")


def test_separators_and_line_ends_are_escaped():
    text = make(location="2, place ; mairie", description="a\nb\\c")
    assert "LOCATION:2\\, place \\; mairie\r\n" in text
    assert "DESCRIPTION:a\\nb\\\\c\r\n" in text


def test_a_name_cannot_inject_a_line():
    assert "\r\nATTENDEE" not in make(summary="x\r\nATTENDEE:y")


def test_long_lines_fold_at_75_bytes_between_characters():
    text = make(description="é" * 200)
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "".join(lines).replace(" ", "").count("é") == 200


def test_a_move_is_a_higher_sequence_and_a_cancellation_says_so():
    text = make(sequence=2, cancelled=True)
    assert "SEQUENCE:2\r\n" in text
    assert "METHOD:CANCEL\r\n" in text
    assert "STATUS:CANCELLED\r\n" in text
