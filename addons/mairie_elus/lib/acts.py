"""After the meeting: numbers, days of publication, from when an act is executory."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date, timedelta

from .french import NBSP, date_in_words

#: What S²LOW takes as the number of an act (stricter than the national schema).
ACT_NUMBER = re.compile(r"([A-Z0-9][A-Z0-9_]{0,13})?[A-Z0-9]")
#: Days within which the list of the délibérations and the PV are put online.
ONE_WEEK = timedelta(days=7)
#: Above, acts go to the préfecture online and no other way (L2131-1).
ONLINE_SENDING_POPULATION = 50_000
#: Below, a register may be bound every five years instead of each year (R2121-9).
LONG_REGISTER_POPULATION = 1_000
#: Names that are printed of a vote by hands, by the choice of the town.
PRINTED_SIDES = {
    "none": (),
    "minority": ("contre", "abstention"),
    "all": ("pour", "contre", "abstention"),
}
#: How long an act stays online at least (R2131-1).
MONTHS_ONLINE = 2
#: States of a sending that has not ended.
ON_ITS_WAY = ("queued", "unsure", "posted", "sent")
#: How an act is made known: what is said of it, before and once it is done.
MADE_KNOWN = {
    "online": ("à mettre en ligne", "en ligne"),
    "posted": ("à afficher", "affiché"),
    "notified": ("à notifier", "notifié"),
}
#: What the PV must hold (L2121-15), in the order of the article.
PV_MENTIONS = (
    *("date", "president", "members", "secretary", "quorum", "agenda"),
    *("deliberations", "reports", "special_ballot", "results", "debates"),
)


def act_number(year: int, rank: int, series: str = "") -> str:
    """Return the number of an act, fit for the préfecture: year, rank of the year.

    >>> act_number(2026, 7)
    '2026_007'
    >>> act_number(2026, 7, "D")
    '2026_D_007'
    """
    return "_".join(filter(None, [str(year), series, f"{rank:03d}"]))


def list_due(meeting: date) -> date:
    """Last day to post the list of the délibérations (L2121-25).

    >>> list_due(date(2026, 11, 26))
    datetime.date(2026, 12, 3)
    """
    return meeting + ONE_WEEK


def pv_due(approved: date) -> date:
    """Last day to put the PV online, from the meeting that approved it (L2121-15).

    >>> pv_due(date(2026, 12, 17))
    datetime.date(2026, 12, 24)
    """
    return approved + ONE_WEEK


def executory_from(
    published: date | None, received: date | None, *, transmitted: bool = True
) -> date | None:
    """Return the day from which an act binds, None while a step is missing.

    :param published: day it was put online, posted or notified
    :param received: day of the préfecture's receipt
    :param transmitted: False for the acts that L2131-2 exempts (parking tariffs…)
    Source: CGCT, L2131-1, L2131-2, L2131-3.

    >>> executory_from(date(2026, 11, 27), date(2026, 12, 1))
    datetime.date(2026, 12, 1)
    """
    if not published or (transmitted and not received):
        return None
    return max(published, received) if transmitted else published


def executory_sum(
    published: date | None,
    received: date | None,
    *,
    transmitted: bool = True,
    way: str = "online",
) -> str:
    """Return from when an act binds, with its sum, in French.

    :param way: how it is made known, a key of ``MADE_KNOWN``

    >>> executory_sum(date(2026, 11, 27), date(2026, 12, 1))
    'Exécutoire le 1er décembre 2026\\xa0: en ligne le 27 novembre 2026, reçu en préfecture le 1er décembre 2026.'
    >>> executory_sum(date(2026, 11, 27), None, transmitted=False, way="posted")
    'Exécutoire le 27 novembre 2026\\xa0: affiché le 27 novembre 2026.'
    >>> executory_sum(date(2026, 11, 27), None)
    'Pas encore exécutoire\\xa0: en ligne le 27 novembre 2026, accusé de la préfecture attendu.'
    """
    day = executory_from(published, received, transmitted=transmitted)
    before, done = MADE_KNOWN[way]
    reasons = [f"{done} le {date_in_words(published)}" if published else before]
    if transmitted and received:
        reasons.append(f"reçu en préfecture le {date_in_words(received)}")
    elif transmitted:
        reasons.append("accusé de la préfecture attendu")
    start = f"Exécutoire le {date_in_words(day)}" if day else "Pas encore exécutoire"
    return f"{start}{NBSP}: {', '.join(reasons)}."


def must_send_online(population: int) -> bool:
    """Tell whether acts may only go to the préfecture online.

    Source: CGCT, L2131-1 (communes of more than 50,000 inhabitants, since 7 August
    2020; elsewhere by agreement with the préfet).

    >>> must_send_online(50_000), must_send_online(50_001)
    (False, True)
    """
    return population > ONLINE_SENDING_POPULATION


def register_years(population: int) -> int:
    """Return how many years a volume of the register may hold.

    Source: CGCT, R2121-9.

    >>> register_years(999), register_years(1_000)
    (5, 1)
    """
    return 5 if population < LONG_REGISTER_POPULATION else 1


def printed_sides(mode: str, choice: str) -> tuple[str, ...]:
    """Return the sides of a vote whose names act and minutes print.

    By names: all of them, the law asks for it (L2121-21). Secret: none. By hands no
    text says: the town chooses, a key of ``PRINTED_SIDES``.

    >>> printed_sides("ordinary", "minority"), printed_sides("secret", "all")
    (('contre', 'abstention'), ())
    """
    if mode == "secret":
        return ()
    return PRINTED_SIDES["all" if mode == "public" else choice]


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal figures."""
    return hashlib.sha256(text.encode()).hexdigest()


def online_until(published: date) -> date:
    """First day on which an act may leave the site: two months later (R2131-1).

    >>> online_until(date(2026, 12, 31))
    datetime.date(2027, 2, 28)
    """
    month = published.month + MONTHS_ONLINE
    year, month = published.year + (month - 1) // 12, (month - 1) % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(published.day, last))


def missing_mentions(written: Mapping[str, object]) -> list[str]:
    """Return the mentions of L2121-15 that the PV still lacks, in the article's order.

    :param written: mention of ``PV_MENTIONS`` -> what is written of it
    """
    return [mention for mention in PV_MENTIONS if not written.get(mention)]


def votes_in_words(pour: int, contre: int, abstention: int) -> str:
    """Return the count as minutes write it, in French.

    >>> votes_in_words(2, 1, 1)
    'par 2 voix pour, une voix contre et une abstention'
    """
    parts = [_voix(pour, "pour"), _voix(contre, "contre"), _abstentions(abstention)]
    parts = [part for part in parts if part]
    if not parts:
        return "sans aucun vote"
    *head, last = parts
    sentence = f"{', '.join(head)} et {last}" if head else last
    return f"par {sentence}"


def _voix(number, side):
    if not number:
        return ""
    return f"{'une' if number == 1 else number} voix {side}"


def _abstentions(number):
    if not number:
        return ""
    return "une abstention" if number == 1 else f"{number} abstentions"


def result_sentence(count, result, mode: str) -> str:
    """Return the sentence of the minutes: how it was voted, the count, the decision.

    :param count: ballot.Count
    :param result: ballot.Outcome
    """
    opening = "Au scrutin secret" if mode == "secret" else ""
    decision = "adopté" if result.adopted else "non adopté"
    if result.unanimous and mode != "secret":
        extra = _abstentions(count.abstention)
        tail = f" ({extra})" if extra else ""
        return f"À l'unanimité des suffrages exprimés{tail} : {decision}.".replace(
            " :", f"{NBSP}:"
        )
    words = votes_in_words(count.pour, count.contre, count.abstention)
    void = _void_ballots(count.blanc, count.nul)
    if void:
        words = f"{words}, {void}"
    reasons = {
        "casting_vote": ", la voix de la présidence étant prépondérante",
        "secret_tie": ", l'égalité au scrutin secret valant rejet",
        "undecided_tie": ", aucune majorité ne s'étant dégagée",
        "own_rules": ", l'égalité étant tranchée par les règles de l'instance",
        "nobody": ", personne n'ayant pris part au vote",
    }
    words += reasons.get(result.rule, "")
    start = f"{opening}, {words}" if opening else words[0].upper() + words[1:]
    return f"{start}{NBSP}: {decision}."


def _void_ballots(blanc, nul):
    parts = []
    if blanc:
        parts.append("un bulletin blanc" if blanc == 1 else f"{blanc} bulletins blancs")
    if nul:
        parts.append("un bulletin nul" if nul == 1 else f"{nul} bulletins nuls")
    return " et ".join(parts)
