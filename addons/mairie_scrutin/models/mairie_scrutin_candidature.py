from odoo import api, fields, models
from odoo.exceptions import UserError


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
        compute="_compute_candidate_count",
        store=True,
        readonly=False,
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

    @api.model_create_multi
    def create(self, vals_list):
        lists = super().create(vals_list)
        lists.tour_id._check_open()
        lists._check_no_entry()
        return lists

    def write(self, vals):
        self.tour_id._check_open()
        if "tour_id" in vals:
            self._check_no_entry()
        result = super().write(vals)
        if "tour_id" in vals:
            self.tour_id._check_open()
            self._check_no_entry()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_if_no_entry(self):
        self._check_no_entry()

    def _check_no_entry(self):
        """The lists of a round are complete before its first result."""
        entries = self.env["mairie.scrutin.saisie"].sudo()
        rounds = self.tour_id.ids
        if entries.search_count([("bureau_tour_id.tour_id", "in", rounds)], limit=1):
            raise UserError(
                self.env._(
                    "Results were already recorded for this round: no list is added "
                    "to it nor taken away from it."
                )
            )

    @api.depends("name", "head")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.name} ({row.head})" if row.head else row.name
