"""How a place is taken: no look before the leap, PostgreSQL decides.

Odoo's transactions are REPEATABLE READ: whatever is read, checked or locked first, the
snapshot may be older than the neighbour's booking. So each free place is tried in a
savepoint, and the exclusion constraint answers.
"""

import random

from odoo import api, fields, models
from odoo.tools import SQL, mute_logger
from psycopg2.errors import ExclusionViolation, UniqueViolation

from ..exceptions import SlotTaken

REQUEST_KEY = "mairie_rdv_request_key_uniq"


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    def _keep_on_free_place(self, demarche, lieu, start, persons, keep, ignore=None):
        """Try the free places of a time, in any order, until one can be kept.

        :param start: naive UTC datetime
        :param keep: called with ``{"guichet_id", "place"}``; creates or writes, and
            returns the appointment
        :param ignore: the appointment that moves: its own time counts as free
        :raise SlotTaken: the time is not on offer, or went to others meanwhile
        """
        free = demarche._get_free_places(lieu, start, persons, ignore=ignore)
        # Rivals who all begin with the first desk would collide at each step.
        random.shuffle(free)
        for guichet_id, place in free:
            self._expire_holds(guichet_id, place)
            try:
                with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    self._wait_in_line(guichet_id, place, start)
                    rdv = keep({"guichet_id": guichet_id, "place": place})
                    self.env.flush_all()
                    return rdv
            except ExclusionViolation:
                continue
            except UniqueViolation as error:
                # A code drawn twice is drawn again; a key sent twice is a double click.
                if error.diag.constraint_name == REQUEST_KEY:
                    raise
        raise SlotTaken(self.env._("This time has just been taken."))

    def _keep_time(self, start, vals):
        """Write ``vals`` together with a free place at ``start``, in one row.

        The old place is given back only if the new one is taken.

        :raise SlotTaken: see ``_keep_on_free_place``
        """
        self.ensure_one()
        return self._keep_on_free_place(
            self.demarche_id,
            self.lieu_id,
            start,
            self.persons,
            lambda place: self.write({**vals, "start": start, **place}),
            ignore=self,
        )

    @api.model
    def _wait_in_line(self, guichet_id, place, start):
        """Let rivals for one place of one day come one after the other.

        This guards nothing, the constraint does. But two rows written at the same
        instant would wait for each other, and PostgreSQL takes a second to see that
        deadlock. The lock goes with the savepoint, so that nobody holds one while
        waiting for another.
        """
        day_of_place = (place << 20) | start.toordinal()
        self.env.cr.execute(
            SQL("SELECT pg_advisory_xact_lock(%s, %s)", guichet_id, day_of_place)
        )

    @api.model
    def _expire_holds(self, guichet_id, place):
        """Give back the places that are held past their time, without waiting.

        The constraint cannot look at the clock: a hold blocks until its state changes.
        Rows that somebody else is writing are left to him.
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE mairie_rdv SET state = 'expired'
                 WHERE id IN (
                       SELECT id FROM mairie_rdv
                        WHERE guichet_id = %s AND place = %s AND state = 'hold'
                          AND hold_until <= %s
                   FOR UPDATE SKIP LOCKED)
                """,
                guichet_id,
                place,
                fields.Datetime.now(),
            )
        )
        if self.env.cr.rowcount:
            self.invalidate_model(["state"])

    @api.autovacuum
    def _gc_abandoned(self):
        """Forget, the next day, the holds that led to nothing and the addresses."""
        yesterday = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        self.search(
            [("state", "=", "expired"), ("write_date", "<", yesterday)]
        ).unlink()
        self.search(
            [("ip_hash", "!=", False), ("create_date", "<", yesterday)]
        ).ip_hash = False

    @api.model
    def _cron_expire_holds(self):
        """Give back every place that is held past its time."""
        over = self.search(
            [("state", "=", "hold"), ("hold_until", "<=", fields.Datetime.now())]
        )
        over.try_lock_for_update().state = "expired"
