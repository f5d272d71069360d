"""The register of a mandatory reading: its figures, its reminders, its fingerprint."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date

#: Days after publication on which a reader who has not read is reminded.
READER_DAYS = (3, 7)
#: Days after publication on which the manager is told how many are missing.
MANAGER_DAYS = 10
WORDS_PER_MINUTE = 200
READER, MANAGER = "reader", "manager"


def fingerprint(facts: Mapping) -> str:
    """Return the SHA-256, in hexadecimal, of facts written in one only way.

    Sorted keys, no space, UTF-8: whoever has the facts finds the same figure again.

    >>> fingerprint({"b": 1, "a": "é"}) == fingerprint({"a": "é", "b": 1})
    True
    """
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def tenths(part: int, whole: int) -> int:
    """Return the share in tenths of a percent, cut and never rounded up.

    143 readers of whom 142 have read are not "100 %".

    >>> tenths(100, 143)
    699
    """
    return part * 1000 // whole if whole else 0


def reminder_due(expected: date, today: date, sent: int) -> str | None:
    """Tell whom to remind about one reader who has not read.

    :param expected: local day on which the reading was asked
    :param today: local day
    :param sent: reminders sent so far, to the reader and then to the manager
    :return: ``reader``, ``manager`` or None
    """
    days = (today - expected).days
    if sent < len(READER_DAYS):
        return READER if days >= READER_DAYS[sent] else None
    if sent == len(READER_DAYS) and days >= MANAGER_DAYS:
        return MANAGER
    return None


def reading_minutes(words: int) -> int:
    """Return how long a text takes to read, at least one minute.

    >>> reading_minutes(320)
    2
    """
    return max(1, -(-words // WORDS_PER_MINUTE))


def hide_small(rows: list[tuple], smallest: int = 5) -> tuple[list[tuple], tuple]:
    """Never show fewer than ``smallest`` people alone, nor by subtraction.

    Services too small are added up; if their sum is still too small, the smallest
    service shown joins them, so that total minus services tells nothing either.

    :param rows: ``(label, total, read)``
    :return: rows that may be shown, and ``(total, read)`` of all the others

    >>> hide_small([("Voirie", 20, 11), ("Culture", 6, 6), ("Archives", 2, 0)])
    ([('Voirie', 20, 11)], (8, 6))
    """
    ordered = sorted(rows, key=lambda row: (row[1], row[0]))
    hidden = [row for row in ordered if row[1] < smallest]
    shown = [row for row in ordered if row[1] >= smallest]
    while shown and hidden and sum(row[1] for row in hidden) < smallest:
        hidden.append(shown.pop(0))
    names = {row[0] for row in shown}
    others = (sum(row[1] for row in hidden), sum(row[2] for row in hidden))
    return [row for row in rows if row[0] in names], others
