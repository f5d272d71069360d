from odoo import models


class ResGroups(models.Model):
    _inherit = "res.groups"

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"user_ids", "all_user_ids", "implied_ids", "implied_by_ids"}:
            self.env["mairie.social.audience"]._sync_all()
        return result
