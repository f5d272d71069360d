from odoo import fields, models


class MairieScrutinReferenceListe(models.Model):
    """A list of a past election, and those of tonight that it compares with."""

    _name = "mairie.scrutin.reference.liste"
    _description = "Past List"
    _order = "reference_id, sequence, id"

    reference_id = fields.Many2one(
        "mairie.scrutin.reference", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="reference_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    key = fields.Char("Panel", required=True)
    name = fields.Char(required=True)
    candidature_ids = fields.Many2many(
        "mairie.scrutin.candidature",
        "mairie_scrutin_reference_liste_rel",
        "liste_id",
        "candidature_id",
        "Compares With",
        help="Lists of other rounds that carry on this one.",
    )

    _key_uniq = models.Constraint(
        "UNIQUE(reference_id, key)", "This past election already has that list."
    )
