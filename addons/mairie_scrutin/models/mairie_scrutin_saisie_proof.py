from odoo import api, models


class MairieScrutinSaisie(models.Model):
    """Each entry gets its link in the chain of the round."""

    _inherit = "mairie.scrutin.saisie"

    @api.model_create_multi
    def create(self, vals_list):
        entries = super().create(vals_list)
        entries.bureau_tour_id.sudo().tour_id._seal_after_commit()
        return entries
