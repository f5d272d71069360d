"""Who may stand in the second round, and who may merge.

Pure law. Thresholds compare whole numbers. Where the text has no fallback, none is made
up: the answer then holds fewer than two lists and the préfecture's list decides. Where a
place falls on equal votes and no text decides, ``tied`` names them and nobody is chosen.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

Key = Hashable

#: Regimes whose text says "if only one, the next; if none, the first two" (L224-7, L346).
WITH_FALLBACK = frozenset({"metropole_lyon", "regional"})

#: Regime -> per cent of the exprimés to stand again (L373); 10 elsewhere (L264).
STANDING_PERCENT = {"corse": 7}
MERGING_PERCENT = 5

#: Regime -> article that says who may stand and merge
ARTICLES = {"metropole_lyon": "L224-7", "regional": "L346", "corse": "L373"}


@dataclass(frozen=True)
class Qualification:
    """Result of a first round.

    :ivar standing: lists that may stand again
    :ivar mergeable: lists that may only merge with a standing one
    :ivar fallback: True when ``standing`` was completed by the text's fallback
    :ivar tied: lists with equal votes for a last place that no text gives
    """

    standing: tuple[Key, ...]
    mergeable: tuple[Key, ...] = ()
    fallback: bool = False
    tied: tuple[Key, ...] = ()


def standing_percent(regime):
    """Per cent of the exprimés that lets a list stand again."""
    return STANDING_PERCENT.get(regime, 10)


def second_round_lists(votes: Mapping[Key, int], exprimes=None, regime="l262"):
    """Lists at 10 % of the exprimés may stand (7 % in Corsica), from 5 % may merge.

    :param votes: list -> votes of round 1, in list order
    :param exprimes: suffrages exprimés (default: sum of the votes)
    :param regime: only ``metropole_lyon`` and ``regional`` have a fallback
    Source: Code électoral, L264, L224-7, L346, L373.

    >>> second_round_lists({"A": 82, "B": 81, "C": 41, "D": 40}, exprimes=812)
    Qualification(standing=('A',), mergeable=('B', 'C'), fallback=False, tied=())
    """
    exprimes = sum(votes.values()) if exprimes is None else exprimes
    percent = standing_percent(regime)
    standing = [key for key in votes if 100 * votes[key] >= percent * exprimes]
    fallback = regime in WITH_FALLBACK and len(standing) < 2
    tied: tuple[Key, ...] = ()
    if fallback:
        standing, tied = _completed(votes, standing)
    mergeable = tuple(
        key
        for key in votes
        if key not in standing and 100 * votes[key] >= MERGING_PERCENT * exprimes
    )
    return Qualification(tuple(standing), mergeable, fallback, tied)


@dataclass(frozen=True)
class CandidateRound:
    """First round of a majority ballot: someone elected, or who may stand again."""

    elected: Key | None
    standing: tuple[Key, ...] = ()
    fallback: bool = False
    tied: tuple[Key, ...] = ()


def first_round_candidates(votes: Mapping[Key, int], inscrits, exprimes=None):
    """Majority ballot in two rounds (législatives, départementales).

    Elected at once: more than half of the exprimés **and** a quarter of the inscrits.
    Otherwise 12.5 % of the **inscrits** to stand; if only one, the next; if none, the
    first two. Source: Code électoral, L126, L162, L193, L210-1.

    >>> first_round_candidates({"A": 10337, "B": 10336, "C": 9000}, inscrits=82694)
    CandidateRound(elected=None, standing=('A', 'B'), fallback=True, tied=())
    """
    exprimes = sum(votes.values()) if exprimes is None else exprimes
    for key, value in votes.items():
        if 2 * value > exprimes and 4 * value >= inscrits:
            return CandidateRound(key)
    standing = [key for key in votes if 8 * votes[key] >= inscrits]
    fallback = len(standing) < 2
    tied: tuple[Key, ...] = ()
    if fallback:
        standing, tied = _completed(votes, standing)
    return CandidateRound(None, tuple(standing), fallback, tied)


def president_second_round(votes: Mapping[Key, int]):
    """The two candidates with most votes, after withdrawals.

    Source: Constitution, art. 7: no rule is written for equal votes.

    >>> president_second_round({"A": 5, "B": 4, "C": 4}).tied
    ('B', 'C')
    """
    standing, tied = _completed(votes, [])
    return Qualification(tuple(standing), tied=tied)


def _completed(votes, standing):
    """The first two by votes -> (sure ones in list order, those who tie)."""
    ranked = sorted(votes, key=lambda key: -votes[key])
    if len(ranked) <= 2:
        return list(votes), ()
    edge = votes[ranked[1]]
    if votes[ranked[2]] != edge:
        first = ranked[:2]
        return [key for key in votes if key in first or key in standing], ()
    sure = [key for key in votes if votes[key] > edge or key in standing]
    return sure, tuple(
        key for key in votes if votes[key] == edge and key not in standing
    )


@dataclass(frozen=True)
class ParentFinding:
    """Something wrong with the origin of a list of round 2.

    ``code``: ``no_parent``, ``no_standing_parent`` (none may stand alone),
    ``parent_too_low`` (a parent under 5 %) or ``parent_twice`` (the candidates of one
    list go to one list only).
    """

    code: str
    key: Key
    parents: tuple[Key, ...] = field(default=())


def check_parents(
    parents: Mapping[Key, Iterable[Key]],
    votes: Mapping[Key, int],
    exprimes: int,
    regime: str = "l262",
) -> list[ParentFinding]:
    """Look at the lists of round 2 and at those of round 1 that they come from.

    :param parents: list of round 2 -> lists of round 1 whose candidates it takes
    Source: Code électoral, L264 (L224-7, L346, L373 elsewhere).

    >>> check_parents({"Z": ["A", "D"]}, {"A": 82, "D": 40}, 812)
    [ParentFinding(code='parent_too_low', key='Z', parents=('D',))]
    """
    found = second_round_lists(votes, exprimes, regime)
    may_stand = {*found.standing, *found.tied}
    findings = []
    taken: dict[Key, Key] = {}
    for key, origin in parents.items():
        origin = tuple(origin)
        if not origin:
            findings.append(ParentFinding("no_parent", key))
            continue
        if not may_stand & set(origin):
            findings.append(ParentFinding("no_standing_parent", key, origin))
        low = tuple(
            one for one in origin if one not in may_stand and one not in found.mergeable
        )
        if low:
            findings.append(ParentFinding("parent_too_low", key, low))
        twice = tuple(one for one in origin if one in taken)
        if twice:
            findings.append(ParentFinding("parent_twice", key, twice))
        taken |= dict.fromkeys(origin, key)
    return findings
