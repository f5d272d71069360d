from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        """A closed account leaves its groups, their channels and folders, at once."""
        result = super().write(vals)
        if vals.get("active") is False:
            self.env["mairie.social.group"]._drop_user(self)
        return result
