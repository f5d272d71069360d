from datetime import datetime

from odoo import models
from odoo.addons.mairie_base.lib.legal_calendar import earliest_meeting_date
from odoo.exceptions import UserError

from ..lib import notice
from .mairie_point_vote import VOTED_KINDS


class MairieSeance(models.Model):
    """The quorum is lost: the meeting ends, what is left is called again."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    def _get_left_points(self):
        """Return the items that the meeting did not settle."""
        self.ensure_one()
        return self.point_ids.filtered(
            lambda point: (
                not point.opened_at
                or point.kind in VOTED_KINDS
                and not point.vote_id
                or point.kind == "election"
                and not point.nomination_ids.tour_ids
            )
        )

    def _get_second_call_date(self):
        """Return the first day of a second call sent today: three clear days between."""
        self.ensure_one()
        rule = self._get_notice_rule(notice.SECOND_CALL)
        return earliest_meeting_date(self._get_today(), rule.clear_days if rule else 0)

    def _get_second_call_text(self, room):
        """Return from when what is left may be called again, nothing with a quorum."""
        if room.reached or self.state != "open":
            return False
        return self._format_day(self._get_second_call_date())

    def console_call_again(self):
        """Close the meeting for want of quorum, and prepare the second call.

        Only what this meeting did not settle is called again, without quorum then
        (CGCT, L2121-17).

        :return: action that opens the new meeting
        """
        self._check_console()
        if self._get_roll_now().reached:
            raise UserError(
                self.env._("The quorum is there: the meeting goes on, or is closed.")
            )
        left = self._get_left_points()
        if not left:
            raise UserError(self.env._("Every item was settled: close the meeting."))
        if self.state == "open":
            self.action_close()
        again = self.create(self._prepare_second_call_vals())
        for point in left.sorted("rank"):
            point.copy({"seance_id": again.id, "origin_id": point.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": "mairie.seance",
            "res_id": again.id,
            "views": [[False, "form"]],
        }

    def _prepare_second_call_vals(self):
        hour = self._get_local_start().time()
        start = datetime.combine(self._get_second_call_date(), hour)
        return {
            "instance_id": self.instance_id.id,
            "parent_id": self.id,
            "call": notice.SECOND_CALL,
            "date_start": self.company_id._mairie_to_utc(start),
            "duration": self.duration,
            "location_id": self.location_id.id,
            "room": self.room,
        }
