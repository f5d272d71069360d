from odoo import models


class MairieSocialPost(models.Model):
    """The paper bridge: a post as a sheet for the notice board."""

    _inherit = "mairie.social.post"

    def _get_sheet_qr(self):
        """:return: ``data:`` address of the code that leads to the reading page"""
        self.ensure_one()
        url = f"{self.get_base_url()}/odoo/mairie.social.post/{self.id}"
        return self.env["mairie.social.invitation"]._draw_qr(url)
