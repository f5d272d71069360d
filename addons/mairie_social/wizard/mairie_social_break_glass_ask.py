from odoo import fields, models


class MairieSocialBreakGlassAsk(models.TransientModel):
    """What an administrator writes down before asking to read a conversation."""

    _name = "mairie.social.break.glass.ask"
    _description = "Ask for an Exceptional Reading"

    partner_ids = fields.Many2many(
        "res.partner",
        string="Everybody Who Is in It",
        required=True,
        domain=[("partner_share", "=", False)],
    )
    reason = fields.Text(required=True)

    def action_ask(self):
        self.ensure_one()
        Glass = self.env["mairie.social.break.glass"]
        Glass.ask(self.partner_ids.ids, self.reason)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_social.mairie_social_break_glass_action"
        )
