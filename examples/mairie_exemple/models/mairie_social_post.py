from odoo import api, models


class MairieSocialPost(models.Model):
    _inherit = "mairie.social.post"

    @api.model
    def _get_shortcuts(self):
        """Every agent of this town looks at the canteen's menu before noon."""
        canteen = {
            "name": self.env._("Today at the canteen"),
            "icon": "fa-cutlery",
            "action": "mairie_exemple.action_canteen",
        }
        return [*super()._get_shortcuts(), canteen]
