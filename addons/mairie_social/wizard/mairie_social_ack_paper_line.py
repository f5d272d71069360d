from odoo import fields, models


class MairieSocialAckPaperLine(models.TransientModel):
    """Somebody on the sheet, signed or not."""

    _name = "mairie.social.ack.paper.line"
    _description = "Line of a Signed Sheet"
    _order = "service, name"

    paper_id = fields.Many2one(
        "mairie.social.ack.paper", required=True, ondelete="cascade"
    )
    line_ref = fields.Integer(readonly=True)
    name = fields.Char("Person", readonly=True)
    service = fields.Char(readonly=True)
    is_signed = fields.Boolean("Has Signed")
