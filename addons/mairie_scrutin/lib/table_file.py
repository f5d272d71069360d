"""A table that people paste or send as CSV: any usual separator, any usual header.

Nothing is lost: each line keeps its number and its whole text.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

SEPARATORS = (";", "\t", ",")


class TableError(ValueError):
    """The table as a whole cannot be read. ``code``: empty, no_header."""

    def __init__(self, code: str, missing: Sequence[str] = ()):
        super().__init__(code)
        self.code = code
        self.missing = tuple(missing)


@dataclass(frozen=True)
class Row:
    """One line: its number in the file, its text, its values by field."""

    number: int
    raw: str
    values: dict[str, str]


def decode(content: bytes) -> str:
    """Return the text of a file: UTF-8, or what spreadsheets in France still write.

    >>> decode("école".encode("cp1252")), decode("école".encode("utf-8-sig"))
    ('école', 'école')
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def simplify(words: str) -> str:
    """Return words as headers are compared: no accent, no sign, small letters.

    >>> simplify("N° du Bureau"), simplify("Code_BV")
    ('n du bureau', 'code bv')
    """
    bare = unicodedata.normalize("NFKD", words.replace("°", " "))
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign)).lower()
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def read_table(
    text: str, headers: Mapping[str, Sequence[str]], required: Sequence[str]
) -> list[Row]:
    """Return the rows of a table whose first line names the columns.

    :param headers: field -> names that its column may bear; unknown columns are left
    :param required: fields whose column must be there
    :raise TableError: nothing in it, or a required column is missing

    >>> read_table("BV;Nom\\n5;Martin", {"code": ["bv"], "name": ["nom"]}, ["code"])
    [Row(number=2, raw='5;Martin', values={'code': '5', 'name': 'Martin'})]
    """
    lines = text.splitlines()
    first = next((rank for rank, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise TableError("empty")
    separator = max(SEPARATORS, key=lines[first].count)
    known = {
        simplify(alias): name for name, names in headers.items() for alias in names
    }
    columns = [known.get(simplify(cell)) for cell in _cells(lines[first], separator)]
    missing = [name for name in required if name not in columns]
    if missing:
        raise TableError("no_header", missing)
    rows = []
    for number, raw in enumerate(lines[first + 1 :], first + 2):
        if not raw.strip(f"{separator} \t"):
            continue
        pairs = zip(columns, _cells(raw, separator), strict=False)
        values = {name: cell.strip() for name, cell in pairs if name}
        rows.append(Row(number, raw, values))
    return rows


def _cells(line, separator):
    return next(csv.reader(io.StringIO(line), delimiter=separator), [])


def read_hour(text: str) -> float | None:
    """Return a local hour, None when it is not one.

    >>> read_hour("8 h 30"), read_hour("13:00"), read_hour("18h"), read_hour("25")
    (8.5, 13.0, 18.0, None)
    """
    found = re.fullmatch(r"\s*(\d{1,2})\s*(?:[hH:.]\s*(\d{2})?)?\s*", text)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    value = hour + minute / 60
    return value if value <= 24 and minute < 60 else None


def read_day(text: str) -> date | None:
    """Return a day written as in France or as in ISO, None when it is not one.

    >>> read_day("02/03/1961"), read_day("1961-03-02"), read_day("31/02/1961")
    (datetime.date(1961, 3, 2), datetime.date(1961, 3, 2), None)
    """
    french = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text.strip())
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text.strip())
    try:
        if french:
            return date(int(french[3]), int(french[2]), int(french[1]))
        return date(*(int(part) for part in iso.groups())) if iso else None
    except ValueError:
        return None
