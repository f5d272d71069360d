"""The flat record that a commune sends to its préfecture: one line a polling station.

``seq;type;year;round;département;commune;station;flag;inscrits;abstentions;votants;
émargements;blancs;nuls;exprimés;number of lists;{panneau;votes}*``

No ministry specification is public: order and names come from real files. So nothing is
guessed twice: codes stay text with their zeros, the order of the lists is kept, a line
that cannot be read is reported with its number, its reason and its text, and
``write(parse(data).stations)`` gives the same bytes for the body of a real file.
"""

from dataclasses import dataclass, field

HEAD = (
    "sequence",
    "type_code",
    "year",
    "round",
    "departement",
    "commune",
    "bureau",
    "flag",
    "inscrits",
    "abstentions",
    "votants",
    "emargements",
    "blancs",
    "nuls",
    "exprimes",
    "list_count",
)
NUMBERS = (*HEAD[8:16],)
SEPARATOR = ";"


@dataclass(frozen=True)
class StationLine:
    """One line, codes as text, figures as whole numbers.

    :ivar votes: ((panneau, votes), ...) in the order of the line
    :ivar line: number in the file, from 1; 0 when made by us
    :ivar raw: the line as read
    """

    sequence: str
    type_code: str
    year: str
    round: str
    departement: str
    commune: str
    bureau: str
    flag: str
    inscrits: int
    abstentions: int
    votants: int
    emargements: int
    blancs: int
    nuls: int
    exprimes: int
    votes: tuple[tuple[str, int], ...]
    line: int = field(default=0, compare=False)
    raw: str = field(default="", compare=False)

    @property
    def commune_insee(self):
        """INSEE code of five characters: département (2, or 3 overseas) + commune."""
        if len(self.departement) == 3:
            return self.departement + self.commune[-2:]
        return self.departement + self.commune

    @property
    def ballot(self):
        """What all lines of one file share: election, round, commune, lists."""
        panneaux = tuple(sorted(panneau for panneau, _votes in self.votes))
        key = (self.type_code, self.year, self.round, self.commune_insee)
        return (*key, panneaux)


@dataclass(frozen=True)
class LineError:
    """A line that was not taken: why, and its text, so that nothing is lost.

    Codes: ``too_short`` (count, expected), ``not_a_number`` (column, value),
    ``list_count`` (announced, found), ``odd_pair``, ``duplicate_list`` (panneau),
    ``duplicate_station`` (bureau, first), ``other_ballot`` (first), ``empty_code``
    (column).
    """

    line: int
    code: str
    raw: str
    params: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """A file as read: its stations, its rejected lines, its leading lines and ending."""

    stations: tuple[StationLine, ...]
    errors: tuple[LineError, ...]
    preamble: tuple[str, ...] = ()
    newline: str = "\n"
    encoding: str = "utf-8"

    @property
    def panneaux(self):
        """Lists in the order of the first station."""
        return tuple(p for p, _votes in self.stations[0].votes) if self.stations else ()


class _Refused(Exception):
    def __init__(self, code, **params):
        self.code, self.params = code, params


def parse(data):
    """Read a file. Never raises on content: what cannot be read is in ``errors``.

    :param data: bytes (UTF-8, else Windows-1252) or text
    :return: ``Record``
    """
    text, encoding = decode(data)
    newline = "\r\n" if "\r\n" in text else "\n"
    stations: list[StationLine] = []
    errors: list[LineError] = []
    preamble: list[str] = []
    seen: dict[str, int] = {}
    for number, raw in enumerate(text.split("\n"), 1):
        raw = raw.rstrip("\r")
        if not raw.strip():
            continue
        if not stations and not errors and _is_preamble(raw):
            preamble.append(raw)
            continue
        try:
            station = _read_line(raw, number)
            _check_against(station, stations, seen)
        except _Refused as refused:
            errors.append(LineError(number, refused.code, raw, refused.params))
            continue
        seen[station.bureau] = number
        stations.append(station)
    return Record(tuple(stations), tuple(errors), tuple(preamble), newline, encoding)


def write(stations, newline="\r\n"):
    """Return the body of the file for ``stations``, each line ended."""
    return "".join(_write_line(station) + newline for station in stations)


def decode(data):
    """Text of a file and its encoding: UTF-8, else Windows-1252."""
    if isinstance(data, str):
        return data.removeprefix("\ufeff"), "utf-8"
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "cp1252"


def _is_preamble(raw):
    """A comment, or a line of column names: its figures hold no digit alone."""
    if raw.startswith("#"):
        return True
    cells = raw.split(SEPARATOR)
    return len(cells) > 1 and not any(_is_number(cell) for cell in cells)


def _is_number(cell):
    cell = cell.strip()
    return cell.removeprefix("-").isascii() and cell.removeprefix("-").isdigit()


def _read_line(raw, number):
    cells = [cell.strip() for cell in raw.split(SEPARATOR)]
    if len(cells) < len(HEAD):
        raise _Refused("too_short", count=len(cells), expected=len(HEAD))
    head = dict(zip(HEAD, cells, strict=False))
    for column in ("departement", "commune", "bureau"):
        if not head[column]:
            raise _Refused("empty_code", column=column)
    for column in NUMBERS:
        head[column] = _number(head[column], column)
    votes = _read_votes(cells[len(HEAD) :], head.pop("list_count"))
    return StationLine(**head, votes=votes, line=number, raw=raw)


def _read_votes(cells, announced):
    while cells and not cells[-1]:  # some tools end each line with separators
        cells = cells[:-1]
    if len(cells) % 2:
        raise _Refused("odd_pair", count=len(cells))
    if len(cells) // 2 != announced:
        raise _Refused("list_count", announced=announced, found=len(cells) // 2)
    votes: dict[str, int] = {}
    for panneau, value in zip(cells[::2], cells[1::2], strict=True):
        if not panneau:
            raise _Refused("empty_code", column="panneau")
        if panneau in votes:
            raise _Refused("duplicate_list", panneau=panneau)
        votes[panneau] = _number(value, f"panneau {panneau}")
    return tuple(votes.items())


def _number(cell, column):
    if not _is_number(cell) or len(cell) > 9:
        raise _Refused("not_a_number", column=column, value=cell[:40])
    return int(cell)


def _check_against(station, stations, seen):
    if station.bureau in seen:
        first = seen[station.bureau]
        raise _Refused("duplicate_station", bureau=station.bureau, first=first)
    if stations and station.ballot != stations[0].ballot:
        raise _Refused("other_ballot", first=stations[0].line)


def _write_line(station):
    cells = [getattr(station, column) for column in HEAD[:-1]]
    cells.append(len(station.votes))
    for pair in station.votes:
        cells.extend(pair)
    return SEPARATOR.join(str(cell) for cell in cells)
