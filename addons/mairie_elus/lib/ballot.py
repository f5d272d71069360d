"""Outcome of a vote: absolute majority, casting vote, accounts, what may be asked for.

Whole numbers only. What the president voted is never supplied: a tied public vote asks.
"""

from dataclasses import dataclass

from .notice import CAO, CCAS, COMMISSION

#: Hands or assent, the default; names are kept; ballots in an urn.
ORDINARY, PUBLIC, SECRET = "ordinary", "public", "secret"
POUR, CONTRE, ABSTENTION = "pour", "contre", "abstention"


class CastingVoteUnknownError(ValueError):
    """A tied vote by hands or by names: how the president voted decides."""


class OpenTieError(ValueError):
    """A tie that no text settles: the body's own rules do, and the clerk says how."""


@dataclass(frozen=True)
class Count:
    """What the urn or the hands said. ``blanc`` and ``nul``: secret ballots only."""

    pour: int
    contre: int
    abstention: int = 0
    blanc: int = 0
    nul: int = 0

    def __post_init__(self):
        if min(self.pour, self.contre, self.abstention, self.blanc, self.nul) < 0:
            raise ValueError("A number of votes is zero or more")

    @property
    def exprimes(self) -> int:
        """Votes for and against: abstentions, blanks and spoiled ones do not count."""
        return self.pour + self.contre

    @property
    def voters(self) -> int:
        """Everybody who was counted, pouvoirs included."""
        return self.exprimes + self.abstention + self.blanc + self.nul

    @property
    def needed(self) -> int:
        """Votes that make the absolute majority; 0 when nobody took sides."""
        return self.exprimes // 2 + 1 if self.exprimes else 0


@dataclass(frozen=True)
class Outcome:
    """Adopted or not, and by which rule.

    ``rule``: ``"majority"``, ``"casting_vote"`` (tie, the president prevails),
    ``"secret_tie"``, ``"undecided_tie"`` (the president took no side), ``"own_rules"``
    (tie, no text but the body's own rules), ``"nobody"`` (no vote was cast),
    ``"accounts"`` (no majority against).
    """

    adopted: bool
    rule: str
    unanimous: bool = False


def is_tie_open(body: str, mode: str, local_law: bool = False) -> bool:
    """Tell whether no text says what a tie leads to in that body.

    The social board: its president prevails, and nothing is written of a secret vote.
    Nothing at all for a tender committee, nor for a committee of the council save in
    Alsace-Moselle, where its president prevails.
    Source: CASF, R123-16 to R123-19; CGCT, L1414-2, L2121-22 and L2541-8.

    >>> is_tie_open("ccas", SECRET), is_tie_open("ccas", PUBLIC), is_tie_open("cao", PUBLIC)
    (True, False, True)
    """
    if body == CCAS:
        return mode == SECRET
    return body == CAO or body == COMMISSION and not local_law


def outcome(
    count: Count,
    mode: str = ORDINARY,
    *,
    president: str | None = None,
    accounts: bool = False,
    open_tie: bool = False,
    ruling: bool | None = None,
) -> Outcome:
    """Return what the body decided.

    :param mode: ``ORDINARY``, ``PUBLIC`` or ``SECRET``
    :param president: vote of whoever presides, asked for on a tie only
    :param accounts: the accounts of the mayor pass unless a majority is against
    :param open_tie: as ``is_tie_open`` says
    :param ruling: then, whether the body's own rules let it pass, asked for on a tie only
    :raise CastingVoteUnknownError: a tie that is not secret, ``president`` not given
    :raise OpenTieError: a tie of such a body, ``ruling`` not given
    Source: CGCT, L2121-20 (majority, casting vote), L1612-12 (accounts).

    >>> outcome(Count(7, 7, 2), PUBLIC, president=CONTRE)
    Outcome(adopted=False, rule='casting_vote', unanimous=False)
    """
    if accounts:
        return Outcome(count.contre <= count.pour, "accounts", _unanimous(count))
    if not count.exprimes:
        return Outcome(False, "nobody")
    if count.pour != count.contre:
        return Outcome(count.pour >= count.needed, "majority", _unanimous(count))
    if open_tie:
        return _outcome_of_open_tie(ruling)
    if mode == SECRET:
        return Outcome(False, "secret_tie")
    if president is None:
        raise CastingVoteUnknownError("How did the president vote?")
    if president == ABSTENTION:
        return Outcome(False, "undecided_tie")
    return Outcome(president == POUR, "casting_vote")


def _outcome_of_open_tie(ruling):
    if ruling is None:
        raise OpenTieError("What do the rules of this body say?")
    return Outcome(ruling, "own_rules")


def _unanimous(count):
    """Abstentions do not break unanimity (Sénat, 15666/2005)."""
    return bool(count.pour) and not (count.contre or count.blanc or count.nul)


def requests_for(mode: str, present: int) -> int:
    """Return how many members *present* make this mode of voting due.

    A quarter for names, a third for secrecy; pouvoirs do not count.
    Source: CGCT, L2121-21.

    >>> requests_for(SECRET, 11), requests_for(PUBLIC, 13)
    (4, 4)
    """
    shares = {PUBLIC: 4, SECRET: 3}
    if mode not in shares:
        raise ValueError("Only names and secrecy are asked for")
    return -(-present // shares[mode])


#: Members who may ask that the public leave: a council, an intercommunal one.
DOORS_COUNCIL, DOORS_EPCI = 3, 5


def may_ask_doors(
    asked: int, *, by_president: bool = False, epci: bool = False
) -> bool:
    """Tell whether closed doors are put to the vote.

    Source: CGCT, L2121-18 (three members or the mayor) and L5211-11 (five members).

    >>> may_ask_doors(2), may_ask_doors(0, by_president=True), may_ask_doors(4, epci=True)
    (False, True, False)
    """
    return by_president or asked >= (DOORS_EPCI if epci else DOORS_COUNCIL)


def closes_doors(votes_for: int, present_or_represented: int) -> bool:
    """Tell whether the meeting goes on behind closed doors.

    Absolute majority of members present *or represented*. Source: CGCT, L2121-18.

    >>> closes_doors(9, 16), closes_doors(8, 16)
    (True, False)
    """
    return 2 * votes_for > present_or_represented
