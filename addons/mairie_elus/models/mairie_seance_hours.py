from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..lib import timing


class MairieSeance(models.Model):
    """The hours of a meeting: its journal, what each item took, suspensions."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    journal_ids = fields.One2many("mairie.seance.journal", "seance_id")
    suspended_at = fields.Datetime("Suspended since", readonly=True, copy=False)
    notes_clock = fields.Datetime(
        "Hour of the notes",
        readonly=True,
        copy=False,
        help="What is entered from paper notes happened at that hour.",
    )

    def action_open(self):
        result = super().action_open()
        self._note("opened")
        return result

    def action_close(self):
        """End the meeting: a suspended one too, a running vote is closed before."""
        self.check_access("write")
        for seance in self:
            seance._check_no_running_vote()
        result = super().action_close()
        self._note(timing.CLOSED)
        self.sudo().suspended_at = False
        return result

    def console_suspend(self, reason=""):
        """The president suspends the meeting."""
        self._check_console()
        self._check_no_running_vote()
        if self.suspended_at:
            raise UserError(self.env._("The meeting is suspended already."))
        self.sudo().suspended_at = self._get_gesture_time()
        self._note(timing.SUSPENDED, note=reason)
        return self.console_read()

    def console_resume(self):
        """The meeting goes on: the quorum is counted again for what is left to vote."""
        self._check_console()
        if not self.suspended_at:
            raise UserError(self.env._("The meeting is not suspended."))
        self.sudo().suspended_at = False
        self._note(timing.RESUMED)
        point = self.current_point_id
        if point and not point.vote_ids:
            point.sudo()._count_quorum()
        return self.console_read()

    def console_notes_clock(self, hour):
        """Say at what hour the next gestures happened, from paper notes.

        :param hour: "19:05" in the commune's time, on the day of the meeting or, when
            earlier than its beginning, in the night after it
        """
        self._check_console()
        if self.state != "closed":
            raise UserError(self.env._("The hour is that of the clock."))
        try:
            hours, minutes = (int(part) for part in hour.split(":"))
            start = self._get_local_start().replace(tzinfo=None)
            local = start.replace(hour=hours, minute=minutes)
        except (AttributeError, ValueError) as error:
            raise ValidationError(self.env._("An hour reads 19:05.")) from error
        if local < start - timedelta(hours=6):
            local += timedelta(days=1)
        self.sudo().notes_clock = self.company_id._mairie_to_utc(local)
        return self.console_read()

    def _get_gesture_time(self):
        """Return when a gesture happens: now, or the hour of the paper notes.

        Gestures of the same minute keep their order: one second each.
        """
        self.ensure_one()
        if self.state != "closed" or not self.notes_clock:
            return fields.Datetime.now()
        known = [
            *self.journal_ids.filtered(lambda row: row.kind != "closed").mapped("at"),
            *self.presence_ids.mapped("at"),
            *self.point_ids._get_counting_times(),
        ]
        last = max(known, default=self.notes_clock - timedelta(seconds=1))
        return max(self.notes_clock, last + timedelta(seconds=1))

    def _note(self, kind, point=None, note=""):
        """Add one line to the journal of each of these meetings."""
        rows = [
            {
                "seance_id": seance.id,
                "company_id": seance.company_id.id,
                "kind": kind,
                "point_id": point.id if point else False,
                "note": note or False,
                "at": seance._get_gesture_time(),
                "user_id": self.env.uid,
            }
            for seance in self
        ]
        return self.env["mairie.seance.journal"].sudo().create(rows)

    def _check_not_suspended(self):
        for seance in self:
            if seance.suspended_at:
                raise UserError(
                    self.env._("The meeting is suspended: resume it first.")
                )

    def _get_time_by_item(self):
        """Return id of item -> time spent on it, suspensions left out."""
        self.ensure_one()
        events = [
            (row.at, row.kind, row.point_id.id)
            for row in self.journal_ids.sorted(lambda row: (row.at, row.id))
            if row.kind in (timing.ITEM, timing.SUSPENDED, timing.RESUMED, "closed")
        ]
        return timing.time_by_item(events, self.closed_at or fields.Datetime.now())

    @api.model
    def _prepare_minutes(self, spent):
        """Return whole minutes, 0 for an item that was not taken."""
        return timing.minutes(spent) if spent else 0
