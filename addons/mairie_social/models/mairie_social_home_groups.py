from odoo import api, models


class MairieSocialPost(models.Model):
    """« Mes groupes » on the home page, in the same call."""

    _inherit = "mairie.social.post"

    @api.model
    def _get_home_groups(self):
        return self.env["mairie.social.group"]._get_my_groups()
