"""Who may stand in the second round, and who may merge.

Pure law. Thresholds compare whole numbers. Where the text has no fallback, none is made
up: the answer then holds fewer than two lists and the préfecture's list decides.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

Key = Hashable

#: Regimes whose text says "if only one, the next; if none, the first two" (L224-7, L346).
WITH_FALLBACK = frozenset({"metropole_lyon", "regional"})


@dataclass(frozen=True)
class Qualification:
    """Result of a first round.

    :ivar standing: lists that may stand again
    :ivar mergeable: lists that may only merge with a standing one
    :ivar fallback: True when ``standing`` was completed by the text's fallback
    """

    standing: tuple[Key, ...]
    mergeable: tuple[Key, ...] = ()
    fallback: bool = False


def second_round_lists(votes: Mapping[Key, int], exprimes=None, regime="l262"):
    """Lists at 10 % of the exprimés may stand, from 5 % they may merge.

    :param votes: list -> votes of round 1, in list order
    :param exprimes: suffrages exprimés (default: sum of the votes)
    :param regime: only ``metropole_lyon`` and ``regional`` have a fallback
    Source: Code électoral, L264, L224-7, L346.

    >>> second_round_lists({"A": 82, "B": 81, "C": 41, "D": 40}, exprimes=812)
    Qualification(standing=('A',), mergeable=('B', 'C'), fallback=False)
    """
    exprimes = sum(votes.values()) if exprimes is None else exprimes
    standing = [key for key in votes if 10 * votes[key] >= exprimes]
    fallback = regime in WITH_FALLBACK and len(standing) < 2
    if fallback:
        standing = _completed(votes, standing)
    mergeable = tuple(
        key for key in votes if key not in standing and 20 * votes[key] >= exprimes
    )
    return Qualification(tuple(standing), mergeable, fallback)


@dataclass(frozen=True)
class CandidateRound:
    """First round of a majority ballot: someone elected, or who may stand again."""

    elected: Key | None
    standing: tuple[Key, ...] = ()
    fallback: bool = False


def first_round_candidates(votes: Mapping[Key, int], inscrits, exprimes=None):
    """Majority ballot in two rounds (législatives, départementales).

    Elected at once: more than half of the exprimés **and** a quarter of the inscrits.
    Otherwise 12.5 % of the **inscrits** to stand; if only one, the next; if none, the
    first two. Source: Code électoral, L126, L162, L193, L210-1.

    >>> first_round_candidates({"A": 10337, "B": 10336, "C": 9000}, inscrits=82694)
    CandidateRound(elected=None, standing=('A', 'B'), fallback=True)
    """
    exprimes = sum(votes.values()) if exprimes is None else exprimes
    for key, value in votes.items():
        if 2 * value > exprimes and 4 * value >= inscrits:
            return CandidateRound(key)
    standing = [key for key in votes if 8 * votes[key] >= inscrits]
    fallback = len(standing) < 2
    if fallback:
        standing = _completed(votes, standing)
    return CandidateRound(None, tuple(standing), fallback)


def _completed(votes, standing):
    """The first two, in the order of the votes then of the lists."""
    ranked = sorted(votes, key=lambda key: -votes[key])
    first = ranked[:2]
    return [key for key in votes if key in first or key in standing]
