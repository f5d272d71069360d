from datetime import datetime

from odoo import fields, models
from odoo.exceptions import UserError

from ..lib.tally import HUNDREDS, check_turnout


# One file for each concern of a station: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinBureauTour(models.Model):
    """The day of a station before the count: opening, turnout, closing."""

    _inherit = "mairie.scrutin.bureau.tour"

    phase = fields.Selection(
        [("a_ouvrir", "To open"), ("ouvert", "Open"), ("clos", "Closed")],
        "Day",
        default="a_ouvrir",
        required=True,
        readonly=True,
        copy=False,
    )
    opened_date = fields.Datetime("Opened At", readonly=True, copy=False)
    closed_date = fields.Datetime("Closed At", readonly=True, copy=False)
    participation_ids = fields.One2many(
        "mairie.scrutin.participation", "bureau_tour_id", "Hourly Turnout"
    )
    photo_ids = fields.One2many("mairie.scrutin.photo", "bureau_tour_id", "Photos")
    acces_ids = fields.One2many("mairie.scrutin.acces", "bureau_tour_id", "Accesses")

    def _record_opening(self, hour):
        """The first voter may come in. :param hour: local hour, as a float"""
        self.ensure_one()
        self.tour_id._check_open()
        moment = self._local_moment(hour)
        vals = {"opened_date": moment}
        if self.phase == "a_ouvrir":
            vals["phase"] = "ouvert"
        self.sudo().write(vals)
        self.tour_id._log("opening", self._format_hour(hour), stations=self)

    def _record_closing(self, hour):
        """The door is shut: only voters already in the room still vote (R57)."""
        self.ensure_one()
        self.tour_id._check_open()
        self.sudo().write({"phase": "clos", "closed_date": self._local_moment(hour)})
        self.tour_id._log("closing", self._format_hour(hour), stations=self)

    def _record_day(self, kind, hour, votants=None, **details):
        """Keep an opening, a turnout or a closing, wherever it comes from.

        :param hour: local hour; the voters of a closing are those of the last hour
        """
        self.ensure_one()
        if kind == "opening":
            self._record_opening(hour)
            return
        told = self._get_last_hour() if kind == "closing" else hour
        self._record_participation(told, votants, **details)
        if kind == "closing":
            self._record_closing(hour)

    def _record_hundred(self, kind, blancs, nuls, votes, **origin):
        """Keep the first or the second hundred ballots: an estimate, never a result.

        :param votes: candidature id -> votes
        :param origin: source, and the sending of a phone
        """
        self.ensure_one()
        self.tour_id._check_open()
        size = HUNDREDS[kind]
        vals = {
            "bureau_tour_id": self.id,
            "kind": kind,
            "version": 0,
            "inscrits": self.inscrits,
            "votants": size,
            "emargements": size,
            "blancs": blancs,
            "nuls": nuls,
            "exprimes": sum(votes.values()),
            "votes": votes,
        }
        self._create_entries([vals | origin])

    def _get_last_hour(self):
        """Hour under which the voters at the closing are kept."""
        return max([*self.tour_id._get_participation_hours(), self.tour_id.cloture])

    def _record_participation(self, hour, votants, **details):
        """Keep the voters so far at ``hour``; a correction is a new row.

        :param details: source, uuid, device_id, reason
        :return: the new row; the finding of ``lib.tally`` that refuses is raised as a
            sentence by the callers who asked ``_check_participation`` first
        """
        self.ensure_one()
        self.tour_id._check_open()
        rows = self.env["mairie.scrutin.participation"].sudo()
        current = self._get_participation().filtered(lambda row: row.hour == hour)
        if current:
            current.is_current = False
            rows.flush_model()
        vals = {"bureau_tour_id": self.id, "hour": hour, "votants": votants}
        if not details.get("device_id"):
            vals["user_id"] = self.env.uid
        row = rows.create(vals | details)
        if self.phase == "a_ouvrir":
            self.sudo().phase = "ouvert"
        return row

    def _check_participation(self, hour, votants):
        """Findings on a turnout, with the other hours already told."""
        self.ensure_one()
        told = {row.hour: row.votants for row in self._get_participation()}
        return check_turnout(told, hour, votants, self.inscrits or None)

    def _get_participation(self):
        """Current turnout rows of this station, by hour."""
        self.ensure_one()
        return (
            self.sudo()
            .participation_ids.filtered("is_current")
            .sorted(lambda row: row.hour)
        )

    def _get_turnout_points(self):
        """((label, voters), …) in order of time, for the lib of controls."""
        self.ensure_one()
        return tuple(
            (self._format_hour(row.hour), row.votants)
            for row in self._get_participation()
        )

    def action_tell(self):
        """Note what this station tells by voice, or the code that it sent."""
        self.ensure_one()
        self.tour_id._check_open()
        action = self.tour_id.action_tell()
        return dict(
            action, context={**action["context"], "default_bureau_tour_id": self.id}
        )

    def _local_moment(self, hour):
        """Naive UTC moment of a local hour of the round's day."""
        minutes = round(hour * 60)
        if not 0 <= minutes < 24 * 60:
            raise UserError(self.env._("An hour is between 0:00 and 23:59."))
        midnight = datetime.combine(self.tour_id.date, datetime.min.time())
        local = midnight.replace(hour=minutes // 60, minute=minutes % 60)
        return self.tour_id.company_id._mairie_to_utc(local)

    def _format_hour(self, hour):
        """18.5 -> "18 h 30", 12.0 -> "12 h"."""
        minutes = round(hour * 60)
        tail = f"\u00a0{minutes % 60:02d}" if minutes % 60 else ""
        return f"{minutes // 60}\u00a0h{tail}"
