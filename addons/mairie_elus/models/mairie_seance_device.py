from odoo import fields, models
from odoo.exceptions import UserError


class MairieSeance(models.Model):
    """Public votes on the members' own devices: opened, closed, then recorded."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    vote_ouvert_ids = fields.One2many("mairie.vote.ouvert", "seance_id")

    def console_open_vote(self, point_id, subject=""):
        """Let the members vote on their devices: public votes only (L2121-21)."""
        self._check_console()
        self._check_not_suspended()
        point = self._find_point(point_id)
        if self.state != "open" or point != self.current_point_id:
            raise UserError(
                self.env._("Members vote on the item under discussion, in the meeting.")
            )
        self._check_no_running_vote()
        point._check_votable(subject)
        self.env["mairie.vote.ouvert"].sudo().create(
            {
                "point_id": point.id,
                "seance_id": self.id,
                "company_id": self.company_id.id,
                "subject": subject or False,
                "opened_at": fields.Datetime.now(),
                "user_id": self.env.uid,
            }
        )
        return self.console_read()

    def console_close_vote(self, vote_id):
        """Close it. What was cast is read by the next call, when nothing more can come."""
        self._check_console()
        ouvert = self.sudo().vote_ouvert_ids.filtered(lambda row: row.id == vote_id)
        ouvert._close()
        return bool(ouvert)

    def _get_running_vote(self):
        """Return the vote that members are casting now, nothing if none."""
        self.ensure_one()
        running = self.sudo().vote_ouvert_ids
        return running.filtered(lambda row: not row.closed_at)[:1]

    def _check_no_running_vote(self):
        self.ensure_one()
        if self._get_running_vote():
            raise UserError(
                self.env._("Members are voting on their devices: close the vote first.")
            )
