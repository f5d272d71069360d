"""Order of the council ("ordre du tableau"): CGCT, L2121-1 II."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

MAIRE, ADJOINT = "maire", "adjoint"


@dataclass(frozen=True)
class Seat:
    """What the order needs to know of one councillor.

    ``function_rank`` is the order of election of a deputy mayor (1 for the first).
    ``election_date`` is the oldest one since the last full renewal of the council.
    """

    key: Any
    function: str
    function_rank: int = 0
    election_date: date = date.max
    votes: int = 0
    birthdate: date = date.max


def tableau_order(seats: Iterable[Seat]) -> list:
    """Return the keys in legal order: mayor, deputies, then the other councillors.

    Deputies follow the order of their election; councillors the date of theirs, then
    their votes, then their age, never their rank on the list. Several mandates of
    one date, number of votes and birthday keep the order in which they were given.
    """
    return [seat.key for seat in sorted(seats, key=_rank)]


def _rank(seat):
    if seat.function == MAIRE:
        return (0,)
    if seat.function == ADJOINT:
        return (1, seat.function_rank)
    return (2, seat.election_date, -seat.votes, seat.birthdate)
