from odoo import fields, models


class MairieScrutinReferencePassage(models.Model):
    """Where the voters of a station went when the perimeters were cut again (R40)."""

    _name = "mairie.scrutin.reference.passage"
    _description = "Station Cut Again"
    _order = "reference_id, new_code, old_code"
    _rec_name = "new_code"

    reference_id = fields.Many2one(
        "mairie.scrutin.reference", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="reference_id.company_id", store=True)
    old_code = fields.Char("Former Station", required=True, size=8)
    new_code = fields.Char("Station of Today", required=True, size=8)
    percent = fields.Integer(
        "Share of Its Voters (%)",
        required=True,
        default=100,
        help="How many of the voters of the former station vote in this one.",
    )

    _codes_uniq = models.Constraint(
        "UNIQUE(reference_id, old_code, new_code)",
        "These two stations are there twice.",
    )
    _percent_range = models.Constraint(
        "CHECK(percent BETWEEN 1 AND 100)", "A share is between 1 and 100 %."
    )
