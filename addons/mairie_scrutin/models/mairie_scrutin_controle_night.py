from odoo import models


class MairieScrutinControle(models.Model):
    """A reason that is written changes the board."""

    _inherit = "mairie.scrutin.controle"

    def write(self, vals):
        result = super().write(vals)
        if not {"reason", "active"}.isdisjoint(vals):
            self.sudo().tour_id._touch_night()
        return result
