"""A list of agents as town halls keep it: a spreadsheet saved as CSV, in French."""

import csv
import io
import unicodedata
from dataclasses import dataclass, field

# What the head of a column may say, without accents, for each value that we keep.
HEADS = {
    "number": ("matricule", "numero", "n", "no", "identifiant", "login"),
    "last_name": ("nom", "nom de famille", "nom usuel"),
    "first_name": ("prenom", "prenoms"),
    "name": ("nom prenom", "nom et prenom", "prenom nom", "agent", "nom complet"),
    "service": ("service", "direction", "affectation", "departement"),
    "site": ("site", "lieu", "lieu de travail", "residence administrative"),
    "job": ("fonction", "metier", "poste", "emploi", "grade"),
    "phone": ("telephone", "tel", "mobile", "portable", "telephone mobile"),
    "email": ("email", "e mail", "mail", "courriel", "adresse e mail"),
}
NO_NUMBER, NO_NAME, TWICE = "no_number", "no_name", "twice"
DELIMITERS = ";\t,"


@dataclass
class Row:
    """One line of the file.

    :param line: number in the file, the head being line 1
    :param errors: codes ``no_number``, ``no_name``, ``twice``
    """

    line: int
    number: str = ""
    name: str = ""
    service: str = ""
    site: str = ""
    job: str = ""
    phone: str = ""
    email: str = ""
    errors: list[str] = field(default_factory=list)


class HeadError(ValueError):
    """The first line names neither a staff number nor a name."""


class NotTextError(ValueError):
    """The file is no text: a workbook, a picture, anything but a CSV."""


def plain(text: str) -> str:
    """Small letters, without accents, dashes or dots: what two spellings share.

    >>> plain("  Prénom / N° ")
    'prenom n'
    """
    text = text.replace("°", " ")
    flat = unicodedata.normalize("NFKD", text)
    letters = (sign if sign.isalnum() else " " for sign in flat if sign.isascii())
    return " ".join("".join(letters).lower().split())


def decode(content: bytes) -> str:
    """Read a file saved by LibreOffice (UTF-8) or Excel (Windows, or Unicode).

    :raise NotTextError: a workbook, a picture or the like

    >>> decode("Prénom".encode("utf-16"))
    'Prénom'
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise NotTextError
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_agents(content: bytes) -> list[Row]:
    """Read a file of agents; no line is dropped, those in error say why.

    :raise HeadError: no column for the number, or none for the name
    :raise NotTextError: see :func:`decode`

    >>> rows = read_agents("Matricule;Nom;Prénom\\n00123;BENSAÏD;Karim\\n;X;".encode())
    >>> [(row.number, row.name, row.errors) for row in rows]
    [('00123', 'Karim Bensaïd', []), ('', 'X', ['no_number'])]
    """
    text = decode(content).lstrip("\n\r")
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns = _find_columns(next(lines, []))
    rows = [
        _read_row(number, cells, columns)
        for number, cells in enumerate(lines, start=2)
        if any(cell.strip() for cell in cells)
    ]
    _mark_twice(rows)
    return rows


def _find_columns(head):
    columns = {}
    for index, title in enumerate(head):
        for key, words in HEADS.items():
            if plain(title) in words and key not in columns:
                columns[key] = index
    if "number" not in columns or not columns.keys() & {"name", "last_name"}:
        raise HeadError(head)
    return columns


def _read_row(line, cells, columns):
    def get(key):
        index = columns.get(key)
        value = cells[index] if index is not None and index < len(cells) else ""
        return " ".join(value.replace("\xa0", " ").split())

    name = get("name") or f"{get('first_name')} {_name_case(get('last_name'))}".strip()
    row = Row(line, number=get("number"), name=name)
    for key in ("service", "site", "job", "phone", "email"):
        setattr(row, key, get(key))
    if not row.number:
        row.errors.append(NO_NUMBER)
    if not row.name:
        row.errors.append(NO_NAME)
    return row


def _name_case(name):
    """Family names come in capitals; on a screen they are read as names.

    >>> _name_case("LE GOFF-DUPRÉ")
    'Le Goff-Dupré'
    """
    return name.title() if name.isupper() and len(name) > 1 else name


def _mark_twice(rows):
    seen = set()
    for row in rows:
        if row.number and row.number in seen:
            row.errors.append(TWICE)
        seen.add(row.number)
