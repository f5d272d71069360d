from odoo import api, models


class MairieScrutinParticipation(models.Model):
    """A turnout that comes changes the board."""

    _inherit = "mairie.scrutin.participation"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.sudo().tour_id._touch_night()
        return rows
