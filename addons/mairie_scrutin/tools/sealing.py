"""Put what was committed into the chain of its round, without slowing who wrote it.

Entries and lines of the journal are inserted freely: no counter, no shared row. After
their commit they are linked here, in a transaction of its own, one round at a time:

- READ COMMITTED and an advisory lock *first*, so that what is read after the lock was
  committed by whoever held it before. Under Odoo's REPEATABLE READ the snapshot would be
  older than the lock, and two sealers would both write link n+1;
- ``UNIQUE(tour_id, seq)`` and ``UNIQUE(kind, res_id)`` refuse a fork all the same.

Whoever writes names its rows, so that sealing costs the same at the end of the night as
at its beginning. What a dead process left unlinked is linked by the cron, which looks at
all rows.
"""

import logging
from contextlib import contextmanager

from odoo.sql_db import Cursor, db_connect
from odoo.tools import SQL
from psycopg2.extensions import ISOLATION_LEVEL_READ_COMMITTED

from ..lib.journal_chain import canonical, link_hash
from .sealed_rows import (
    BATCH,
    MISSING,
    READERS,
    look_at_acts,
    read_states,
)

_logger = logging.getLogger(__name__)

LOCK = 7_0013
STATES = ("entete", "listes", "bureaux")


@contextmanager
def seal_cursor(dbname):
    """A cursor whose every statement sees what was committed before it."""
    with db_connect(dbname).cursor() as cr:
        if type(cr) is Cursor:
            cr.connection.set_isolation_level(ISOLATION_LEVEL_READ_COMMITTED)
        yield cr


def seal_committed(dbname, rounds):
    """After a commit. A failure must not spoil the answer: the cron will link them.

    :param rounds: round id -> kind -> ids that the transaction wrote
    """
    for tour_id, written in sorted(rounds.items()):
        try:
            with seal_cursor(dbname) as cr:
                seal(cr, tour_id, written)
        except Exception:
            _logger.info("round %s: to be sealed later", tour_id, exc_info=True)


def seal(cr, tour_id, written=None):
    """Link what the round has and its chain has not.

    :param written: kind -> ids to link; all that is missing when None
    :return: (number of links, hash of the last one), (0, "") for a round unknown
    """
    cr.execute(SQL("SELECT pg_advisory_xact_lock(%s, %s)", LOCK, tour_id))
    states = read_states(cr, tour_id)
    if states is None:
        return 0, ""
    chain = _Chain(cr, tour_id)
    chain.follow(states)
    wanted = _get_wanted(cr, written)
    for kind, read in READERS.items():
        while wanted.get(kind):
            if chain.append(read(cr, tour_id, wanted[kind])) < BATCH:
                break
    return chain.count, chain.last


def _get_wanted(cr, written):
    """kind -> ids to link, or ``MISSING``.

    An act is never linked before the figures that it is about; the sums of a
    proclamation, never before any figure.
    """
    everything = dict.fromkeys(READERS, MISSING)
    if written is None:
        return everything
    entries, closes = look_at_acts(cr, written.get("journal", ()))
    if closes:
        return everything
    return {**written, "saisie": [*written.get("saisie", ()), *entries]}


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

    def follow(self, states):
        """Link the states of things that may change, those that did.

        :param states: (kind, plain value) of each
        """
        self.cr.execute(
            SQL(
                "SELECT DISTINCT ON (kind) kind, payload FROM mairie_scrutin_maillon "
                "WHERE tour_id = %s AND kind IN %s ORDER BY kind, seq DESC",
                self.tour_id,
                STATES,
            )
        )
        known = dict(self.cr.fetchall())
        payloads = [
            (kind, canonical({"type": kind, kind: value})) for kind, value in states
        ]
        self._insert(
            [(kind, None, text) for kind, text in payloads if known.get(kind) != text]
        )

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
