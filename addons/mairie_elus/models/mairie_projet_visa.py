from odoo import fields, models


class MairieProjetVisa(models.Model):
    """Who passed a draft on or sent it back, when and why: only ever added."""

    _name = "mairie.projet.visa"
    _description = "Passage of a Draft"
    _inherit = ["mairie.sealed.mixin"]
    _order = "occurred_at desc, id desc"

    projet_id = fields.Many2one(
        "mairie.projet", "Draft", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", "Commune", required=True)
    etape_id = fields.Many2one(
        "mairie.projet.etape", "Step", required=True, ondelete="restrict"
    )
    user_id = fields.Many2one("res.users", "By", required=True, ondelete="restrict")
    occurred_at = fields.Datetime("Date and hour", required=True)
    decision = fields.Selection(
        [
            ("sent", "Passed on"),
            ("granted", "Visa given"),
            ("returned", "Sent back"),
            ("listed", "Put on the agenda"),
            ("dropped", "Given up"),
        ],
        required=True,
    )
    comment = fields.Text("Reason")
