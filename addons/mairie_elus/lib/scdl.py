"""Open data of the délibérations: the common base of local data (SCDL), 2.1.3."""

import csv
import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

FIELDS = (
    *("COLL_NOM", "COLL_SIRET", "DELIB_ID", "DELIB_DATE", "DELIB_MATIERE_CODE"),
    *("DELIB_MATIERE_NOM", "DELIB_OBJET", "BUDGET_ANNEE", "BUDGET_NOM", "PREF_ID"),
    *("PREF_DATE", "VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE"),
    *("VOTE_ABSTENTION", "DELIB_URL"),
)


@dataclass(frozen=True)
class Votes:
    """Figures of a vote: members in office, then votes, pouvoirs included."""

    members: int
    pour: int
    contre: int
    abstention: int
    blanc: int = 0
    nul: int = 0


@dataclass(frozen=True)
class Act:
    """A délibération as the file tells it; ``votes`` None for an election."""

    number: str
    day: date
    matter: str
    matter_name: str
    name: str
    url: str
    received: date | None = None
    votes: Votes | None = None
    budget_year: str = ""
    budget_name: str = ""


def matter_name(parent: str, name: str) -> str:
    """Return both levels of a matter as the format wants them.

    >>> matter_name("Finances locales", "Subventions")
    'finances locales/subventions'
    >>> matter_name("Domaine", "Prises de participation (SEM, etc.)")
    'domaine/prises de participation sem etc.'
    """
    return "/".join(_plain(part) for part in (parent, name) if part)


def _plain(text):
    kept = "".join(" " if char in ",()/" else char for char in text.lower())
    return " ".join(kept.split())


def row(town: str, siret: str, act: Act, pref_id: str = "") -> dict[str, str]:
    """Return one line of the file: field -> text.

    Votes are left out where blank or void ballots would break their sum, and for
    elections (the format has no place for them). Year and name of a budget go together.
    """
    cells = {
        "COLL_NOM": town,
        "COLL_SIRET": siret,
        "DELIB_ID": act.number,
        "DELIB_DATE": act.day.isoformat(),
        "DELIB_MATIERE_CODE": ".".join(act.matter.split(".")[:2]),
        "DELIB_MATIERE_NOM": act.matter_name,
        "DELIB_OBJET": _one_line(act.name),
        "PREF_DATE": act.received.isoformat() if act.received else "",
        "PREF_ID": pref_id if act.received else "",
        "DELIB_URL": act.url,
    }
    if act.budget_year and act.budget_name:
        cells |= {"BUDGET_ANNEE": act.budget_year, "BUDGET_NOM": act.budget_name}
    votes = act.votes
    if votes and not votes.blanc and not votes.nul:
        total = votes.pour + votes.contre + votes.abstention
        cells |= {
            "VOTE_EFFECTIF": str(votes.members),
            "VOTE_REEL": str(total),
            "VOTE_POUR": str(votes.pour),
            "VOTE_CONTRE": str(votes.contre),
            "VOTE_ABSTENTION": str(votes.abstention),
        }
    return {name: cells.get(name, "") for name in FIELDS}


def _one_line(text):
    kept = "".join(
        char if unicodedata.category(char)[0] != "C" else " " for char in text
    )
    return " ".join(kept.split())


def render(rows: Iterable[dict[str, str]]) -> bytes:
    """Return the file: UTF-8, commas, a line of names first."""
    target = io.StringIO()
    writer = csv.DictWriter(target, FIELDS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode()
