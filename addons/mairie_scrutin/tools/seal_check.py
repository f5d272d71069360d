"""Is the chain of a round still the one of its rows?"""

import json

from odoo.tools import SQL

from ..lib.journal_chain import Fault
from .sealed_rows import READERS

RETAINED = ("validation", "rectification")  # acts that name the final figures


def compare_rows(cr, tour_id, links):
    """Faults between the chain and the rows that it is about.

    Codes: ``row`` (names, what), ``gone`` (what), ``unlinked`` (what), ``retained``
    (what): see ``mairie.scrutin.tour._get_faulty_sentence``.
    """
    linked = {
        (kind, id_): (seq, json.loads(payload))
        for seq, kind, id_, payload, _hash in links
        if id_
    }
    for read in READERS.values():
        for kind, id_, value in read(cr, tour_id):
            seq, known = linked.pop((kind, id_), (None, None))
            if known is None:
                yield Fault(len(links), "unlinked", {"what": _label(value)})
                continue
            names = [
                name
                for name in {**known, **value}
                # a login may be renamed; a column may be younger than the link
                if name != "par" and name in known and known[name] != value.get(name)
            ]
            if names:
                params = {"names": ", ".join(names), "what": _label(known)}
                yield Fault(seq, "row", params)
    for seq, known in linked.values():
        yield Fault(seq, "gone", {"what": _label(known)})
    yield from _compare_retained(cr, tour_id, links)


def _label(value):
    words = (value.get("evenement") or value["type"], value.get("bureau"))
    return " ".join(word for word in words if word)


def _compare_retained(cr, tour_id, links):
    """A validated station keeps the version that its last validation was about."""
    validated, numbers = {}, {}
    for seq, kind, id_, payload, _hash in links:
        if kind == "saisie":
            numbers[seq] = id_
        elif kind == "journal":
            value = json.loads(payload)
            if value.get("saisie") is not None and value["evenement"] in RETAINED:
                validated[value["bureau"]] = numbers.get(value["saisie"])
    cr.execute(
        SQL(
            "SELECT code, saisie_id FROM mairie_scrutin_bureau_tour WHERE tour_id = %s "
            "AND state IN ('valide', 'recense') ORDER BY code",
            tour_id,
        )
    )
    for code, retained in cr.fetchall():
        if validated.get(code) != retained:
            yield Fault(len(links), "retained", {"what": code})
