from odoo import api, fields, models


class MairieScrutinCandidature(models.Model):
    """A list, a pair, a candidate or an answer that voters may choose."""

    _name = "mairie.scrutin.candidature"
    _description = "List"
    _order = "tour_id, sequence, id"

    tour_id = fields.Many2one(
        "mairie.scrutin.tour", "Round", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="tour_id.company_id", store=True, index=True)
    sequence = fields.Integer("Order", default=10)
    panneau = fields.Char(
        "Panel", size=3, required=True, help="Number of the notice board: 003"
    )
    name = fields.Char(required=True)
    head = fields.Char("Head of List")
    nuance = fields.Char("Political Shade", size=8, help="Given by the préfecture.")
    candidate_count = fields.Integer(
        "Names on the List",
        help="A seat beyond the last name stays vacant. Leave 0 for a complete list.",
    )
    mean_age = fields.Float(
        digits=(6, 3),
        help="Only for a tie at the top of the second round: the higher wins.",
    )
    next_candidate_age = fields.Float(
        "Age of the Next Candidate",
        digits=(6, 3),
        help="Only for a perfect tie on the last seat: age of the candidate who "
        "would take it; the older wins.",
    )

    _panneau_uniq = models.Constraint(
        "UNIQUE(tour_id, panneau)", "Another list already has that panel."
    )

    @api.depends("name", "head")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.name} ({row.head})" if row.head else row.name
