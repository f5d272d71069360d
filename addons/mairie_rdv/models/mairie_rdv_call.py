"""Who lost a date and cannot be told by a message: the list to telephone."""

from odoo import api, fields, models
from odoo.exceptions import UserError

#: states of a message that has left, or will
TELLING = ("queued", "handed", "sent")


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    is_to_call = fields.Boolean(
        "To Call",
        compute="_compute_is_to_call",
        store=True,
        help="The town hall closed, and no message has reached this person.",
    )
    told_at = fields.Datetime("Told by Telephone on", readonly=True, copy=False)
    told_by_id = fields.Many2one("res.users", "Told by", readonly=True, copy=False)
    dates_kept = fields.Char(compute="_compute_dates_kept")
    is_kept_date = fields.Boolean(compute="_compute_is_kept_date")

    _to_call_index = models.Index("(lieu_id) WHERE is_to_call")

    @api.depends(
        "state", "closure_id", "told_at", "last_name", "envoi_ids.kind",
        "envoi_ids.state",
    )  # fmt: skip
    def _compute_is_to_call(self):
        for rdv in self:
            is_lost = rdv.state == "cancelled_mairie" and rdv.closure_id
            is_known = rdv.told_at or not rdv.last_name
            rdv.is_to_call = bool(
                is_lost
                and not is_known
                and not rdv.envoi_ids.filtered(
                    lambda envoi: envoi.kind == "closed" and envoi.state in TELLING
                )
            )

    @api.depends("proposal_ids.state", "proposal_ids.hold_until")
    def _compute_dates_kept(self):
        for rdv in self:
            dates = rdv._get_open_dates()
            rdv.dates_kept = ", ".join(date._get_when() for date in dates)

    @api.depends("state", "hold_until", "proposal_of_id")
    def _compute_is_kept_date(self):
        now = fields.Datetime.now()
        for rdv in self:
            rdv.is_kept_date = bool(
                rdv.proposal_of_id and rdv.state == "hold" and rdv.hold_until > now
            )

    def _is_reached_by(self, kind):
        """Tell whether a message of this kind would reach the citizen at all."""
        self.ensure_one()
        words = self.env["mairie.rdv.message"]._get_words(
            self.company_id, kind, self.lang
        )
        return bool(words["is_active"] and self._get_channels())

    def action_told(self):
        """Note that the citizen was told by telephone: he leaves the list."""
        self.check_access("write")
        self.write({"told_at": fields.Datetime.now(), "told_by_id": self.env.uid})
        return True

    def action_take_date(self):
        """Give this kept date to whoever it is kept for, as he says on the telephone.

        :raise UserError: it is no longer kept
        """
        self.ensure_one()
        self.check_access("write")
        if not self.is_kept_date:
            raise UserError(self.env._("This date is no longer kept for you."))
        rdv = self.proposal_of_id
        rdv.sudo()._choose_date(self.start)
        rdv.action_told()
        return rdv.get_formview_action()
