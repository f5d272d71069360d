from odoo import api, fields, models


class MairieScrutinBureau(models.Model):
    """A polling station ("bureau de vote"), from one election to the next."""

    _name = "mairie.scrutin.bureau"
    _description = "Polling Station"
    _order = "commune_insee, code"
    _rec_name = "display_name"
    _rec_names_search = ["code", "name"]

    code = fields.Char(
        "Number", required=True, size=8, help="As in the files: 0005, 136A…"
    )
    name = fields.Char("Place", help="School, hall… as on the voter's card.")
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, default=lambda self: self.env.company
    )
    commune_insee = fields.Char(
        "INSEE Code of the Commune",
        size=5,
        required=True,
        default=lambda self: self.env.company.mairie_insee_code,
    )
    location_id = fields.Many2one("hr.work.location", "Site")
    is_centralising = fields.Boolean(
        "Centralising Station", help="Gathers the reports of all stations (R69)."
    )
    has_voting_machine = fields.Boolean(
        "Voting Machine", help="No envelopes and no annexed ballots to compare (L57-1)."
    )
    booth_count = fields.Integer(
        "Booths Needed",
        compute="_compute_booth_count",
        help="One for each 300 registered voters (L62).",
    )
    active = fields.Boolean(default=True)
    bureau_tour_ids = fields.One2many(
        "mairie.scrutin.bureau.tour", "bureau_id", "Rounds"
    )

    _code_uniq = models.Constraint(
        "UNIQUE(company_id, commune_insee, code)",
        "This commune already has a polling station with that number.",
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for bureau in self:
            bureau.display_name = " ".join(filter(None, [bureau.code, bureau.name]))

    @api.depends("bureau_tour_ids.inscrits")
    def _compute_booth_count(self):
        for bureau in self:
            inscrits = bureau.bureau_tour_ids.sorted("id")[-1:].inscrits
            bureau.booth_count = -(-inscrits // 300)

    @api.model
    def _get_or_create(self, company, commune_insee, codes):
        """Return one station for each code, in the same order."""
        domain = [
            ("company_id", "=", company.id),
            ("commune_insee", "=", commune_insee),
            ("code", "in", codes),
        ]
        found = self.with_context(active_test=False).search(domain)
        known = {bureau.code: bureau for bureau in found}
        missing = [code for code in codes if code not in known]
        created = self.create(
            [
                {
                    "code": code,
                    "company_id": company.id,
                    "commune_insee": commune_insee,
                }
                for code in missing
            ]
        )
        known |= {bureau.code: bureau for bureau in created}
        return self.concat(*(known[code] for code in codes))
