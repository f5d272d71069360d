"""Seats from votes: prime, thresholds, highest average, ties by law.

Pure law, no Odoo, no clock. Every number is an ``int`` or a ``Fraction``: a seat never
depends on the rounding of a float, and thresholds compare whole numbers
(``20 * votes >= exprimes``), never a rounded percentage.

>>> outcome = allocate({"A": 362, "B": 188}, seats=15)
>>> outcome.seats
{'A': 13, 'B': 2}
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Key = Hashable
Age = int | Fraction


class SeatError(ValueError):
    """The seats cannot be shared; each subclass says why."""


class TieError(SeatError):
    """Perfect tie: the law asks for ages that were not given, or that are equal.

    :ivar tied: the lists that tie, in the order of the votes
    :ivar stage: ``"prime"`` (first place of the last round) or ``"last_seat"``
    :ivar asks: what the law compares: ``"mean_age"``, ``"candidate_age"`` or ``""``
    :ivar seats_left: how many seats these lists are competing for
    :ivar section: where they do, for seats given section by section, else None
    """

    section: Key | None = None

    def __init__(self, tied, stage, asks, seats_left=1):
        self.tied, self.stage, self.asks = tuple(tied), stage, asks
        self.seats_left = seats_left
        names = ", ".join(str(key) for key in self.tied)
        super().__init__(f"Tie at stage {stage!r} between {names}: {asks} decides")


class NoAdmittedListError(SeatError):
    """Seats are left, yet no list reaches the threshold: no text says what to do."""


def half(seats):
    """Half of the seats: up above four, down under four (art. L262).

    >>> [half(n) for n in (1, 2, 3, 4, 5, 27)]
    [0, 1, 1, 2, 3, 14]
    """
    return (seats + 1) // 2 if seats > 4 else seats // 2


def half_up(seats):
    """Half of the seats, always rounded up (art. L224-4 to L224-6, L438)."""
    return (seats + 1) // 2


def quarter_up(seats):
    """A quarter of the seats, rounded up (art. L272-4-1, L338).

    >>> quarter_up(163)
    41
    """
    return (seats + 3) // 4


def eleven(seats):
    """Eleven seats, whatever the size of the Assembly of Corsica (art. L366)."""
    return min(11, seats)


@dataclass(frozen=True)
class Regime:
    """One way of sharing seats.

    :ivar prime: seats -> prime of the first list, or None where there is none
    :ivar two_rounds: the first round only decides by absolute majority
    :ivar last_tie: who wins between equal averages *and* equal votes:
        ``"oldest_candidate"`` or ``"lowest_mean_age"``
    """

    code: str
    article: str
    prime: Callable[[int], int] | None
    two_rounds: bool = True
    last_tie: str = "oldest_candidate"
    threshold: Fraction = Fraction(1, 20)


REGIMES = {
    regime.code: regime
    for regime in (
        Regime("l262", "L262", half),
        Regime("cc", "L273-8", half),
        Regime("cc_plm25", "L273-8, L272-4-1", quarter_up),
        Regime("l262_plm25", "L272-4-1", quarter_up),
        Regime("metropole_lyon", "L224-5", half_up),
        Regime("polynesie", "L438", half_up),
        Regime("regional", "L338", quarter_up),
        Regime("corse", "L366", eleven),
        Regime("nc_sans_prime", "L435", None, two_rounds=False),
        Regime(
            "national",
            "loi 77-729, art. 3",
            None,
            two_rounds=False,
            last_tie="lowest_mean_age",
        ),
    )
}


@dataclass(frozen=True)
class SeatStep:
    """One seat given by highest average.

    :ivar number: 1 for the first seat after the prime
    :ivar winner: the list that takes it
    :ivar averages: list -> its average just before
    :ivar tied: lists with that same highest average, when more than one
    :ivar rule: ``"average"``, ``"most_votes"``, ``"oldest_candidate"`` or
        ``"lowest_mean_age"``: what gave the seat
    :ivar section: whose seat it is, for seats given section by section (L438)
    """

    number: int
    winner: Key
    averages: dict[Key, Fraction]
    tied: tuple[Key, ...] = ()
    rule: str = "average"
    section: Key | None = None


@dataclass(frozen=True)
class LastSeatMargin:
    """How far the last seat was from another list.

    ``votes`` is the fewest votes that ``challenger`` lacked to take the seat of
    ``holder``, all other votes, the prime and the admitted lists staying the same.
    ``moves_prime`` warns that so many votes would also change the prime (another list
    ahead, or no majority in round 1): the figure alone would then mislead.
    """

    holder: Key
    challenger: Key
    votes: int
    moves_prime: bool


@dataclass(frozen=True)
class Allocation:
    """The seats, and the reasons for them.

    :ivar seats: list -> seats, same keys and order as the votes; all 0 if not decided
    :ivar decided: False: round 1 without absolute majority, a second round follows
    :ivar majority: votes needed for the absolute majority (``exprimes // 2 + 1``)
    :ivar prime_rule: ``"majority"``, ``"most_votes"``, ``"mean_age"`` or None
    :ivar threshold: fewest votes that are admitted to the share
    :ivar quotient: exprimés divided by the seats left: shown, never used
    :ivar vacant: list -> seats won beyond its last name, which stay vacant
    """

    regime: Regime
    votes: dict[Key, int]
    seat_total: int
    exprimes: int
    round: int | None
    decided: bool
    majority: int
    seats: dict[Key, int]
    threshold: int
    prime: int = 0
    prime_list: Key | None = None
    prime_rule: str | None = None
    admitted: tuple[Key, ...] = ()
    quotient: Fraction | None = None
    steps: tuple[SeatStep, ...] = ()
    margin: LastSeatMargin | None = None
    vacant: dict[Key, int] = field(default_factory=dict)

    @property
    def excluded(self):
        """Lists under the threshold, in the order of the votes."""
        return tuple(key for key in self.votes if key not in self.admitted)

    @property
    def proportional(self):
        """List -> seats won by highest average (the prime left out)."""
        won = dict.fromkeys(self.votes, 0)
        for step in self.steps:
            won[step.winner] += 1
        return won

    @property
    def votes_gap(self):
        """Exprimés minus the sum of the votes: not zero means a check must shout."""
        return self.exprimes - sum(self.votes.values())

    @property
    def trace(self):
        """The reasons in order, as plain dicts (``step`` names the kind) fit for JSON.

        Kinds: ``majority``, ``threshold``, ``prime``, ``quotient``, ``seat`` (one for
        each seat after the prime), ``margin``, ``vacant``. Averages are triples
        ``[list, numerator, denominator]``.
        """
        return [*self._trace_rules(), *self._trace_seats(), *self._trace_end()]

    def _trace_rules(self):
        best = max(self.votes.values(), default=0)
        rules: list[dict[str, Any]] = []
        if self.regime.two_rounds:
            reached = best >= self.majority
            rules.append(
                {
                    "step": "majority",
                    "exprimes": self.exprimes,
                    "needed": self.majority,
                    "best": best,
                    "reached": reached,
                    "round": self.round,
                }
            )
        if not self.decided:
            return rules
        if self.regime.prime:
            rules.append(
                {
                    "step": "prime",
                    "seats": self.prime,
                    "seat_total": self.seat_total,
                    "list": self.prime_list,
                    "rule": self.prime_rule,
                    "article": self.regime.article,
                }
            )
        rules.append(
            {
                "step": "threshold",
                "votes": self.threshold,
                "share": [
                    self.regime.threshold.numerator,
                    self.regime.threshold.denominator,
                ],
                "excluded": list(self.excluded),
            }
        )
        if self.quotient is not None:
            rules.append(
                {
                    "step": "quotient",
                    "seats_left": self.seat_total - self.prime,
                    "value": [self.quotient.numerator, self.quotient.denominator],
                }
            )
        return rules

    def _trace_seats(self):
        return [
            {
                "step": "seat",
                "number": step.number,
                "list": step.winner,
                "rule": step.rule,
                "tied": list(step.tied),
                "averages": [
                    [key, average.numerator, average.denominator]
                    for key, average in step.averages.items()
                ],
            }
            | ({} if step.section is None else {"section": step.section})
            for step in self.steps
        ]

    def _trace_end(self):
        end: list[dict[str, Any]] = [
            {"step": "vacant", "list": key, "seats": seats}
            for key, seats in self.vacant.items()
        ]
        if self.margin:
            end.append(
                {
                    "step": "margin",
                    "holder": self.margin.holder,
                    "challenger": self.margin.challenger,
                    "votes": self.margin.votes,
                    "moves_prime": self.margin.moves_prime,
                }
            )
        return end


def allocate(
    votes: Mapping[Key, int],
    seats: int,
    regime: str = "l262",
    *,
    round: int | None = None,
    exprimes: int | None = None,
    mean_ages: Mapping[Key, Age] | None = None,
    candidate_ages: Mapping[Key, Age | Sequence[Age]] | None = None,
    candidates: Mapping[Key, int] | None = None,
) -> Allocation:
    """Share ``seats`` between lists by the rules of ``regime``.

    :param votes: list -> votes, all >= 0; its order is the order of the lists
    :param seats: seats to fill, >= 0 (the legal size: incomplete lists do not lower it)
    :param regime: a key of ``REGIMES``
    :param round: 1: no seat without absolute majority (``decided`` is then False);
        2: the first list takes the prime; None: these votes are those of the round
        that decides, whichever it was
    :param exprimes: suffrages exprimés, when they are not the sum of the votes
    :param mean_ages: list -> mean age of its candidates, used in a tie for the prime
        (the higher wins) and in ``national`` for the last seat (the lower wins)
    :param candidate_ages: list -> age of the candidate who would take the last seat, or
        the ages of all candidates in list order (the engine then picks the next one)
    :param candidates: list -> number of names: a seat beyond the last stays vacant
    :raise TieError: a tie that the law settles by ages, which were missing or equal
    :raise NoAdmittedListError: seats left and no list at the threshold
    Source: Code électoral, L262, L273-8, L272-4-1, L224-5, L338, L366, L435, L438; law
    77-729, art. 3; prime outside of the averages: CE 30 January 2015, n° 382627.
    """
    base = opening(votes, seats, regime, round, exprimes)
    if not decides(base):
        return undecided(base)
    return _share(base, mean_ages or {}, candidate_ages or {}, candidates or {})


def opening(votes, seats, regime, round=None, exprimes=None):
    """What every share starts from, as the first fields of an ``Allocation``.

    Arguments and errors as in ``allocate``.
    """
    rules = _checked(votes, seats, regime)
    votes = dict(votes)
    exprimes = sum(votes.values()) if exprimes is None else exprimes
    share = rules.threshold
    return {
        "regime": rules,
        "votes": votes,
        "seat_total": seats,
        "exprimes": exprimes,
        "round": round,
        "majority": exprimes // 2 + 1,
        "threshold": -(-exprimes * share.numerator // share.denominator),
    }


def decides(base):
    """Whether seats are given: always, but in a round 1 without absolute majority."""
    if not base["regime"].two_rounds or base["round"] != 1:
        return True
    return max(base["votes"].values()) >= base["majority"]


def undecided(base):
    """The outcome of a round that gives no seat."""
    return Allocation(**base, decided=False, seats=dict.fromkeys(base["votes"], 0))


def admitted_lists(base, left):
    """Lists at the threshold, in the order of the votes.

    :param left: seats that only they may take
    :raise NoAdmittedListError: seats left and no list at the threshold
    """
    admitted = tuple(
        key for key, value in base["votes"].items() if value >= base["threshold"]
    )
    if left and not admitted:
        raise NoAdmittedListError(f"No list reaches {base['threshold']} votes")
    return admitted


def allocate_filled(
    votes: Mapping[Key, int],
    seats: int,
    regime: str = "l262",
    *,
    candidates: Mapping[Key, int],
    **terms: Any,
) -> Allocation:
    """Another reading for lists with fewer names: share the seats that find a name.

    The most seats, at most ``seats``, with which no list runs out of names. No text
    says so and no ruling was found; some communes published that split.

    >>> allocate_filled({"A": 60, "B": 45}, 11, candidates={"A": 8}).seats
    {'A': 8, 'B': 2}
    """
    for total in range(seats, 0, -1):
        outcome = allocate(votes, total, regime, candidates=candidates, **terms)
        if not outcome.vacant:
            return outcome
    return allocate(votes, 0, regime, **terms)


def _share(base, mean_ages, candidate_ages, candidates):
    """Prime, then highest averages, then the seats that no name can take."""
    rules, votes, seats = base["regime"], base["votes"], base["seat_total"]
    prime, prime_list, prime_rule = prime_of(base, mean_ages)
    left = seats - prime
    admitted = admitted_lists(base, left)
    bonus = {prime_list: prime} if prime else {}
    ages = mean_ages if rules.last_tie == "lowest_mean_age" else candidate_ages
    steps = highest_averages(votes, admitted, left, bonus, rules.last_tie, ages)
    won = dict.fromkeys(votes, 0) | bonus
    for step in steps:
        won[step.winner] += 1
    vacant = {
        key: won[key] - names
        for key, names in candidates.items()
        if won.get(key, 0) > names
    }
    return Allocation(
        **base,
        decided=True,
        seats={key: won[key] - vacant.get(key, 0) for key in votes},
        prime=prime,
        prime_list=prime_list if prime else None,
        prime_rule=prime_rule if prime else None,
        admitted=admitted,
        quotient=Fraction(base["exprimes"], left) if left else None,
        steps=steps,
        margin=_last_seat_margin(
            votes, steps, prime_list, base["round"], base["exprimes"]
        ),
        vacant=vacant,
    )


def _checked(votes, seats, regime):
    """Return the rules of ``regime`` after a look at the arguments."""
    if regime not in REGIMES:
        raise ValueError(f"Unknown regime {regime!r}; known: {', '.join(REGIMES)}")
    if not votes:
        raise ValueError("At least one list is needed")
    for key, value in votes.items():
        if not isinstance(value, int) or value < 0:
            raise ValueError(f"Votes of {key} must be a whole number >= 0: {value!r}")
    if not isinstance(seats, int) or seats < 0:
        raise ValueError(f"Seats must be a whole number >= 0: {seats!r}")
    return REGIMES[regime]


def prime_of(base, mean_ages):
    """Return (prime, list, rule). Tie at the top: higher mean age (L262)."""
    rules, votes, seats = base["regime"], base["votes"], base["seat_total"]
    if not rules.prime or not rules.prime(seats):
        return 0, None, None
    best = max(votes.values())
    first = [key for key in votes if votes[key] == best]
    prime = rules.prime(seats)
    if len(first) == 1:
        return prime, first[0], "majority" if best >= base["majority"] else "most_votes"
    winner = _ranked_by_age(first, mean_ages, 1, "prime", "mean_age")[0]
    return prime, winner, "mean_age"


def highest_averages(votes, admitted, left, bonus, last_tie, ages):
    """Give ``left`` seats one by one; the bonus never enters the averages.

    :param bonus: list -> seats of the prime: they only say which candidate comes next
    :return: the ``SeatStep`` in their order
    """
    won = dict.fromkeys(admitted, 0)
    averages = {key: Fraction(votes[key]) for key in admitted}
    steps: list[SeatStep] = []
    while left:
        best = max(averages.values())
        tied = [key for key in admitted if averages[key] == best]
        winners, rule = sorted(tied, key=lambda key: -votes[key]), "average"
        if len(tied) > left:
            taken = {key: won[key] + bonus.get(key, 0) for key in tied}
            winners, rule = _break_tie(tied, left, votes, taken, last_tie, ages)
        for key in winners:
            steps.append(
                SeatStep(
                    number=len(steps) + 1,
                    winner=key,
                    averages=dict(averages),
                    tied=tuple(tied) if len(tied) > 1 else (),
                    rule=rule,
                )
            )
            won[key] += 1
            averages[key] = Fraction(votes[key], won[key] + 1)
        left -= len(winners)
    return tuple(steps)


def _break_tie(tied, left, votes, taken, last_tie, ages):
    """Equal averages, fewer seats than lists: most votes, then what the law says."""
    ranked = sorted(tied, key=lambda key: -votes[key])
    edge = votes[ranked[left - 1]]
    if votes[ranked[left]] != edge:
        return ranked[:left], "most_votes"
    sure = [key for key in ranked if votes[key] > edge]
    open_ = [key for key in ranked if votes[key] == edge]
    missing = left - len(sure)
    if last_tie == "lowest_mean_age":
        younger = {key: -age for key, age in ages.items()}
        chosen = _ranked_by_age(open_, younger, missing, "last_seat", "mean_age")
        return sure + chosen, last_tie
    nexts = {key: _next_age(ages.get(key), taken[key]) for key in open_}
    nexts = {key: age for key, age in nexts.items() if age is not None}
    chosen = _ranked_by_age(open_, nexts, missing, "last_seat", "candidate_age")
    return sure + chosen, last_tie


def _next_age(ages, taken):
    """Age of the candidate after the ``taken`` first ones; a lone age stands as is."""
    if isinstance(ages, Sequence):
        return ages[taken] if taken < len(ages) else None
    return ages


def _ranked_by_age(keys, ages, count, stage, asks):
    """Return the ``count`` highest ages among ``keys``, or raise TieError."""
    if any(key not in ages for key in keys):
        raise TieError(keys, stage, asks, count)
    ranked = sorted(keys, key=lambda key: -ages[key])
    edge = ages[ranked[count - 1]]
    if len(ranked) > count and ages[ranked[count]] == edge:
        tied = [key for key in keys if ages[key] == edge]
        raise TieError(tied, stage, asks, count)
    return ranked[:count]


def _last_seat_margin(votes, steps, prime_list, round_, exprimes):
    """Fewest votes that would have moved the last seat, or None with one list."""
    if not steps:
        return None
    last = steps[-1]
    best = last.averages[last.winner]
    won = dict.fromkeys(last.averages, 0)
    for step in steps[:-1]:
        won[step.winner] += 1
    margins = [
        (_votes_to_pass(votes, key, won[key] + 1, last.winner, best), key)
        for key in last.averages
        if key != last.winner
    ]
    if not margins:
        return None
    missing, challenger = min(margins, key=lambda pair: pair[0])
    moves = False
    if prime_list is not None and challenger != prime_list:
        top = votes[prime_list]
        loses = round_ == 1 and 2 * top <= exprimes + missing
        moves = votes[challenger] + missing >= top or loses
    return LastSeatMargin(last.winner, challenger, missing, moves)


def _votes_to_pass(votes, key, divisor, holder, best):
    """Fewest more votes with which ``key`` beats the average ``best`` of ``holder``.

    An equal average is enough when ``key`` then has more votes than ``holder``.
    """
    needed = best * divisor
    whole = needed.numerator // needed.denominator
    if needed.denominator == 1 and whole > votes[holder]:
        return max(whole - votes[key], 1)
    return max(whole + 1 - votes[key], 1)
