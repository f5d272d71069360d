"""Files of results of the ministry, 2014 to 2026, and the towns' long open-data form.

Headers change with nearly every election, so columns are found by a dictionary of names
(accents, case, signs and numbers aside), never by their place. Three layouts:

``numbered``  2024 to 2026: ``Voix 1``, ``Voix 2``…: each block of columns has its number
``repeated``  2017 to 2022: only the first block of columns has headers, rows go on
``long``      2014 by station, open data of towns: one row for each list

What cannot be read is in ``errors`` with its number, its reason and its text, as for the
record of the préfecture: ``parse`` never raises on content and loses no row.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from .prefecture_record import LineError, StationLine, decode

HEADERS = {
    "departement": "codedudepartement codedepartement departement coddpt",
    "departement_name": "libelledudepartement libelledepartement",
    "commune": "codedelacommune codecommune commune codcom",
    "commune_name": "libelledelacommune libellecommune nomcommune nomdelacommune",
    "bureau": "codedubvote codebvote nobureauvote nbureauvote codebv numerodubureau "
    "numerobureau codedubureaudevote bureau",
    "circonscription": "codedelacirconscription codecirconscriptionlegislative "
    "codecirco codecirconscription",
    "canton": "codeducanton codecanton canton",
    "secteur": "codesecteur",
    "secteur_name": "libellesecteur",
    "round": "notour ntour tour numtour",
    "year": "annee",
    "type_code": "typedescrutin type typescrutin",
    "inscrits": "inscrits",
    "abstentions": "abstentions",
    "votants": "votants",
    "emargements": "votantsemargement emargements votantsemargements",
    "blancs": "blancs",
    "nuls": "nuls",
    "exprimes": "exprimes",
    "place": "lieudevote",
}
BLOCK = {
    "panneau": "npanneau npan nliste noliste numerodepanneau panneau numeropanneau",
    "sex": "sexe sexecandidat",
    "nom": "nom nomcandidat nomtetedeliste tetedeliste nomdelatetedeliste",
    "prenom": "prenom prenomcandidat",
    "nuance": "nuance codenuance nuanceliste nuancecandidat nuancebinome codenuanceliste",
    "short_name": "libelleabregeliste libelleabregedeliste",
    "name": "liste libelledeliste libelleetenduliste binome libelleliste candidat "
    "nomliste libelledelaliste",
    "voix": "voix",
    "elected": "elu",
    "seats_cm": "siegeselu siegesaucm sieges",
    "seats_sector": "siegessecteur",
    "seats_cc": "siegescc siegesaucc",
}
FIXED_NAMES = {name: key for key, names in HEADERS.items() for name in names.split()}
BLOCK_NAMES = {name: key for key, names in BLOCK.items() for name in names.split()}
COUNTS = ("inscrits", "votants", "blancs", "nuls", "exprimes")
DEPARTEMENTS = {
    "ZA": "971",
    "ZB": "972",
    "ZC": "973",
    "ZD": "974",
    "ZM": "976",
    "ZN": "988",
    "ZP": "987",
    "ZS": "975",
    "ZW": "986",
}
NUMBER = re.compile(r"\d{1,9}")
SPACES = re.compile(r"[\s\u00a0\u202f]")
PREAMBLE = 60  # lines in which the headers are looked for


@dataclass(frozen=True)
class ListVotes:
    """A list, a pair or a candidate in one row."""

    panneau: str
    votes: int
    name: str = ""
    head: str = ""
    nuance: str = ""
    seats_cm: int | None = None
    seats_cc: int | None = None
    elected: bool = False


@dataclass(frozen=True)
class Place:
    """A polling station, or a commune or a sector where the file stops there.

    :ivar commune: INSEE code of five characters; ``bureau``: "" above the station
    :ivar emargements: None where the file does not tell them; likewise ``blancs`` and
        ``nuls`` (files before 2014 have them together, or have none)
    """

    departement: str
    commune: str
    bureau: str
    inscrits: int
    votants: int
    exprimes: int
    blancs: int | None
    nuls: int | None
    lists: tuple[ListVotes, ...]
    emargements: int | None = None
    commune_name: str = ""
    secteur: str = ""
    round: str = ""
    line: int = field(default=0, compare=False)
    raw: str = field(default="", compare=False)


@dataclass(frozen=True)
class MinistryFile:
    """A file as read.

    :ivar layout: ``numbered``, ``repeated``, ``long`` or "" when no header was found
    """

    layout: str
    places: tuple[Place, ...] = ()
    errors: tuple[LineError, ...] = ()
    preamble: tuple[str, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ";"

    @property
    def level(self):
        """What a row is: ``bureau``, ``secteur`` or ``commune``."""
        first = self.places[0] if self.places else None
        if first and first.bureau:
            return "bureau"
        return "secteur" if first and first.secteur else "commune"


class _Refused(Exception):
    def __init__(self, code, **params):
        self.code, self.params = code, params


@dataclass(frozen=True)
class _Header:
    """Where each figure is. ``blocks``: one {name: column} for each list."""

    fixed: dict
    blocks: tuple
    layout: str
    width: int


def normal(name):
    """A header without accents, case, spaces or signs.

    >>> normal("Code du b.vote"), normal("% Exp/Ins"), normal("N°Panneau")
    ('codedubvote', '%expins', 'npanneau')
    """
    plain = unicodedata.normalize("NFKD", name.replace("°", ""))
    return re.sub(r"[^a-z0-9%]", "", plain.encode("ascii", "ignore").decode().lower())


def parse(data):
    """Read a file. :param data: bytes (UTF-8, else Windows-1252) or text"""
    text, encoding = decode(data)
    lines = text.replace("\0", "").splitlines()
    for delimiter in (";", "\t", ","):
        for rank, line in enumerate(lines[:PREAMBLE]):
            header = _read_header(_cells(line, delimiter))
            if header:
                body = list(enumerate(lines[rank + 1 :], rank + 2))
                rows = [(n, raw, _cells(raw, delimiter)) for n, raw in body]
                found = _read_rows(header, rows)
                return replace(
                    found,
                    preamble=tuple(lines[:rank]),
                    encoding=encoding,
                    delimiter=delimiter,
                )
    errors = [
        LineError(number, "unknown", raw)
        for number, raw in enumerate(lines, 1)
        if raw.strip()
    ]
    return MinistryFile("", errors=tuple(errors), encoding=encoding)


def parse_rows(rows: Iterable[Sequence[str]]):
    """The same for the cells of a spreadsheet, all as text."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(
        [" ".join(str(cell).split()) for cell in row] for row in rows
    )
    return parse(out.getvalue())


def _cells(line, delimiter):
    if '"' not in line:
        return [cell.strip() for cell in line.split(delimiter)]
    try:
        row = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        row = line.split(delimiter)
    return [cell.strip() for cell in row]


def _read_header(cells):
    """The columns of a line of headers, None for any other line."""
    names = [normal(cell) for cell in cells]
    fixed, numbered, plain = {}, {}, {}
    for column, name in enumerate(names):
        base = name.rstrip("0123456789")
        if name in FIXED_NAMES:
            fixed.setdefault(FIXED_NAMES[name], column)
        elif base in BLOCK_NAMES and base != name:
            block = numbered.setdefault(int(name[len(base) :][:4]), {})
            block.setdefault(BLOCK_NAMES[base], column)
        elif name in BLOCK_NAMES:
            plain.setdefault(BLOCK_NAMES[name], column)
    if "inscrits" not in fixed or "commune" not in fixed:
        return None
    width = len(cells)
    while width and not cells[width - 1]:
        width -= 1
    if numbered and all("voix" in block for block in numbered.values()):
        blocks = tuple(numbered[number] for number in sorted(numbered))
        return _Header(fixed, blocks, "numbered", width)
    if "voix" not in plain:
        return None
    layout = "long" if _is_long(fixed, plain, names) else "repeated"
    return _Header(fixed, (plain,), layout, width)


def _is_long(fixed, plain, names):
    """One row a list: columns of the station come after those of the list, or no
    percentage of the votes closes the block while the round is told row by row."""
    if "place" in fixed:
        return True
    return "round" in fixed and not any("%voix" in name for name in names)


def _read_rows(header, rows):
    errors, places, seen = [], [], {}
    for number, raw, cells in rows:
        if not any(cells):
            continue
        try:
            place = _read_place(header, cells, number, raw)
            if header.layout == "long":
                _join_long(places, seen, place)
            else:
                _check_once(seen, place)
                places.append(place)
        except _Refused as refused:
            errors.append(LineError(number, refused.code, raw, refused.params))
    return MinistryFile(header.layout, tuple(places), tuple(errors))


def _key(place):
    return place.commune, place.secteur, place.bureau, place.round


def _check_once(seen, place):
    first = seen.setdefault(_key(place), place.line)
    if first != place.line:
        what = place.bureau or place.secteur or place.commune
        raise _Refused("duplicate_station", bureau=what, first=first)


def _join_long(places, seen, place):
    """Add the list of a row to its station."""
    rank = seen.setdefault(_key(place), len(places))
    if rank == len(places):
        places.append(place)
        return
    known = places[rank]
    for name in COUNTS:
        if getattr(known, name) != getattr(place, name):
            raise _Refused("other_figures", column=name, first=known.line)
    panneau = place.lists[0].panneau
    if panneau in [row.panneau for row in known.lists]:
        raise _Refused("duplicate_list", panneau=panneau)
    places[rank] = replace(
        known, lists=known.lists + place.lists, raw=f"{known.raw}\n{place.raw}"
    )


def _read_place(header, cells, number, raw):
    def text(name):
        column = header.fixed.get(name)
        return cells[column] if column is not None and column < len(cells) else ""

    if len(cells) <= max(header.fixed.values()):
        wanted = max(header.fixed.values()) + 1
        raise _Refused("too_short", count=len(cells), expected=wanted)
    counts = {
        name: _number(text(name), name)
        for name in COUNTS
        if name in header.fixed or name in ("inscrits", "votants", "exprimes")
    }
    extra = text("emargements")
    departement = text("departement").upper()
    return Place(
        departement=DEPARTEMENTS.get(departement, departement.zfill(2)),
        commune=commune_code(departement, text("commune")),
        commune_name=text("commune_name"),
        bureau=text("bureau"),
        secteur=text("secteur"),
        round=text("round"),
        blancs=counts.pop("blancs", None),
        nuls=counts.pop("nuls", None),
        **counts,
        emargements=_number(extra, "emargements") if extra else None,
        lists=tuple(_read_lists(header, cells)),
        line=number,
        raw=raw,
    )


def commune_code(departement, commune):
    """INSEE code of a commune, from the codes of any of these files.

    >>> commune_code("ZD", "411"), commune_code("1", "4"), commune_code("2A", "2A004")
    ('97411', '01004', '2A004')
    """
    commune = commune.upper()
    if not commune:
        raise _Refused("empty_code", column="commune")
    if len(commune) >= 5:
        return commune[:5]
    code = DEPARTEMENTS.get(departement.upper(), departement.upper())
    if not code:
        raise _Refused("empty_code", column="departement")
    return code.zfill(2)[:2] + commune.zfill(3)


def _read_lists(header, cells):
    blocks = _repeat(header, cells) if header.layout == "repeated" else header.blocks
    seen = set()
    for rank, block in enumerate(blocks, 1):
        row = {
            name: cells[column] if column < len(cells) else ""
            for name, column in block.items()
        }
        if not any(row.values()):
            continue
        found = _read_list(row, rank)
        if found.panneau in seen:
            raise _Refused("duplicate_list", panneau=found.panneau)
        seen.add(found.panneau)
        yield found


def _repeat(header, cells):
    """The columns of each block, from those of the first."""
    (first,) = header.blocks
    start = min(first.values())
    size = header.width - start
    end = len(cells)
    while end > start and not cells[end - 1]:
        end -= 1
    count = -(-(end - start) // size)
    for turn in range(count):
        shift = turn * size
        if first["voix"] + shift >= end:
            raise _Refused("odd_pair", count=end - start)
        yield {name: column + shift for name, column in first.items()}


def _read_list(row, rank):
    head = " ".join(filter(None, (row.get("prenom"), row.get("nom"))))
    name = row.get("name") or row.get("short_name") or head
    panneau = row.get("panneau") or str(rank)
    return ListVotes(
        panneau=panneau.zfill(3) if panneau.isdigit() else panneau[:3],
        votes=_number(row.get("voix", ""), "voix"),
        name=name,
        head=head if head != name else "",
        nuance=row.get("nuance", ""),
        seats_cm=_seats(row.get("seats_cm", "")),
        seats_cc=_seats(row.get("seats_cc", "")),
        elected=row.get("elected", "").lower() in ("elu", "élu", "oui"),
    )


def _seats(cell):
    return int(cell) if NUMBER.fullmatch(cell) else None


def _number(cell, column):
    cell = SPACES.sub("", cell)
    if not (cell.isascii() and NUMBER.fullmatch(cell)):
        raise _Refused("not_a_number", column=column, value=cell[:40])
    return int(cell)


def to_station_line(place, *, type_code, year, round):
    """A station as a line of the préfecture's record, for the same import.

    Émargements that the file does not tell are the votants; blancs and nuls that it does
    not tell apart are all blancs.
    """
    blancs, nuls = place.blancs, place.nuls
    if nuls is None:
        rest = place.votants - place.exprimes - (blancs or 0)
        blancs, nuls = (rest, 0) if blancs is None else (blancs, rest)
    size = 3 if place.commune.startswith(("97", "98")) else 2
    return StationLine(
        sequence="",
        type_code=type_code,
        year=str(year),
        round=place.round or str(round),
        departement=place.commune[:size],
        commune=place.commune[size:].zfill(3),
        bureau=place.bureau.zfill(4) if place.bureau.isdigit() else place.bureau,
        flag="I",
        inscrits=place.inscrits,
        abstentions=place.inscrits - place.votants,
        votants=place.votants,
        emargements=place.votants if place.emargements is None else place.emargements,
        blancs=blancs or 0,
        nuls=nuls,
        exprimes=place.exprimes,
        votes=tuple((row.panneau, row.votes) for row in place.lists),
        line=place.line,
        raw=place.raw,
    )


FIXED_2026 = (
    "Code département;Libellé département;Code commune;Libellé commune;Code BV;Inscrits;"
    "Votants;% Votants;Abstentions;% Abstentions;Exprimés;% Exprimés/inscrits;"
    "% Exprimés/votants;Blancs;% Blancs/inscrits;% Blancs/votants;Nuls;"
    "% Nuls/inscrits;% Nuls/votants"
).split(";")
BLOCK_2026 = (
    "Numéro de panneau;Nom candidat;Prénom candidat;Sexe candidat;Nuance liste;"
    "Libellé abrégé de liste;Libellé de liste;Voix;% Voix/inscrits;% Voix/exprimés;Elu;"
    "Sièges au CM;Sièges au CC"
).split(";")


def write_2026(places, departement_name=""):
    """The wide file of 2026, UTF-8 text: 13 columns for each list.

    :param places: stations, all with their lists in the same order
    """
    width = max((len(place.lists) for place in places), default=0)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    numbered = [f"{name} {k}" for k in range(1, width + 1) for name in BLOCK_2026]
    writer.writerow([*FIXED_2026, *numbered])
    for place in places:
        writer.writerow(_row_2026(place, departement_name))
    return out.getvalue()


LONG = (
    "annee;tour;departement;commune;libelle_commune;bureau;inscrits;abstentions;votants;"
    "emargements;blancs;nuls;exprimes;panneau;liste;tete_de_liste;nuance;voix"
).split(";")


def write_long(places, *, year, round):
    """One row a station and a list, UTF-8 text: for spreadsheets and pivot tables."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(LONG)
    for place in places:
        head = [year, round, place.departement, place.commune, place.commune_name]
        head += [place.bureau, place.inscrits, place.inscrits - place.votants]
        head += [place.votants, place.emargements, place.blancs, place.nuls]
        for item in place.lists:
            row = [item.panneau, item.name, item.head, item.nuance, item.votes]
            writer.writerow([*head, place.exprimes, *row])
    return out.getvalue()


def percent(part, whole):
    """As the ministry writes it: two figures after a comma.

    >>> percent(556, 957), percent(0, 0)
    ('58,10%', '0,00%')
    """
    scaled = (20000 * part + whole) // (2 * whole) if whole else 0
    return f"{scaled // 100},{scaled % 100:02d}%"


def _row_2026(place, departement_name):
    ins, vot, exp = place.inscrits, place.votants, place.exprimes
    row = [place.departement, departement_name, place.commune, place.commune_name]
    row += [place.bureau, ins, vot, percent(vot, ins), ins - vot]
    row += [percent(max(ins - vot, 0), ins), exp, percent(exp, ins), percent(exp, vot)]
    for count in (place.blancs, place.nuls):
        row += [count, percent(count, ins), percent(count, vot)]
    for item in place.lists:
        first, _space, last = item.head.partition(" ")
        row += [item.panneau, last or first, first if last else "", "", item.nuance]
        row += ["", item.name, item.votes, percent(item.votes, ins)]
        row += [percent(item.votes, exp), "élu" if item.elected else ""]
        row += ["" if n is None else n for n in (item.seats_cm, item.seats_cc)]
    return row
