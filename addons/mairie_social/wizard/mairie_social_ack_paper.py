from odoo import fields, models


class MairieSocialAckPaper(models.TransientModel):
    """A signed sheet being entered by a manager or by HR."""

    _name = "mairie.social.ack.paper"
    _description = "Signed Sheet"

    post_id = fields.Many2one("mairie.social.post", required=True, readonly=True)
    line_ids = fields.One2many("mairie.social.ack.paper.line", "paper_id", "People")

    def action_record(self):
        """Record the ticked signatures, and say which sheet it is."""
        self.ensure_one()
        signed = self.line_ids.filtered("is_signed")
        result = self.post_id.record_paper(signed.mapped("line_ref"))
        message = self.env._(
            "Paper readings recorded: %(count)s, sheet no. %(sheet)s.", **result
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
