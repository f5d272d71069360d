"""The ministry's list of seats to fill: council and community council, by commune.

Pure: rows of values come in (from a spreadsheet or a CSV file), figures go out.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Our name -> headers met, reduced to small letters and figures
HEADERS = {
    "department": ("codedpt", "codedepartement"),
    "commune": ("codecommune",),
    "name": ("libcommune", "libellecommune"),
    "associated": ("codecomassociee",),
    "epci": ("libepci",),
    "stations": ("nbrebv",),
    "population": ("population",),
    "inscrits": ("inscrits",),
    "council": ("nbresapcom",),
    "community": ("nbresapepci",),
}
NEEDED = ("commune", "council")


class UnknownFileError(ValueError):
    """No line holds the headers of such a file."""


class NotANumberError(ValueError):
    """A figure of the commune is not a whole number. ``column`` and ``value`` say which."""

    def __init__(self, column, value):
        self.column, self.value = column, value
        super().__init__(f"{column}: {value!r}")


@dataclass(frozen=True)
class Seats:
    """Figures of one commune; None where the file is silent."""

    name: str
    epci: str
    council: int
    community: int | None
    population: int | None
    stations: int | None
    inscrits: int | None


def find(rows: Iterable[Sequence], insee: str) -> Seats | None:
    """Figures of a commune, or None when the file does not hold it.

    Lines of associated communes are left aside.

    :param rows: values line by line; the headers are within the first twenty lines
    :param insee: INSEE code, as ``49007`` or ``97411``
    :raise UnknownFileError: no headers of such a file
    :raise NotANumberError: a figure of that commune cannot be read

    >>> rows = [["CODE_DPT", "CODE_COMMUNE", "NBRE_SAP_COM"], ["49", "007", 55]]
    >>> find(rows, "49007").council
    55
    """
    columns = None
    for number, row in enumerate(rows):
        if columns is None:
            columns = _columns(row)
            if columns is None and number >= 20:
                break
            continue
        value = _reader(row, columns)
        if _insee(value) == insee and not value("associated"):
            return Seats(
                name=value("name"),
                epci=value("epci"),
                council=_whole("council", value("council")),
                **{
                    name: _whole(name, value(name)) if value(name) else None
                    for name in ("community", "population", "stations", "inscrits")
                },
            )
    if columns is None:
        raise UnknownFileError("No headers of the list of seats")
    return None


def _columns(row):
    reduced = [_reduced(value) for value in row]
    found = {
        name: reduced.index(header)
        for name, known in HEADERS.items()
        for header in known
        if header in reduced
    }
    return found if all(name in found for name in NEEDED) else None


def _reader(row, columns):
    def value(name):
        place = columns.get(name)
        if place is None or place >= len(row) or row[place] is None:
            return ""
        return str(row[place]).strip().removesuffix(".0")

    return value


def _insee(value):
    """The five characters, whether the file repeats the département or not."""
    commune, department = value("commune").upper(), value("department").upper()
    if len(commune) == 5 or not department:
        return commune.zfill(5)
    department = department.zfill(2)
    return department + commune.zfill(5 - len(department))


def _whole(column, text):
    plain = text.replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    if not plain.isdigit():
        raise NotANumberError(column, text)
    return int(plain)


def _reduced(value):
    text = unicodedata.normalize("NFKD", str(value or "")).lower()
    return "".join(char for char in text if char.isascii() and char.isalnum())
