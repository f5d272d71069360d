from odoo import models


class ResRole(models.Model):
    _inherit = "res.role"

    def write(self, vals):
        result = super().write(vals)
        if "user_ids" in vals:
            self.env["mairie.social.audience"]._sync_all()
        return result
