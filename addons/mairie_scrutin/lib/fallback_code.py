"""What a station tells without network, to dictate or to send by SMS.

A result makes four lines. Line 1: station, round, check. Line 2: inscrits, émargements, votants, blancs, nuls,
exprimés, annexes (X where none are counted), check. Line 3: votes in the order of the
lists, check. Line 4: four figures over all.

The check of a line follows the pure systems of ISO 7064 (MOD 97, radix 10): the sum of
``value * 10**rank`` is 1 modulo 97. As 97 is prime and 10 generates every remainder, any
single character that changes and any two characters that change places are seen. The
space between figures counts as a character: a figure cut elsewhere is seen too. Line 4
does the same modulo 9,973 over the three others together, so that lines of two messages
do not mix.

An opening, a turnout or a closing makes one line: station, round, word (OUV, VOT, CLO),
hour, voters so far, and four check figures modulo 9,973. So does the first or the second
hundred: word (CE1, CE2), blank, void, votes in the order of the lists.
"""

import re
from collections.abc import Sequence

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ -"
FIGURES = (
    "inscrits",
    "emargements",
    "votants",
    "blancs",
    "nuls",
    "exprimes",
    "annexes",
)
LINE, WHOLE = (97, 2), (9973, 4)
#: Word of a line of the day -> kind of the sending
DAY_WORDS = {"OUV": "opening", "VOT": "turnout", "CLO": "closing"}
#: Word of the line of a hundred -> kind of the entry
HUNDRED_WORDS = {"CE1": "centaine1", "CE2": "centaine2"}
DAY = re.compile(
    r"(?P<station>.+) (?P<tour>\d{1,9}) (?P<word>OUV|VOT|CLO) "
    r"(?P<hours>[01]\d|2[0-3])(?P<minutes>[0-5]\d)(?: (?P<votants>\d{1,7}))?"
)


class CodeError(ValueError):
    """A line that was misheard or mistyped.

    :ivar line: 1 to 4
    :ivar reason: "check", "shape" or "mixed"
    """

    def __init__(self, line, reason):
        super().__init__(f"line {line}: {reason}")
        self.line, self.reason = line, reason


def check_of(text: str, system: tuple[int, int] = LINE) -> str:
    """Return the check figures of ``text``, two or four digits.

    >>> check_of("0005 12")
    '64'
    """
    modulus, size = system
    total = 0
    for char in text:
        total = (total + ALPHABET.index(char)) * 10 % modulus
    for _rank in range(size - 1):
        total = total * 10 % modulus
    return f"{(1 - total) % modulus:0{size}d}"


def clean(line: str) -> str:
    """What was typed, in capitals, one space between figures."""
    return " ".join(line.upper().replace("\u00a0", " ").split())


def encode(station: str, tour: int, figures: Sequence, votes: Sequence[int]):
    """Return the four lines.

    :param station: number of the station, letters and digits
    :param tour: number of the round in the software
    :param figures: as in ``FIGURES``; annexes may be None
    :param votes: votes in the order of the lists
    """
    counted = ["X" if value is None else str(value) for value in figures]
    bodies = [f"{station.upper()} {tour}", " ".join(counted), " ".join(map(str, votes))]
    lines = [f"{body} {check_of(body)}" for body in bodies]
    return [*lines, check_of("-".join(lines), WHOLE)]


def decode(lines: Sequence[str]):
    """Return (station, tour, figures by name, votes) of four lines as typed.

    :raise CodeError: with the number of the line to have read again
    """
    lines = [clean(line) for line in lines]
    bodies = [_body(line, rank) for rank, line in enumerate(lines[:3], 1)]
    if check_of("-".join(lines[:3]), WHOLE) != lines[3]:
        raise CodeError(4, "mixed")
    station, _sep, tour = bodies[0].rpartition(" ")
    named = dict(zip(FIGURES, _numbers(bodies[1], 2), strict=False))
    if not station or not tour.isdecimal() or len(named) != len(FIGURES):
        raise CodeError(1 if not station or not tour.isdecimal() else 2, "shape")
    if None in [named[name] for name in FIGURES[:-1]]:
        raise CodeError(2, "shape")
    votes = _numbers(bodies[2], 3)
    if None in votes:
        raise CodeError(3, "shape")
    return station, int(tour), named, votes


def is_day(text: str) -> bool:
    """Whether what was typed is the one line of a day, and not the four of a result.

    >>> is_day("0005 12 OUV 0802 1234"), is_day("0005 12 64\\n957 555 …")
    (True, False)
    """
    return not DAY_WORDS.keys().isdisjoint(clean(text).split(" "))


def encode_day(station: str, tour: int, kind: str, hour: float, votants=None) -> str:
    """Return the line of an opening, of a turnout or of a closing.

    :param kind: one of the values of ``DAY_WORDS``
    :param hour: local hour, 8.5 for half past eight
    :param votants: voters so far; None for an opening

    >>> encode_day("0005", 12, "turnout", 12.0, 231)
    '0005 12 VOT 1200 231 5954'
    """
    word = next(word for word, known in DAY_WORDS.items() if known == kind)
    minutes = round(hour * 60)
    parts = [station.upper(), str(tour), word, f"{minutes // 60:02d}{minutes % 60:02d}"]
    if votants is not None:
        parts.append(str(votants))
    body = " ".join(parts)
    return f"{body} {check_of(body, WHOLE)}"


def decode_day(line: str):
    """Return (station, tour, kind, hour, votants or None) of a line as typed.

    :raise CodeError: line 1, to have read again
    """
    found = DAY.fullmatch(_body(clean(line), 1, WHOLE))
    kind = found and DAY_WORDS[found["word"]]
    if not found or (kind == "opening") != (found["votants"] is None):
        raise CodeError(1, "shape")
    hour = int(found["hours"]) + int(found["minutes"]) / 60
    votants = found["votants"] and int(found["votants"])
    return found["station"], int(found["tour"]), kind, hour, votants


def is_hundred(text: str) -> bool:
    """Whether what was typed is the one line of a hundred.

    >>> is_hundred("0005 12 CE1 3 2 60 35 3022"), is_hundred("0005 12 OUV 0802 1234")
    (True, False)
    """
    return not HUNDRED_WORDS.keys().isdisjoint(clean(text).split(" "))


def encode_hundred(station: str, tour: int, which: str, blancs, nuls, votes) -> str:
    """Return the line of a hundred.

    :param which: one of the values of ``HUNDRED_WORDS``
    :param votes: votes in the order of the lists

    >>> encode_hundred("0005", 12, "centaine1", 3, 2, [60, 35])
    '0005 12 CE1 3 2 60 35 3022'
    """
    word = next(word for word, known in HUNDRED_WORDS.items() if known == which)
    parts = [station.upper(), tour, word, blancs, nuls, *votes]
    body = " ".join(map(str, parts))
    return f"{body} {check_of(body, WHOLE)}"


def decode_hundred(line: str):
    """Return (station, tour, which, blancs, nuls, votes) of a line as typed.

    :raise CodeError: line 1, to have read again
    """
    parts = _body(clean(line), 1, WHOLE).split(" ")
    place = next((n for n, part in enumerate(parts) if part in HUNDRED_WORDS), 0)
    numbers = [*parts[place - 1 : place], *parts[place + 1 :]]
    if place < 2 or len(numbers) < 4 or not all(map(str.isdecimal, numbers)):
        raise CodeError(1, "shape")
    tour, blancs, nuls, *votes = map(int, numbers)
    station = " ".join(parts[: place - 1])
    return station, tour, HUNDRED_WORDS[parts[place]], blancs, nuls, votes


def _body(line, rank, system=LINE):
    """The line without its check figures, which are right."""
    body, _sep, check = line.rpartition(" ")
    if not body or any(char not in ALPHABET for char in line):
        raise CodeError(rank, "shape")
    if check_of(body, system) != check:
        raise CodeError(rank, "check")
    return body


def _numbers(body, rank):
    words = body.split(" ")
    if not all(word == "X" or word.isdecimal() for word in words):
        raise CodeError(rank, "shape")
    return [None if word == "X" else int(word) for word in words]
