"""Ballots where one candidate, one pair or one answer wins: no seat is shared.

Pure law, no Odoo, no clock, whole numbers only. Where no text settles a tie, the answer
says so and names who ties: nobody is made up.

>>> decide({"A": 520, "B": 480}, "majoritaire_12_5", round=1, inscrits=2000).elected
'A'
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .qualification import first_round_candidates, president_second_round

Key = Hashable

#: Regime -> (article, a quarter of the inscrits is needed too, oldest wins a tie)
REGIMES = {
    "majoritaire_12_5": ("L126, L193", True, True),
    "presidentielle": ("Constitution, art. 7", False, False),
    "referendum": ("Constitution, art. 11", False, False),
}


@dataclass(frozen=True)
class Decision:
    """Who is elected, or who may stand again.

    :ivar elected: the winner, or None
    :ivar majority: votes of the absolute majority (``exprimes // 2 + 1``)
    :ivar quarter: votes of a quarter of the inscrits, 0 where none is asked
    :ivar rule: ``"majority"``, ``"most_votes"``, ``"oldest"`` or None
    :ivar standing: who may stand in the second round
    :ivar fallback: the text's fallback completed ``standing``
    :ivar tied: who ties, where ages or nobody decide
    :ivar asks: ``"oldest"`` (ages were missing or equal), ``"unwritten"`` or ``""``
    """

    regime: str
    votes: dict[Key, int]
    exprimes: int
    inscrits: int
    round: int
    majority: int
    quarter: int
    elected: Key | None = None
    rule: str | None = None
    standing: tuple[Key, ...] = ()
    fallback: bool = False
    tied: tuple[Key, ...] = ()
    asks: str = ""

    @property
    def trace(self):
        """The reasons in order, as plain dicts fit for JSON (kinds: see ``step``)."""
        best = max(self.votes.values(), default=0)
        steps: list[dict[str, Any]] = []
        if self.regime != "referendum":
            steps.append(
                {
                    "step": "absolute",
                    "needed": self.majority,
                    "quarter": self.quarter,
                    "best": best,
                    "round": self.round,
                    "reached": best >= self.majority,
                    "reached_quarter": best >= self.quarter,
                    "article": REGIMES[self.regime][0],
                }
            )
        if self.elected is not None:
            votes = self.votes[self.elected]
            steps.append(
                {
                    "step": "elected",
                    "list": self.elected,
                    "rule": self.rule,
                    "votes": votes,
                    "lead": votes - self._runner_up(),
                    "answer": self.regime == "referendum",
                }
            )
        elif self.standing:
            steps.append(
                {
                    "step": "candidates",
                    "standing": list(self.standing),
                    "fallback": self.fallback,
                    "needed": -(-self.inscrits // 8) if self.quarter else 0,
                }
            )
        if self.tied:
            steps.append({"step": "equal", "lists": list(self.tied), "asks": self.asks})
        return steps

    def _runner_up(self):
        others = [value for key, value in self.votes.items() if key != self.elected]
        return max(others, default=0)


def decide(
    votes: Mapping[Key, int],
    regime: str,
    *,
    round: int,
    inscrits: int,
    exprimes: int | None = None,
    ages: Mapping[Key, int | Fraction] | None = None,
) -> Decision:
    """Read one round of a majority ballot.

    :param votes: candidate -> votes, all >= 0
    :param regime: a key of ``REGIMES``; ``referendum`` has one round
    :param ages: candidate -> age (of the older one of a pair), only read in a tie
    Source: Code électoral, L126, L162, L193, L210-1; Constitution, art. 7 and 11.
    """
    if regime not in REGIMES:
        raise ValueError(f"Unknown regime {regime!r}; known: {', '.join(REGIMES)}")
    if not votes:
        raise ValueError("At least one candidate is needed")
    votes = dict(votes)
    exprimes = sum(votes.values()) if exprimes is None else exprimes
    base: dict[str, Any] = {
        "regime": regime,
        "votes": votes,
        "exprimes": exprimes,
        "inscrits": inscrits,
        "round": round,
        "majority": exprimes // 2 + 1,
        "quarter": -(-inscrits // 4) if REGIMES[regime][1] and round == 1 else 0,
    }
    if round == 1 and regime == "majoritaire_12_5":
        return _first_round(base)
    if round == 1 and regime == "presidentielle":
        return _first_round_president(base)
    return _last_round(base, ages or {})


def _first_round(base):
    found = first_round_candidates(base["votes"], base["inscrits"], base["exprimes"])
    if found.elected is not None:
        return Decision(**base, elected=found.elected, rule="majority")
    return Decision(
        **base,
        standing=found.standing,
        fallback=found.fallback,
        tied=found.tied,
        asks="unwritten" if found.tied else "",
    )


def _first_round_president(base):
    votes = base["votes"]
    first = [key for key in votes if votes[key] >= base["majority"]]
    if first:
        return Decision(**base, elected=first[0], rule="majority")
    found = president_second_round(votes)
    return Decision(
        **base,
        standing=found.standing,
        tied=found.tied,
        asks="unwritten" if found.tied else "",
    )


def _last_round(base, ages):
    votes = base["votes"]
    best = max(votes.values())
    first = [key for key in votes if votes[key] == best]
    if len(first) == 1:
        rule = "majority" if best >= base["majority"] else "most_votes"
        return Decision(**base, elected=first[0], rule=rule)
    if not REGIMES[base["regime"]][2]:
        return Decision(**base, tied=tuple(first), asks="unwritten")
    if all(key in ages for key in first):
        top = max(ages[key] for key in first)
        oldest = [key for key in first if ages[key] == top]
        if len(oldest) == 1:
            return Decision(**base, elected=oldest[0], rule="oldest")
    return Decision(**base, tied=tuple(first), asks="oldest")
