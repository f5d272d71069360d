"""A place through its day: who listens, what is late, when everybody has gone."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..lib.day import open_spans
from ..lib.slots import local_to_minutes, to_datetime, to_local, to_minutes
from .wording import moment_label


class MairieRdvLieu(models.Model):
    _name = "mairie.rdv.lieu"
    _inherit = ["mairie.rdv.lieu", "bus.listener.mixin"]

    late_minutes = fields.Integer(
        "Late After (minutes)",
        default=10,
        help="Whoever has not arrived by then is listed as late.",
    )
    no_show_minutes = fields.Integer(
        "Absent After Closing (minutes)",
        default=30,
        help="This long after the last desk has closed, all who did not come are "
        "marked absent. It can be undone for a week.",
    )

    _day_delays_positive = models.Constraint(
        "CHECK(late_minutes BETWEEN 0 AND 240 AND no_show_minutes BETWEEN 0 AND 1440)",
        "A delay of the day lasts 0 to 240 minutes, 1440 after closing.",
    )

    @api.model
    def _get_own_lieux(self):
        """Return the places of which the user is an agent, in their order."""
        return self.search([("user_ids", "in", self.env.uid)])

    def _get_today(self):
        """Return the local day of the place."""
        self.ensure_one()
        now = to_minutes(fields.Datetime.now())
        return to_local(now, self._get_zone_info()).date()

    def _get_day_span(self, day):
        """Return the first and the last instant of a local day, naive UTC."""
        self.ensure_one()
        tz = self._get_zone_info()
        return tuple(
            to_datetime(local_to_minutes(day, minute, tz)) for minute in (0, 24 * 60)
        )

    @api.model
    def _get_moment_label(self, lieu_id, value):
        """Return "jeudi 17 décembre à 9 h 20" for a wall time, False when it is none."""
        lieu = self.sudo().browse(lieu_id)
        start = lieu._read_start(value)
        local = start and to_local(to_minutes(start), lieu._get_zone_info())
        return local and moment_label(self.env, local)

    def _get_day_version(self, day):
        """Return a word that changes with anything on the day of the place."""
        self.ensure_one()
        self.env["mairie.rdv"].flush_model()
        start, stop = self._get_day_span(day)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT count(*), max(write_date) FROM mairie_rdv
                 WHERE lieu_id = %s AND start >= %s AND start < %s
                """,
                self.id,
                start,
                stop,
            )
        )
        return "{}-{}".format(*rows[0])

    def _notify_day(self):
        """Tell the screens of the place that its day changed: no name, no hour."""
        version = int(fields.Datetime.now().timestamp() * 1000)
        for lieu in self.sudo():
            lieu._bus_send("mairie_rdv/day", {"lieu_id": lieu.id, "version": version})

    # -- closing time --------------------------------------------------------------

    @api.model
    def _cron_mark_absent(self):
        """Mark absent whoever was expected and did not come, once all is closed."""
        now = fields.Datetime.now()
        for lieu in self.search([("active", "=", True)]):
            last = lieu._get_last_closing(lieu._get_today())
            limit = lieu._get_day_span(lieu._get_today())[0]
            if not last or last + timedelta(minutes=lieu.no_show_minutes) <= now:
                limit = now
            lieu._get_missing(limit)._move_to("no_show")

    def _get_missing(self, limit):
        """Return who was expected before ``limit`` at a place and did not come."""
        self.ensure_one()
        return self.env["mairie.rdv"].search(
            [("lieu_id", "=", self.id), ("state", "=", "confirmed"),
             ("stop", "<=", limit)]
        )  # fmt: skip

    def _get_last_closing(self, day):
        """Return when the last desk of a place closes on a day, naive UTC, or None."""
        self.ensure_one()
        ends = [
            stop
            for row in self._load_calendar(day, day).values()
            for _start, stop in open_spans(
                [block for block, _demarches in row.openings], row.closed
            )
        ]
        return to_datetime(max(ends)) if ends else None
