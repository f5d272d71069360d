from odoo import api, fields, models


class MairieScrutinTour(models.Model):
    """From the proclaimed seats to the council."""

    _inherit = "mairie.scrutin.tour"

    can_install = fields.Boolean(compute="_compute_can_install")

    @api.depends("state", "scrutin_id.kind")
    @api.depends_context("uid")
    def _compute_can_install(self):
        secretary = self.env.user.has_group("mairie_elus.group_secretary")
        for tour in self:
            shared = tour.sudo().attribution_ids.filtered(
                lambda row: row.organe == "cm" and row.state == "shared"
            )
            tour.can_install = secretary and tour.state == "proclame" and bool(shared)

    def action_install_council(self):
        """Open the wizard that creates the mandates of the winners."""
        self.ensure_one()
        wizard = self.env["mairie.scrutin.install"].create({"tour_id": self.id})
        wizard._fill_lines()
        return wizard._reload()
