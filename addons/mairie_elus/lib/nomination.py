"""Elections of persons and of lists: absolute majority twice, then relative, then age.

Whole numbers and fractions only. Ages come in as dates of birth, one for a person, all of
them for a list.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .french import NBSP

Key = Hashable
#: Rounds at which the absolute majority is asked for; the one after them is the last.
ABSOLUTE_ROUNDS = 2
LAST_ROUND = ABSOLUTE_ROUNDS + 1
ROUNDS = ("Premier tour", "Deuxième tour", "Troisième tour")
HOW = {
    "absolute": "à la majorité absolue",
    "relative": "à la majorité relative",
    "age": "au bénéfice de l'âge",
}
#: One candidate only, appointed without a vote (L2121-21).
UNOPPOSED = "unopposed"


class AgeUnknownError(ValueError):
    """Equal votes in the last round: a date of birth is missing, or both are equal.

    ``tied`` holds the candidates between whom age decides.
    """

    def __init__(self, tied):
        super().__init__("Age decides, and it is not known")
        self.tied = tuple(tied)


@dataclass(frozen=True)
class Verdict:
    """What a round decided.

    :ivar elected: the candidate, None when another round is needed
    :ivar rule: ``"absolute"``, ``"relative"``, ``"age"``, ``"none"`` (another round) or
        ``"nobody"`` (no vote was cast)
    :ivar exprimes: votes cast, blank and void ballots left out
    :ivar needed: the absolute majority, 0 when no vote was cast
    """

    elected: Key | None
    rule: str
    exprimes: int
    needed: int


def mean_birth(births: Sequence[date]) -> Fraction:
    """Return the mean day of birth: the smaller, the older.

    >>> mean_birth([date(1960, 1, 1), date(1960, 1, 2)]).denominator
    2
    """
    if not births:
        raise ValueError("A mean needs one date at least")
    return Fraction(sum(day.toordinal() for day in births), len(births))


def decide(
    votes: Mapping[Key, int],
    round_number: int,
    births: Mapping[Key, Sequence[date]] | None = None,
) -> Verdict:
    """Return who is elected by one round, if anybody is.

    :param votes: candidate or list -> votes, all >= 0
    :param round_number: 1 to 3
    :param births: candidate -> date of birth; list -> those of all its members
    :raise AgeUnknownError: equal in the last round, ages missing or equal
    Source: CGCT, L2121-21, L2122-7 (mayor) and L2122-7-2 (deputies, by list).

    >>> decide({"A": 8, "B": 7}, 1)
    Verdict(elected='A', rule='absolute', exprimes=15, needed=8)
    >>> decide({"A": 6, "B": 6, "C": 4}, 2).rule
    'none'
    """
    if not 1 <= round_number <= LAST_ROUND:
        raise ValueError("There are three rounds")
    if any(count < 0 for count in votes.values()):
        raise ValueError("A number of votes is zero or more")
    exprimes = sum(votes.values())
    if not exprimes:
        return Verdict(None, "nobody", 0, 0)
    needed = exprimes // 2 + 1
    best = max(votes.values())
    first = [key for key, count in votes.items() if count == best]
    if best >= needed:
        return Verdict(first[0], "absolute", exprimes, needed)
    if round_number < LAST_ROUND:
        return Verdict(None, "none", exprimes, needed)
    if len(first) == 1:
        return Verdict(first[0], "relative", exprimes, needed)
    return Verdict(_eldest(first, births or {}), "age", exprimes, needed)


def _eldest(tied, births):
    if any(not births.get(key) for key in tied):
        raise AgeUnknownError(tied)
    means = {key: mean_birth(births[key]) for key in tied}
    oldest = min(means.values())
    eldest = [key for key in tied if means[key] == oldest]
    if len(eldest) > 1:
        raise AgeUnknownError(eldest)
    return eldest[0]


def alternates(sexes: Sequence[str]) -> bool:
    """Tell whether a list is made of one woman and one man in turn.

    Source: CGCT, L2122-7-2 (lists of deputies, all communes since March 2026).

    >>> alternates(["F", "M", "F"]), alternates(["F", "F", "M"])
    (True, False)
    """
    return all(one != other for one, other in zip(sexes, sexes[1:], strict=False))


def round_sentence(
    counts: Sequence[tuple[str, int]],
    verdict: Verdict,
    *,
    round_number: int,
    blanc: int = 0,
    nul: int = 0,
    elected: str = "",
    feminine: bool = False,
    by_hand: bool = False,
) -> str:
    """Return the sentence of the minutes for one round, in French.

    :param counts: (name, votes) in the order of the candidates
    :param elected: name of who is elected, empty when nobody is
    :param feminine: a woman or a list is elected
    :param by_hand: the assembly has dropped the secret by unanimous decision

    >>> verdict = decide({"A": 8, "B": 7}, 1)
    >>> round_sentence([("A", 8), ("B", 7)], verdict, round_number=1, elected="A")
    ... # doctest: +NORMALIZE_WHITESPACE
    'Premier tour, au scrutin secret : A, 8 voix ; B, 7 voix. Suffrages exprimés : 15,
    majorité absolue : 8. A est élu à la majorité absolue.'
    """
    how = "à main levée" if by_hand else "au scrutin secret"
    each = f"{NBSP}; ".join(f"{name}, {count} voix" for name, count in counts)
    ballots = _ballots(blanc, nul)
    figures = f"Suffrages exprimés{NBSP}: {verdict.exprimes}"
    if verdict.needed and verdict.rule in ("absolute", "none"):
        figures = f"{figures}, majorité absolue{NBSP}: {verdict.needed}"
    return (
        f"{ROUNDS[round_number - 1]}, {how}{NBSP}: {each}{ballots}. {figures}. "
        f"{_end(verdict, round_number, elected, feminine)}"
    )


def result_words(
    seat: str, elected: str, *, feminine: bool, rule: str, round_number: int
) -> str:
    """Return who was elected to what and how, for a list of acts, in French.

    :param rule: that of the last round, or ``"unopposed"``

    >>> result_words("Titulaire", "Rose", feminine=True, rule="relative", round_number=3)
    'Titulaire\\xa0: Rose, élue au troisième tour, à la majorité relative.'
    >>> result_words("Titulaire", "", feminine=False, rule="nobody", round_number=1)
    "Titulaire\\xa0: personne n'est élu."
    """
    if not elected:
        return f"{seat}{NBSP}: personne n'est élu."
    ending = "e" if feminine else ""
    if rule == UNOPPOSED:
        return f"{seat}{NBSP}: {elected}, nommé{ending} sans vote."
    order = ROUNDS[round_number - 1].lower()
    return f"{seat}{NBSP}: {elected}, élu{ending} au {order}, {HOW[rule]}."


def proclamation(kind: str, seat: str, names: Sequence[str], feminine: bool) -> str:
    """Return the sentence by which the president proclaims who is elected, in French.

    Source: CGCT, L2122-4, L2122-7 and L2122-7-2; L2121-21 for other seats.

    >>> proclamation("maire", "Maire", ["Anne"], True)
    'Anne est proclamée maire et immédiatement installée dans ses fonctions.'
    >>> proclamation("adjoints", "Adjoints", ["Paul", "Rose"], True)
    'Sont proclamés adjoints au maire, dans cet ordre, et immédiatement installés\\xa0: Paul, Rose.'
    >>> proclamation("delegue", "Délégué titulaire", ["Paul"], False)
    'Paul est proclamé élu\\xa0: Délégué titulaire.'
    """
    ending = "e" if feminine else ""
    if kind == "adjoints" and len(names) > 1:
        return (
            "Sont proclamés adjoints au maire, dans cet ordre, et immédiatement "
            f"installés{NBSP}: {', '.join(names)}."
        )
    name = ", ".join(names)
    if kind in ("maire", "adjoints"):
        office = "maire" if kind == "maire" else f"adjoint{ending} au maire"
        return (
            f"{name} est proclamé{ending} {office} et immédiatement "
            f"installé{ending} dans ses fonctions."
        )
    return f"{name} est proclamé{ending} élu{ending}{NBSP}: {seat}."


def succession(predecessors: Sequence[str], *, rank_kept: bool) -> str:
    """Return whose vacant seats deputies fill, and the rank given, in French.

    :param predecessors: each with the quality held: "Rose, deuxième adjointe"
    :param rank_kept: the council gives the rank of the one who left (L2122-10)

    >>> succession(["Rose, deuxième adjointe"], rank_kept=True) # doctest: +NORMALIZE_WHITESPACE
    "Poste devenu vacant : Rose, deuxième adjointe. Le conseil municipal décide que le même
    rang est occupé dans l'ordre du tableau (CGCT, L2122-10)."
    """
    seat = "Postes devenus vacants" if len(predecessors) > 1 else "Poste devenu vacant"
    text = f"{seat}{NBSP}: {f'{NBSP}; '.join(predecessors)}."
    if not rank_kept:
        return text
    return (
        f"{text} Le conseil municipal décide que le même rang est occupé dans l'ordre "
        "du tableau (CGCT, L2122-10)."
    )


def _ballots(blanc, nul):
    parts = []
    if blanc:
        parts.append("un bulletin blanc" if blanc == 1 else f"{blanc} bulletins blancs")
    if nul:
        parts.append("un bulletin nul" if nul == 1 else f"{nul} bulletins nuls")
    return "".join(f"{NBSP}; {part}" for part in parts)


def _end(verdict, round_number, elected, feminine):
    if not verdict.elected:
        if verdict.rule == "nobody":
            return "Aucun suffrage exprimé, personne n'est élu."
        following = ("deuxième", "troisième")[round_number - 1]
        return f"Personne n'a la majorité absolue, un {following} tour a lieu."
    return f"{elected} est {'élue' if feminine else 'élu'} {HOW[verdict.rule]}."
