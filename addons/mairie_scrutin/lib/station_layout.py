"""How a polling station is set up: booths, tables, tellers, packets of a hundred.

Whole numbers in, whole numbers out: no registered voters, nothing is needed.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

VOTERS_PER_BOOTH = 300
SCRUTATEURS_PER_TABLE = 4
PACKET = 100


@dataclass(frozen=True)
class Layout:
    """What a station needs for its number of voters; each figure >= 0."""

    booths: int
    tables: int
    scrutateurs: int


def booths_needed(inscrits: int) -> int:
    """Return the number of booths: one for each 300 registered voters or part of it.

    Source: Code électoral, L62.

    >>> booths_needed(957), booths_needed(900), booths_needed(0)
    (4, 3, 0)
    """
    return -(-max(inscrits, 0) // VOTERS_PER_BOOTH)


def layout(inscrits: int, tables: int | None = None) -> Layout:
    """Return booths, tables and tellers of a station.

    Tables never outnumber the booths, and each takes four tellers at least.

    :param tables: tables wished for; as many as the law allows when None
    Source: Code électoral, L62 and L65.

    >>> layout(957)
    Layout(booths=4, tables=4, scrutateurs=16)
    >>> layout(957, tables=2)
    Layout(booths=4, tables=2, scrutateurs=8)
    """
    booths = booths_needed(inscrits)
    opened = booths if tables is None else max(0, min(tables, booths))
    return Layout(booths, opened, opened * SCRUTATEURS_PER_TABLE)


def best_table(
    tables: int, seated: Iterable[tuple[int, Hashable]], wanted: Hashable = None
) -> int:
    """Return the table, from 1, where the next teller is best placed; 0 without tables.

    The tellers of one list are spread over the tables as far as can be, then the table
    with the fewest tellers comes first. Source: Code électoral, L65.

    :param seated: (table, list that proposed him or None) of each teller there is
    :param wanted: the list of the teller to place

    >>> best_table(3, [(1, "A"), (2, "B")], "A")
    3
    >>> best_table(2, [(1, "A"), (2, "B"), (2, "C")], "A")
    2
    >>> best_table(2, [(1, "A"), (1, "B"), (2, None)])
    2
    """
    seated = list(seated)
    tellers = Counter(table for table, _list in seated)
    same = Counter(table for table, row in seated if wanted and row == wanted)
    places = range(1, tables + 1)
    return min(places, key=lambda n: (same[n], tellers[n], n), default=0)


def packets(envelopes: int) -> tuple[int, int]:
    """Return how many packets of a hundred, and what the last one holds (0 if none).

    Source: Code électoral, R65-1.

    >>> packets(556), packets(600), packets(0)
    ((5, 56), (6, 0), (0, 0))
    """
    return divmod(max(envelopes, 0), PACKET)


def normalise_code(code: str) -> str:
    """Return the number of a station as files write it: four signs, capitals.

    Only the leading figures are filled up: ``136A`` and ``JUS1`` stay as they are.

    >>> [normalise_code(code) for code in ("5", "101", "12a", "136A", "jus1", " 0005 ")]
    ['0005', '0101', '012A', '136A', 'JUS1', '0005']
    """
    bare = re.sub(r"\s+", "", code).upper()
    return bare.zfill(4) if bare[:1].isdigit() else bare
