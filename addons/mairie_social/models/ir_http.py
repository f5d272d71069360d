from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Agents and elected members open on « Accueil », unless they chose a page."""
        info = super().session_info()
        user = self.env.user
        if not info.get("home_action_id") and (
            user.has_group("mairie_base.group_agent")
            or user.has_group("mairie_base.group_elu")
        ):
            home = self.env.ref("mairie_social.mairie_social_home_action", False)
            info["home_action_id"] = home.sudo().id if home else False
        return info
