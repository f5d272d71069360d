"""What each kind of election is: its rounds, its rule, its code, its regimes by date.

Pure law, no Odoo, no clock: dates come in as arguments.
"""

from dataclasses import dataclass
from datetime import date, timedelta

#: Paris, Lyon, Marseille: two ballots, the city's and the sector's (L261, L271)
TWO_BALLOT_CITIES = frozenset({"75056", "69123", "13055"})
#: Councils whose size no table of populations gives (CGCT, L2512-3)
CITY_COUNCILS = {"75056": 163}
#: From then on small communes of Polynesia vote on lists (ordonnance 2025-1095)
PACIFIC_LISTS_FROM = date(2032, 1, 1)
SMALL = 1000


@dataclass(frozen=True)
class Kind:
    """One kind of election.

    :ivar type_code: letters of the préfecture's file; a town may change them
    :ivar gap: days from round 1 to round 2, 0 where there is one round
    :ivar regime: rule for the seats, "" where the town only reports votes
    :ivar local: the constituency is the commune or a part of it
    :ivar noun: what voters choose: ``list``, ``pair``, ``candidate`` or ``answer``
    :ivar article: where the date of the second round comes from
    """

    type_code: str
    gap: int = 7
    regime: str = ""
    local: bool = False
    noun: str = "list"
    article: str = "L56"


KINDS = {
    "municipales": Kind("MN", regime="l262", local=True),
    "arrondissement": Kind("MN", regime="l262", local=True),
    "metropole_lyon": Kind("ML", regime="metropole_lyon"),
    "departementales": Kind("DEP", regime="majoritaire_12_5", noun="pair"),
    "regionales": Kind("REG", regime="regional"),
    "legislatives": Kind("LEG", regime="majoritaire_12_5", noun="candidate"),
    "presidentielle": Kind(
        "PRE",
        gap=14,
        regime="presidentielle",
        noun="candidate",
        article="Constitution, art. 7",
    ),
    "europeennes": Kind("EUR", gap=0, regime="national"),
    "referendum": Kind("REF", gap=0, regime="referendum", noun="answer"),
}


#: Kind -> articles that let a commission de recensement rectify figures; elsewhere only
#: the judge does, and an entry is corrected towards the signed report alone
RECTIFYING = {
    "legislatives": "R107, R109",
    "regionales": "R189-1, L359",
}


def rectifying_articles(kind):
    """Articles that let the recensement rectify figures, "" where no text does.

    Each station counts first; its results and annexes "ne peuvent en aucun cas être
    modifiés". Source: Code électoral, R69, R107, R109, R189-1, L359.

    >>> rectifying_articles("legislatives"), rectifying_articles("municipales")
    ('R107, R109', '')
    """
    return RECTIFYING.get(kind, "")


def proposed_regime(kind, insee="", population=0, day=None):
    """Rule for the seats of a kind of election in a commune.

    :param insee: code of the commune
    :param population: municipal population, 0 where not known
    :param day: date of round 1, or None
    Source: Code électoral, L262, L272-4-1, L366, L429 to L438; ordonnance 2025-1095.

    >>> proposed_regime("municipales", "75056"), proposed_regime("arrondissement")
    ('l262_plm25', 'l262')
    >>> proposed_regime("municipales", "98828", 540)
    'nc_sans_prime'
    """
    regime = KINDS[kind].regime
    if kind == "regionales" and insee[:2] in ("2A", "2B"):
        return "corse"
    if kind != "municipales":
        return regime
    if insee in TWO_BALLOT_CITIES:
        return "l262_plm25"
    small = 0 < population < SMALL
    if insee[:3] == "988" and small:
        return "nc_sans_prime"
    if insee[:3] == "987":
        old = small and (day is None or day < PACIFIC_LISTS_FROM)
        return "" if old else "polynesie"
    return regime


def asks_parity(kind, insee="", population=0, day=None):
    """Whether women and men alternate on the lists (L264).

    New Caledonia's communes under 1 000: from 2032 only (ordonnance 2025-1095).
    """
    if KINDS[kind].noun != "list":
        return False
    small = 0 < population < SMALL
    pacific = insee[:3] in ("987", "988")
    later = day is not None and day >= PACIFIC_LISTS_FROM
    return not (pacific and small) or later


def may_lack_two(kind, insee="", population=0, day=None):
    """Whether a list is complete with two names fewer (L252; 2032 in the Pacific)."""
    if kind != "municipales" or not 0 < population < SMALL:
        return False
    pacific = insee[:3] in ("987", "988")
    return not pacific or (day is not None and day >= PACIFIC_LISTS_FROM)


def has_two_rounds(kind, regime=""):
    """Whether a second round may follow."""
    return bool(KINDS[kind].gap) and regime != "nc_sans_prime"


def second_round_date(kind, first, regime=""):
    """Day of the second round, or None (L56; Constitution, art. 7).

    >>> second_round_date("municipales", date(2026, 3, 15))
    datetime.date(2026, 3, 22)
    >>> second_round_date("presidentielle", date(2022, 4, 10))
    datetime.date(2022, 4, 24)
    """
    if not has_two_rounds(kind, regime):
        return None
    return first + timedelta(days=KINDS[kind].gap)
