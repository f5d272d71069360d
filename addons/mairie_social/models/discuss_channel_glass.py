from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .mairie_social_break_glass import OPEN_HOURS


class DiscussChannel(models.Model):
    """Administrators read the conversations that were opened for them, and no other."""

    _inherit = "discuss.channel"

    mairie_is_opened = fields.Boolean(
        compute="_compute_mairie_is_opened",
        search="_search_mairie_is_opened",
        export_string_translation=False,
    )

    @api.depends_context("uid")
    def _compute_mairie_is_opened(self):
        opened = self._get_mairie_opened_ids()
        for channel in self:
            channel.mairie_is_opened = channel.id in opened

    def _search_mairie_is_opened(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain("id", "in", self._get_mairie_opened_ids())

    @api.model
    def _get_mairie_opened_ids(self):
        """:return: ids of the channels opened for the current user at this moment"""
        since = fields.Datetime.now() - timedelta(hours=OPEN_HOURS)
        glasses = self.env["mairie.social.break.glass"].sudo()
        domain = [("asked_by_id", "=", self.env.uid), ("opened_at", ">", since)]
        return glasses.search(domain).channel_id.ids
