from odoo import fields, models


class MairieScrutinReferenceLigne(models.Model):
    """Figures of one station at a past election."""

    _name = "mairie.scrutin.reference.ligne"
    _description = "Past Figures of a Station"
    _order = "reference_id, code"
    _rec_name = "code"

    reference_id = fields.Many2one(
        "mairie.scrutin.reference", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="reference_id.company_id", store=True)
    code = fields.Char("Number", required=True, size=8)
    inscrits = fields.Integer("Registered Voters", required=True)
    votants = fields.Integer("Voters", required=True)
    blancs = fields.Integer("Blank")
    nuls = fields.Integer("Void")
    exprimes = fields.Integer("Valid Votes")
    votes = fields.Json(help="Key of the list -> votes.")
    turnout = fields.Json(help="Local hour -> voters so far.")

    _code_uniq = models.Constraint(
        "UNIQUE(reference_id, code)", "This past election already has that station."
    )
    _figures = models.Constraint(
        "CHECK(inscrits >= 0 AND votants >= 0)", "A figure is 0 or more."
    )
