"""The ministry's file of candidacies: one line a person, read as a stream.

Pure: lines of text come in, lists of people go out. The national file of 2026 weighs
145 MB: whoever reads it keeps the lines of one constituency, by ``wanted``. Headers change
at almost every election: they are found by a dictionary, not by their place. A line that
cannot be read is never lost: it comes back with its number, its text and its reason.

Where voters choose people (législatives, départementales), a line is a candidate or a pair
with the substitutes of the declaration, and has no rank.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from .table_file import read_day

#: Our name -> headers met, once reduced by ``_reduced``
HEADERS = {
    "code": (
        "code circonscription",
        "code de la circonscription",
        "code commune",
        "code de la commune",
        "code canton",
        "code du canton",
        "code secteur",
    ),
    "place": ("circonscription", "libelle commune", "commune", "libelle canton"),
    "panneau": (
        "numero de panneau",
        "numero panneau",
        "n panneau",
        "no panneau",
        "n de panneau",
        "n pan",
        "panneau",
        "numero panneau binome",
    ),
    "short": ("libelle abrege de liste", "libelle abrege liste"),
    "name": ("libelle de la liste", "libelle de liste", "libelle etendu liste"),
    "nuance": (
        "code nuance de liste",
        "code nuance",
        "nuance liste",
        "nuance candidat",
        "nuance binome",
        "code nuance binome",
        "code nuance candidat",
        "code nuance du binome",
        "nuance",
    ),
    "head": ("tete de liste",),
    "ordre": ("ordre", "numero d ordre"),
    "sexe": ("sexe", "sexe du candidat"),
    "nom": ("nom sur le bulletin de vote", "nom"),
    "prenom": ("prenom sur le bulletin de vote", "prenom"),
    "nationalite": ("nationalite",),
    "cc": ("cc",),
    "section": (
        "code de la section departementale",
        "section departementale",
        "libelle de la section departementale",
        "section",
    ),
}
#: The people of a line that has no rank (législatives, départementales): the ministry
#: writes these columns otherwise at each election. A header is read word by word: what
#: is told, of whom, and for a pair which of the two, in any order.
TOLD = {
    ("nom",): "nom",
    ("nom", "usage"): "nom",
    ("prenom",): "prenom",
    ("prenoms",): "prenom",
    ("sexe",): "sexe",
    ("civilite",): "sexe",
    ("date", "naissance"): "birth",
    ("date", "naiss"): "birth",
    ("naissance",): "birth",
    ("ne", "le"): "birth",
}
SUBSTITUTE = {"remplacant", "remplacante", "suppleant", "suppleante"}
TITULAR = {"candidat", "candidate", "titulaire", "binome", "membre"}
RANKS = {
    "1er": "1",
    "premier": "1",
    "premiere": "1",
    "2e": "2",
    "2eme": "2",
    "second": "2",
    "seconde": "2",
    "deuxieme": "2",
}
SMALL_WORDS = {
    "du",
    "de",
    "la",
    "d",
    "l",
    "n",
    "no",
    "numero",
    "sur",
    "bulletin",
    "vote",
}
PAIR = (1, 2)
NEEDED = ("panneau", "ordre", "nom")
SEXES = {
    "m": "M",
    "masculin": "M",
    "h": "M",
    "homme": "M",
    "monsieur": "M",
    "f": "F",
    "feminin": "F",
    "femme": "F",
    "mme": "F",
    "madame": "F",
}
DELIMITERS = ";\t,"


class UnknownFileError(ValueError):
    """The first line does not hold the columns of such a file.

    :ivar missing: our names of the columns that are not there
    """

    def __init__(self, missing):
        self.missing = tuple(missing)
        super().__init__(f"Columns not found: {', '.join(missing)}")


@dataclass(frozen=True)
class Person:
    """One candidate.

    :ivar cc_ordre: rank among those of the community list, or 0
    :ivar section: département of a regional list, where ranks start again, or ""
    :ivar birth: date of birth, None where the file does not tell
    :ivar substitute: whoever takes the seat when it becomes vacant (L155, L210-1)
    """

    ordre: int
    nom: str
    prenom: str
    sexe: str
    nationalite: str
    cc_ordre: int = 0
    section: str = ""
    birth: date | None = None
    substitute: "Person | None" = None

    @property
    def label(self):
        return " ".join(filter(None, (self.prenom, self.nom)))


@dataclass(frozen=True)
class ListRow:
    """One list, its people in order. ``line``: number of its first line."""

    panneau: str
    name: str
    short: str
    nuance: str
    head: str
    people: tuple[Person, ...]
    line: int


@dataclass(frozen=True)
class Refused:
    """A line that could not be taken: ``code`` and ``params`` make the sentence.

    Codes: ``missing`` (column), ``not_a_number`` (column, value), ``rank_twice``
    (ordre, first).
    """

    line: int
    raw: str
    code: str
    params: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Candidacies:
    """What the file says of one constituency.

    :ivar lists: in the order of the panels
    :ivar seen: number of lines read, header left out
    :ivar places: the first codes of the other constituencies met, a help when
        nothing is found
    """

    lists: tuple[ListRow, ...]
    refused: tuple[Refused, ...] = ()
    seen: int = 0
    places: tuple[str, ...] = ()


def read(lines: Iterable[str], wanted: Iterable[str]) -> Candidacies:
    """Keep the lists of the constituencies ``wanted``.

    :param lines: text of the file, header first, with or without line ends
    :param wanted: codes, as ``75056SR16`` or ``49007``; none: everything
    :raise UnknownFileError: not such a file

    >>> text = ["Code circonscription;Numéro de panneau;Libellé de la liste;Ordre;"
    ...         "Sexe;Nom sur le bulletin de vote;CC", "49007;1;Ensemble;1;F;ROY;OUI"]
    >>> read(text, ["49007"]).lists[0].people[0].cc_ordre
    1
    """
    wanted = {code.strip().upper() for code in wanted if code}
    stream = iter(lines)
    header = next(stream, "").lstrip("\ufeff")
    delimiter = max(DELIMITERS, key=header.count)
    columns = _columns(next(csv.reader([header], delimiter=delimiter), []))
    rows: dict[str, list] = {}
    refused: list[Refused] = []
    places: dict[str, None] = {}
    seen = 0
    for number, raw in enumerate(stream, 2):
        if not raw.strip():
            continue
        seen += 1
        elsewhere = wanted and not any(code in raw for code in wanted)
        if elsewhere and len(places) == 5:
            continue  # nearly every line of the national file: not worth a look
        row = _row(raw, columns, delimiter)
        code = row.get("code", "").upper()
        if wanted and code not in wanted:
            if code and len(places) < 5:
                places.setdefault(code)
            continue
        found = _people(row, number, raw)
        if isinstance(found, Refused):
            refused.append(found)
            continue
        items = rows.setdefault(_panneau(row["panneau"]), [])
        items += [(person, row, number) for person in found]
    built = [_list(panneau, items, refused) for panneau, items in sorted(rows.items())]
    refused.sort(key=lambda item: item.line)
    return Candidacies(tuple(built), tuple(refused), seen, tuple(places))


def decode(chunks: Iterable[bytes]) -> Iterator[str]:
    """Lines of a file that comes in pieces; UTF-8, else the old Windows alphabet."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        yield from map(_text, whole)
    if rest:
        yield _text(rest)


def _text(line):
    try:
        return line.decode("utf-8").rstrip("\r")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace").rstrip("\r")


def _reduced(header):
    plain = unicodedata.normalize("NFKD", header).encode("ascii", "ignore").decode()
    return " ".join("".join(c if c.isalnum() else " " for c in plain.lower()).split())


def _columns(headers):
    """Our name -> place of the column."""
    found = {}
    reduced = [_reduced(header) for header in headers]
    for name, known in HEADERS.items():
        for header in known:
            if header in reduced:
                found[name] = reduced.index(header)
                break
    found |= _columns_alone(reduced)
    needed = ("panneau",) if _numbers(found) else NEEDED
    missing = [name for name in needed if name not in found]
    if missing:
        raise UnknownFileError(missing)
    return found


def _columns_alone(reduced):
    """Columns of people without a rank: ``nom.`` of a candidate, ``nom.1`` of a pair."""
    found = {}
    for place, header in enumerate(reduced):
        name = _told_of(header)
        if name:
            found.setdefault(name, place)
    return found


def _told_of(header):
    """What a column tells, and of whom; "" for one of no use here.

    >>> _told_of("prenom du remplacant 2"), _told_of("candidat1 nom"), _told_of("nom")
    ('substitute_prenom.2', 'nom.1', '')
    """
    words = re.sub(r"(?<=[a-z])(?=[12]\b)", " ", header).split()
    words = [RANKS.get(word, word) for word in words if word not in SMALL_WORDS]
    ranks = [word for word in words if word in ("1", "2")]
    people = SUBSTITUTE.union(TITULAR, ("1", "2"))
    told = TOLD.get(tuple(word for word in words if word not in people))
    someone = people.intersection(words)
    if not told or not someone or len(ranks) > 1:
        return ""
    prefix = "substitute_" if SUBSTITUTE.intersection(words) else ""
    return f"{prefix}{told}.{''.join(ranks)}"


def _numbers(columns):
    """Marks of the people of a line: ("",) alone, (1, 2) a pair, () for a list."""
    if "ordre" in columns:
        return ()
    if all(f"nom.{number}" in columns for number in PAIR):
        return PAIR
    return ("",) if "nom." in columns else ()


def _row(raw, columns, delimiter):
    values = next(csv.reader([raw], delimiter=delimiter), [])
    return {
        name: values[place].strip() if place < len(values) else ""
        for name, place in columns.items()
    }


def _people(row, number, raw):
    """The people of a line, or why it cannot be taken."""
    marks = _numbers(row)
    if not marks:
        found = _person(row, number, raw)
        return found if isinstance(found, Refused) else [found]
    if not row["panneau"]:
        return Refused(number, raw, "missing", {"column": "panneau"})
    people = [_named(row, "", f".{mark}", rank) for rank, mark in enumerate(marks, 1)]
    if not all(people):
        return Refused(number, raw, "missing", {"column": "nom"})
    return [
        replace(person, substitute=_named(row, "substitute_", f".{mark}", person.ordre))
        for mark, person in zip(marks, people, strict=True)
    ]


def _named(row, prefix, mark, rank):
    """A person of a line without a rank; None without a name."""
    nom = row.get(f"{prefix}nom{mark}")
    if not nom:
        return None
    return Person(
        ordre=rank,
        nom=nom,
        prenom=row.get(f"{prefix}prenom{mark}", ""),
        sexe=SEXES.get(_reduced(row.get(f"{prefix}sexe{mark}", "")), ""),
        nationalite="",
        birth=read_day(row.get(f"{prefix}birth{mark}", "")),
    )


def _person(row, number, raw):
    for name in NEEDED:
        if not row[name]:
            return Refused(number, raw, "missing", {"column": name})
    if not row["ordre"].isdigit() or not int(row["ordre"]):
        params = {"column": "ordre", "value": row["ordre"]}
        return Refused(number, raw, "not_a_number", params)
    return Person(
        ordre=int(row["ordre"]),
        nom=row["nom"],
        prenom=row.get("prenom", ""),
        sexe=SEXES.get(_reduced(row.get("sexe", "")), ""),
        nationalite=row.get("nationalite", ""),
        section=row.get("section", ""),
    )


def _panneau(text):
    """Three figures, as in the préfecture's record.

    >>> _panneau("7"), _panneau("12B")
    ('007', '12B')
    """
    return text.zfill(3) if text.isdigit() else text


def _list(panneau, items, refused):
    """One list; the second person of a rank is refused with the line of the first."""
    by_rank: dict[tuple, tuple] = {}
    for person, row, number in items:
        place = (person.section, person.ordre)
        if place in by_rank:
            params = {"ordre": person.ordre, "first": by_rank[place][2]}
            raw = f"{panneau};{person.ordre};{person.nom};{person.prenom}"
            refused.append(Refused(number, raw, "rank_twice", params))
        else:
            by_rank[place] = (person, row, number)
    ordered = [by_rank[rank] for rank in sorted(by_rank)]
    people, rank = [], 0
    for person, row, _number in ordered:
        marked = _reduced(row.get("cc", "")) not in ("", "non", "n", "0")
        rank += marked
        people.append(replace(person, cc_ordre=rank if marked else 0))
    first = ordered[0][1]
    if _numbers(first):
        return ListRow(
            panneau=panneau,
            name=" et ".join(person.label for person in people),
            short="",
            nuance=first.get("nuance", ""),
            head="",
            people=tuple(people),
            line=ordered[0][2],
        )
    heads = [p.label for p, row, _n in ordered if _is_yes(row.get("head", ""))]
    return ListRow(
        panneau=panneau,
        name=first.get("name") or first.get("short") or people[0].label,
        short=first.get("short", ""),
        nuance=first.get("nuance", ""),
        head=heads[0] if heads else people[0].label,
        people=tuple(people),
        line=ordered[0][2],
    )


def _is_yes(text):
    return _reduced(text) in ("oui", "o", "x", "1", "true")
