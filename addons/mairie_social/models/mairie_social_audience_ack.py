from odoo import models


class MairieSocialAudience(models.Model):
    """Whoever joins an audience is asked to read what is mandatory there."""

    _inherit = "mairie.social.audience"

    def _set_members(self, user_ids, elu_ids):
        result = super()._set_members(user_ids, elu_ids)
        self.env["mairie.social.post"]._follow_audiences(self)
        return result
