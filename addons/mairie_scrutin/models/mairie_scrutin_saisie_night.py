from odoo import api, models


class MairieScrutinSaisie(models.Model):
    """First hundreds change no station, yet they change the estimate."""

    _inherit = "mairie.scrutin.saisie"

    @api.model_create_multi
    def create(self, vals_list):
        entries = super().create(vals_list)
        entries.sudo().tour_id._touch_night()
        return entries
