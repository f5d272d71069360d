from odoo import fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """Elected members in the directory: their names and what the mayor gave them charge of."""

    _inherit = "res.partner"

    mairie_is_elu = fields.Boolean(
        "Elected Member",
        compute="_compute_mairie_is_elu",
        search="_search_mairie_is_elu",
        export_string_translation=False,
    )

    def _compute_mairie_is_elu(self):
        elus = self.env["mairie.social.audience"]._get_elus().partner_id
        for partner in self:
            partner.mairie_is_elu = partner.id in elus.ids

    def _search_mairie_is_elu(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        elus = self.env["mairie.social.audience"]._get_elus()
        return Domain("id", "in", elus.partner_id.ids)

    def action_mairie_write(self):
        """Open a conversation with one person of the town hall in Discuss."""
        self.ensure_one()
        channel = self.env["discuss.channel"]._get_or_create_chat(self.ids)
        return {
            "type": "ir.actions.client",
            "tag": "mail.action_discuss",
            "context": {"active_id": f"discuss.channel_{channel.id}"},
            "params": {"active_id": f"discuss.channel_{channel.id}"},
        }
