"""Reading a list of council members from a spreadsheet: nothing lost, every error said.

The columns bear our names or those of the national register of elected people
(répertoire national des élus); order, capitals and accents do not matter.
"""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

COLUMNS = {
    "civility": ("civilite", "code sexe", "sexe", "titre"),
    "first_name": ("prenom", "prenom de l elu"),
    "last_name": ("nom", "nom de l elu", "nom de naissance"),
    "birthdate": ("date de naissance", "ne le", "nee le", "naissance"),
    "function": ("fonction", "libelle de la fonction", "qualite"),
    "function_rank": ("rang", "rang d adjoint", "ordre", "numero d adjoint"),
    "groupe": ("groupe", "liste", "groupe politique"),
    "election_date": ("date d election", "elu le", "elue le", "election"),
    "date_from": ("debut du mandat", "date de debut du mandat", "en fonction le"),
    "votes": ("voix", "suffrages", "nombre de voix"),
    "email": ("e mail", "email", "courriel", "adresse electronique", "mel"),
    "phone": ("telephone", "mobile", "portable", "tel"),
    "channel": ("convocation", "canal", "convoque par"),
    "paper_address": ("adresse", "adresse postale"),
    "delegation": ("delegation",),
}
REQUIRED = ("first_name", "last_name")
_ORDINALS = ["premier", "deuxieme", "troisieme", "quatrieme", "cinquieme", "sixieme"]
_ORDINALS += ["septieme", "huitieme", "neuvieme", "dixieme", "onzieme", "douzieme"]
_WOMAN = {"madame", "mme", "f", "femme", "mlle"}
_MAN = {"monsieur", "m", "mr", "h", "homme"}
_PAPER = {"papier", "courrier", "poste"}
_MAIL = {"", "e mail", "email", "courriel", "mail", "mel"}
_EMAIL = re.compile(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,.]+")


class FileError(ValueError):
    """The file as a whole cannot be read: the sentence says why, in French."""


@dataclass
class Row:
    """One line: what is understood, what is not, and the line as it was."""

    number: int
    raw: dict
    values: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)

    @property
    def name(self) -> str:
        first = self.values.get("first_name", "")
        return f"{first} {self.values.get('last_name', '')}".strip()


def read(content: bytes) -> tuple[list[str], list[Row]]:
    """Return the header and the rows of a CSV file, empty lines left out.

    :raise FileError: no header, or no column for the names
    """
    lines = read_cells(decode(content))
    if not lines:
        raise FileError("Le fichier est vide.")
    header = [cell.strip() for cell in lines[0]]
    known = _match(header)
    missing = [COLUMNS[name][0] for name in REQUIRED if name not in known.values()]
    if missing:
        raise FileError(
            "Colonnes introuvables sur la première ligne : " + ", ".join(missing) + "."
        )
    rows = [
        _read_row(number, header, known, line)
        for number, line in enumerate(lines[1:], 2)
        if any(cell.strip() for cell in line)
    ]
    _refuse_doubles(rows)
    return header, rows


def write_back(header: list[str], rows: list[Row]) -> bytes:
    """Return the rows as they came, with their errors in a last column, ready to mend."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([*header, "Erreur"])
    for row in rows:
        cells = [row.raw.get(name, "") for name in header]
        writer.writerow([*map(_harmless, cells), " ".join(row.errors)])
    return target.getvalue().encode("utf-8-sig")


def _harmless(cell):
    """A spreadsheet would run a cell that begins like a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell


def simplify(text: str) -> str:
    """Return a text without accent, capital or sign, to compare names.

    >>> simplify("  Élu·e LE : "), simplify("Rang d'adjoint")
    ('elu e le', 'rang d adjoint')
    """
    plain = unicodedata.normalize("NFKD", text.replace("·", " "))
    plain = plain.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", plain.lower()).strip()


def read_cells(text: str) -> list[list[str]]:
    """Return the cells of a CSV text, whatever separates them.

    :raise FileError: not a table
    """
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=None), delimiter=delimiter))
    except csv.Error:
        raise FileError("Ce fichier n'est pas un tableau CSV.") from None


def decode(content: bytes) -> str:
    """Return a text written as UTF-8, else as Windows writes it in France."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _match(header):
    """Return index of column -> name of ours; an unknown column is kept as it is."""
    alias = {text: name for name, texts in COLUMNS.items() for text in texts}
    found = {}
    for index, cell in enumerate(header):
        name = alias.get(simplify(cell))
        if name and name not in found.values():
            found[index] = name
    return found


def _read_row(number, header, known, line):
    cells = [cell.strip() for cell in line]
    raw = dict(zip(header, cells, strict=False))
    row = Row(number, raw)
    if len(cells) > len(header):
        row.errors.append("Cette ligne a plus de cellules que la première.")
    given = {name: cells[i] for i, name in known.items() if i < len(cells)}
    for name in COLUMNS:
        _READERS.get(name, _read_text)(row, name, given.get(name, ""))
    _check(row)
    return row


def _read_text(row, name, text):
    row.values[name] = text


def _read_civility(row, name, text):
    word = simplify(text)
    if word in _WOMAN:
        row.values[name] = "madame"
    elif word in _MAN:
        row.values[name] = "monsieur"
    else:
        row.values[name] = ""
        row.errors.append(f"Civilité « {text} » : écrire Madame ou Monsieur.")


def _read_date(row, name, text):
    row.values[name] = None
    if text:
        row.values[name] = parse_date(text)
        if not row.values[name]:
            row.errors.append(f"Date « {text} » : écrire JJ/MM/AAAA.")


def parse_date(text: str) -> date | None:
    """Return a date written JJ/MM/AAAA or AAAA-MM-JJ, None if it is none.

    >>> parse_date("08/06/1968"), parse_date("31/02/2026")
    (datetime.date(1968, 6, 8), None)
    """
    french = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    english = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    parts = french.groups()[::-1] if french else english and english.groups()
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def _read_number(row, name, text):
    digits = re.sub(r"\s", "", text)
    row.values[name] = int(digits) if digits.isdecimal() else 0
    if digits and not digits.isdecimal():
        row.errors.append(f"Nombre « {text} » : écrire des chiffres.")


def _read_function(row, name, text):
    """Return the function and, of "2e adjoint au maire", its rank."""
    words = simplify(text)
    row.values[name] = "conseiller"
    if not words or "conseiller" in words:
        delegated = "delegue" in words and "communautaire" not in words
        row.values[name] = "conseiller_delegue" if delegated else "conseiller"
    elif "adjoint" in words:
        row.values[name] = "adjoint"
        row.values["rank_of_function"] = _ordinal(words)
    elif words.startswith("maire"):
        row.values[name] = "maire"
    else:
        row.errors.append(
            f"Fonction « {text} » : écrire maire, adjoint, conseiller délégué ou conseiller."
        )


def _ordinal(words):
    number = re.search(r"\d+", words)
    if number:
        return int(number.group())
    stems = [word.replace("premiere", "premier") for word in words.split()]
    known = [_ORDINALS.index(stem) + 1 for stem in stems if stem in _ORDINALS]
    return known[0] if known else 0


def _read_email(row, name, text):
    row.values[name] = text.lower()
    if text and not _EMAIL.fullmatch(text):
        row.errors.append(f"Adresse « {text} » : ce n'est pas un e-mail.")


def _read_channel(row, name, text):
    word = simplify(text)
    row.values[name] = "paper" if word in _PAPER else "email"
    if word not in _PAPER and word not in _MAIL:
        row.errors.append(f"Convocation « {text} » : écrire e-mail ou papier.")


def _check(row):
    """Add what only the whole line tells."""
    values = row.values
    rank = values.pop("rank_of_function", 0)
    values["function_rank"] = values["function_rank"] or rank
    if not (values["first_name"] and values["last_name"]):
        row.errors.append("Le prénom et le nom sont nécessaires.")
    if values["function"] == "adjoint" and not values["function_rank"]:
        row.errors.append("Rang de l'adjoint manquant : 1 pour le premier.")
    if values["channel"] == "paper" and not values["paper_address"]:
        row.errors.append("Convocation sur papier : l'adresse manque.")
    if values["channel"] == "email" and not values["email"]:
        row.errors.append(
            "E-mail manquant : l'ajouter, ou écrire « papier » dans la colonne "
            "Convocation et remplir Adresse."
        )


def _refuse_doubles(rows):
    """Two lines for one person, two mayors: said on the second line."""
    seen, mayor = {}, None
    for row in rows:
        key = (simplify(row.name), row.values.get("birthdate"))
        if row.name and key in seen:
            row.errors.append(f"Déjà lu à la ligne {seen[key]}.")
        seen.setdefault(key, row.number)
        if row.values["function"] == "maire":
            if mayor:
                row.errors.append(f"Un seul maire : déjà lu à la ligne {mayor}.")
            mayor = mayor or row.number


_READERS = {
    "civility": _read_civility,
    "birthdate": _read_date,
    "election_date": _read_date,
    "date_from": _read_date,
    "function": _read_function,
    "function_rank": _read_number,
    "votes": _read_number,
    "email": _read_email,
    "channel": _read_channel,
}
