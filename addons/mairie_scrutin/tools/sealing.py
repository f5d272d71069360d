"""Put what was committed into the chain of its round, without slowing who wrote it.

Entries and lines of the journal are inserted freely: no counter, no shared row. After
their commit they are linked here, in a transaction of its own, one round at a time:

- READ COMMITTED and an advisory lock *first*, so that what is read after the lock was
  committed by whoever held it before. Under Odoo's REPEATABLE READ the snapshot would be
  older than the lock, and two sealers would both write link n+1;
- ``UNIQUE(tour_id, seq)`` and ``UNIQUE(kind, res_id)`` refuse a fork all the same.

What a dead process left unlinked is linked by the next call, at the latest by the cron.
Plain SQL: it also runs where no registry is at hand, after a commit.
"""

import json
import logging
from contextlib import contextmanager

from odoo.sql_db import Cursor, db_connect
from odoo.tools import SQL
from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED

from ..lib.journal_chain import Fault, canonical, link_hash

_logger = logging.getLogger(__name__)

LOCK = 7_0013
BATCH = 2000
# What an entry tells, where its table has it: other parts of the module add columns.
ENTRY = (
    "source kind rang version author uuid inscrits votants emargements enveloppes blancs "
    "nuls exprimes annexes has_annexes nul_causes comment source_line"
).split()
TURNOUT = ("uuid", "hour", "votants", "source", "reason")
RETAINED = ("validation", "rectification")  # acts that name the final figures


@contextmanager
def seal_cursor(dbname):
    """A cursor whose every statement sees what was committed before it."""
    with db_connect(dbname).cursor() as cr:
        if type(cr) is Cursor:
            cr.connection.set_isolation_level(ISOLATION_LEVEL_READ_COMMITTED)
        yield cr


def seal_committed(dbname, tour_ids):
    """After a commit. A failure must not spoil the answer: the cron will link them."""
    for tour_id in sorted(tour_ids):
        try:
            with seal_cursor(dbname) as cr:
                seal(cr, tour_id)
        except Exception:
            _logger.info("round %s: to be sealed later", tour_id, exc_info=True)


def seal(cr, tour_id):
    """Link all that the round has and its chain has not.

    :return: (number of links, hash of the last one), (0, "") for a round unknown
    """
    cr.execute(SQL("SELECT pg_advisory_xact_lock(%s, %s)", LOCK, tour_id))
    head = _read_head(cr, tour_id)
    if head is None:
        return 0, ""
    chain = _Chain(cr, tour_id)
    chain.follow("entete", head)
    chain.follow("listes", _read_lists(cr, tour_id))
    chain.follow("bureaux", _read_stations(cr, tour_id))
    for read in (read_entries, read_turnout, read_journal):
        while chain.append(read(cr, tour_id, missing_only=True)):
            pass
    return chain.count, chain.last


class _Chain:
    """The end of a chain, to which links are added."""

    def __init__(self, cr, tour_id):
        self.cr, self.tour_id = cr, tour_id
        cr.execute(
            SQL(
                "SELECT seq + 1, hash FROM mairie_scrutin_maillon WHERE tour_id = %s "
                "ORDER BY seq DESC LIMIT 1",
                tour_id,
            )
        )
        self.count, self.last = cr.fetchone() or (0, "")

    def follow(self, kind, value):
        """Link a state of things that may change, when it did."""
        payload = canonical({"type": kind, kind: value})
        self.cr.execute(
            SQL(
                "SELECT payload FROM mairie_scrutin_maillon WHERE tour_id = %s "
                "AND kind = %s ORDER BY seq DESC LIMIT 1",
                self.tour_id,
                kind,
            )
        )
        known = self.cr.fetchone()
        if not known or known[0] != payload:
            self._insert([(kind, None, payload)])

    def append(self, items):
        """Link ``items``: [(kind, id, plain value)]. :return: how many"""
        self._insert([(kind, id_, canonical(value)) for kind, id_, value in items])
        return len(items)

    def _insert(self, items):
        if not items:
            return
        rows = []
        for kind, id_, payload in items:
            self.last = link_hash(self.last, payload)
            row = (self.tour_id, self.count, kind, id_, payload, self.last)
            rows.append(SQL("(%s, %s, %s, %s, %s, %s, now() at time zone 'UTC')", *row))
            self.count += 1
        self.cr.execute(
            SQL(
                "INSERT INTO mairie_scrutin_maillon "
                "(tour_id, seq, kind, res_id, payload, hash, create_date) VALUES %s",
                SQL(", ").join(rows),
            )
        )


def _read_head(cr, tour_id):
    cr.execute(
        SQL(
            """
            SELECT s.commune_insee, s.kind, s.year, t.numero, to_char(t.date, 'YYYY-MM-DD'),
                   coalesce(t.is_rehearsal, false)
              FROM mairie_scrutin_tour t JOIN mairie_scrutin s ON s.id = t.scrutin_id
             WHERE t.id = %s
            """,
            tour_id,
        )
    )
    row = cr.fetchone()
    names = ("commune", "scrutin", "annee", "tour", "date", "repetition")
    return row and dict(zip(names, row, strict=True))


def _read_lists(cr, tour_id):
    cr.execute(
        SQL(
            "SELECT panneau, name, coalesce(head, '') FROM mairie_scrutin_candidature "
            "WHERE tour_id = %s ORDER BY panneau",
            tour_id,
        )
    )
    return [list(row) for row in cr.fetchall()]


def _read_stations(cr, tour_id):
    cr.execute(
        SQL(
            "SELECT code FROM mairie_scrutin_bureau_tour WHERE tour_id = %s ORDER BY code",
            tour_id,
        )
    )
    return [row[0] for row in cr.fetchall()]


def _batch(kind, table, missing_only):
    """End of a query: all rows in order, or the first ones that have no link yet."""
    order = SQL("ORDER BY %s", SQL.identifier(table, "id"))
    if not missing_only:
        return order
    return SQL(
        "AND NOT EXISTS (SELECT FROM mairie_scrutin_maillon k "
        "WHERE k.kind = %s AND k.res_id = %s) %s LIMIT %s",
        kind,
        SQL.identifier(table, "id"),
        order,
        BATCH,
    )


def read_entries(cr, tour_id, missing_only=False):
    """[(kind, id, value)] of the entries, all or those without a link, oldest first."""
    cr.execute(
        SQL(
            """
            SELECT s.id, bt.code, to_jsonb(s), u.login,
                   to_char(s.create_date, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                   (SELECT jsonb_object_agg(c.panneau, l.voix)
                      FROM mairie_scrutin_saisie_ligne l
                      JOIN mairie_scrutin_candidature c ON c.id = l.candidature_id
                     WHERE l.saisie_id = s.id)
              FROM mairie_scrutin_saisie s
              JOIN mairie_scrutin_bureau_tour bt ON bt.id = s.bureau_tour_id
              LEFT JOIN res_users u ON u.id = s.create_uid
             WHERE bt.tour_id = %s %s
            """,
            tour_id,
            _batch("saisie", "s", missing_only),
        )
    )
    return [
        (
            "saisie",
            id_,
            {
                "type": "saisie",
                "bureau": code,
                "par": login or "",
                "le": at,
                "voix": votes or {},
                **{name: row[name] for name in ENTRY if row.get(name) is not None},
            },
        )
        for id_, code, row, login, at, votes in cr.fetchall()
    ]


def read_turnout(cr, tour_id, missing_only=False):
    """The same of the turnout by hour, where the module counts it."""
    cr.execute("SELECT to_regclass('mairie_scrutin_participation')")
    if not cr.fetchone()[0]:
        return []
    cr.execute(
        SQL(
            """
            SELECT p.id, bt.code, to_jsonb(p),
                   to_char(p.create_date, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
              FROM mairie_scrutin_participation p
              JOIN mairie_scrutin_bureau_tour bt ON bt.id = p.bureau_tour_id
             WHERE bt.tour_id = %s %s
            """,
            tour_id,
            _batch("participation", "p", missing_only),
        )
    )
    return [
        (
            "participation",
            id_,
            {
                "type": "participation",
                "bureau": code,
                "le": at,
                **{name: row[name] for name in TURNOUT if row.get(name) is not None},
            },
        )
        for id_, code, row, at in cr.fetchall()
    ]


def read_journal(cr, tour_id, missing_only=False):
    """The same of the lines of the journal; an act on a station names the entry it is about."""
    cr.execute(
        SQL(
            """
            SELECT j.id, j.event, coalesce(j.detail, ''), u.login, bt.code, m.seq,
                   j.closing, to_char(j.create_date, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
              FROM mairie_scrutin_journal j
              LEFT JOIN mairie_scrutin_bureau_tour bt ON bt.id = j.bureau_tour_id
              LEFT JOIN mairie_scrutin_maillon m
                     ON m.kind = 'saisie' AND m.res_id = j.saisie_id
              LEFT JOIN res_users u ON u.id = j.user_id
             WHERE j.tour_id = %s %s
            """,
            tour_id,
            _batch("journal", "j", missing_only),
        )
    )
    names = ("evenement", "detail", "par", "bureau", "saisie", "cloture", "le")
    return [
        (
            "journal",
            row[0],
            {
                "type": "journal",
                **{
                    name: value
                    for name, value in zip(names, row[1:], strict=True)
                    if value is not None
                },
            },
        )
        for row in cr.fetchall()
    ]


def read_chain(cr, tour_id):
    """[(number, kind, id, payload, hash)] in the order of the chain."""
    cr.execute(
        SQL(
            "SELECT seq, kind, res_id, payload, hash FROM mairie_scrutin_maillon "
            "WHERE tour_id = %s ORDER BY seq",
            tour_id,
        )
    )
    return cr.fetchall()


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
    for read in (read_entries, read_turnout, read_journal):
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
