"""The register of a mandatory reading."""

from datetime import date, timedelta

import pytest
from mairie_social.lib.register import (
    fingerprint,
    hide_small,
    reading_minutes,
    reminder_due,
    tenths,
)

ASKED = date(2026, 12, 1)


def test_a_hundred_of_143_are_69_9_percent():
    assert tenths(100, 143) == 699


def test_one_missing_reader_is_never_a_hundred_percent():
    assert tenths(4999, 5000) == 999
    assert tenths(0, 0) == 0


@pytest.mark.parametrize(
    ("day", "sent", "who"),
    [
        (0, 0, None),
        (2, 0, None),
        (3, 0, "reader"),
        (3, 1, None),
        (7, 1, "reader"),
        (9, 2, None),
        (10, 2, "manager"),
        (30, 3, None),
        (20, 0, "reader"),
    ],
)
def test_reader_on_days_3_and_7_then_the_manager(day, sent, who):
    assert reminder_due(ASKED, ASKED + timedelta(days=day), sent) == who


def test_fingerprint_changes_with_one_letter_and_not_with_the_order():
    facts = {"title": "Note", "rows": [{"name": "Karim", "read": ""}]}
    same = {"rows": [{"read": "", "name": "Karim"}], "title": "Note"}
    assert fingerprint(facts) == fingerprint(same)
    assert fingerprint(facts) != fingerprint({**facts, "title": "Notes"})
    assert len(fingerprint(facts)) == 64


def test_services_of_fewer_than_five_are_added_up():
    rows = [("Voirie", 12, 3), ("Culture", 4, 4), ("Archives", 3, 0)]
    assert hide_small(rows) == ([("Voirie", 12, 3)], (7, 4))


def test_a_small_remainder_takes_a_service_with_it():
    """Total minus what is shown would tell of two people."""
    rows = [("Voirie", 12, 3), ("Culture", 6, 5), ("Archives", 2, 0)]
    shown, others = hide_small(rows)
    assert shown == [("Voirie", 12, 3)]
    assert others == (8, 5)


@pytest.mark.parametrize(
    "sizes", [(5, 5), (1,), (4, 9), (1, 1, 1, 1), (2, 6, 7), (1, 5)]
)
def test_nobody_is_told_by_subtraction(sizes):
    rows = [(str(index), size, 0) for index, size in enumerate(sizes)]
    shown, (others, _read) = hide_small(rows)
    assert others == 0 or others >= 5 or not shown
    assert sum(row[1] for row in shown) + others == sum(sizes)


def test_a_short_text_takes_a_minute():
    assert reading_minutes(0) == 1
    assert reading_minutes(401) == 3
