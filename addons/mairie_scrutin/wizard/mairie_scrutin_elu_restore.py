from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class MairieScrutinEluRestore(models.TransientModel):
    """Take a replacement back, with the reason; the journal keeps both."""

    _name = "mairie.scrutin.elu.restore"
    _description = "Take a Replacement Back"

    elu_id = fields.Many2one(
        "mairie.scrutin.elu", "Sits Again", required=True, readonly=True
    )
    reason = fields.Char(help="Written in the journal, beside the replacement.")
    successor_names = fields.Char("Does Not Sit Any More", compute="_compute_names")

    @api.depends("elu_id")
    def _compute_names(self):
        self._check_allowed()
        for wizard in self:
            people = wizard.sudo()._get_successors().candidat_id
            wizard.successor_names = ", ".join(people.mapped("display_name")) or False

    def action_restore(self):
        """Give the seat back to who had left it."""
        self.ensure_one()
        self._check_allowed()
        if not (self.reason or "").strip():
            raise UserError(self.env._("A reason is needed: the journal keeps it."))
        elu = self.sudo().elu_id
        if not elu.left_date:
            raise UserError(self.env._("%s did not leave.", elu.display_name))
        successors = self.sudo()._get_successors()
        self._check_successors(successors)
        self._restore(successors)
        return {"type": "ir.actions.act_window_close"}

    def _check_allowed(self):
        """Refuse who may not take a replacement back, or not in this commune."""
        if self.env.su:
            return
        elsewhere = self.sudo().elu_id.company_id - self.env.companies
        if elsewhere or not self._may_restore():
            raise AccessError(self.env._("Only a supervisor takes a replacement back."))

    def _may_restore(self):
        """Hook: who else may take a replacement back."""
        return self.env.user.has_group("mairie_scrutin.group_superviseur")

    def _get_seats(self):
        """The seats that were left together: council and community."""
        elu = self.elu_id
        return elu.tour_id.attribution_ids.elu_ids.filtered(
            lambda row: (
                row.candidat_id == elu.candidat_id
                and row.left_date
                and row.left_date == elu.left_date
            )
        )

    def _get_successors(self):
        """Rows of those who were called to these seats."""
        seats = self._get_seats()
        return seats.attribution_id.elu_ids.filtered(
            lambda row: (
                row.arrival_date == self.elu_id.left_date
                and row.replaces_id == self.elu_id.candidat_id
            )
        )

    def _check_successors(self, successors):
        """Replacements are taken back in the opposite order."""
        rows = successors.tour_id.attribution_ids.elu_ids
        for row in successors:
            others = (rows - successors).filtered(
                lambda other, row=row: (
                    other.candidat_id == row.candidat_id and other.arrival_date
                )
            )
            if row.left_date or others:
                raise UserError(
                    self.env._(
                        "%s was replaced, or called to another seat, since: take that "
                        "back first.",
                        row.display_name,
                    )
                )

    def _restore(self, successors):
        """Hook: what else changes hands. :param successors: rows that go away"""
        elu = self.sudo().elu_id
        names = ", ".join(successors.candidat_id.mapped("display_name")) or "–"
        detail = f"{elu.display_name} → {names} : {self.reason.strip()}"
        self.sudo()._get_seats().write({"left_date": False, "left_reason": False})
        successors.unlink()
        elu.tour_id._log("restoration", detail)
