from odoo import api, fields, models


class MairieScrutinTourSecondLine(models.TransientModel):
    """A list of round 1 and what becomes of it."""

    _name = "mairie.scrutin.tour.second.line"
    _description = "List of Round 1 Before Round 2"
    _order = "voix desc, id"

    second_id = fields.Many2one(
        "mairie.scrutin.tour.second", required=True, ondelete="cascade"
    )
    candidature_id = fields.Many2one(
        "mairie.scrutin.candidature", "List of Round 1", required=True, readonly=True
    )
    voix = fields.Integer("Votes", readonly=True)
    share = fields.Char(compute="_compute_share")
    status = fields.Selection(
        [
            ("standing", "May stand"),
            ("mergeable", "May only merge"),
            ("tied", "Equal votes: ask"),
            ("ask", "List of the préfecture"),
            ("out", "May not stand"),
        ],
        readonly=True,
    )
    stands = fields.Boolean("In Round 2")
    name = fields.Char("Name in Round 2", required=True)
    head = fields.Char("Head of List")
    merges_into_id = fields.Many2one(
        "mairie.scrutin.tour.second.line",
        domain="[('second_id', '=', second_id), ('stands', '=', True), ('id', '!=', id)]",
    )
    merged_ids = fields.One2many("mairie.scrutin.tour.second.line", "merges_into_id")

    @api.depends("name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.name

    @api.depends("voix", "second_id.tour_id")
    def _compute_share(self):
        share = self.env["mairie.scrutin.tour"]._format_share
        for line in self:
            total = sum(line.second_id.line_ids.mapped("voix"))
            line.share = share(line.voix, total, 2)

    @api.onchange("stands")
    def _onchange_stands(self):
        if self.stands:
            self.merges_into_id = False

    @api.onchange("merges_into_id")
    def _onchange_merges_into_id(self):
        if self.merges_into_id:
            self.stands = False

    def _create_candidature(self, tour):
        """Create this list in round 2, with its people unless others join it.

        A merged list has another composition: it is imported or typed.
        """
        self.ensure_one()
        source = self.candidature_id.sudo()
        people = [] if self.merged_ids else self._prepare_people(source)
        return (
            self.env["mairie.scrutin.candidature"]
            .sudo()
            .create(
                {
                    "tour_id": tour.id,
                    "sequence": source.sequence,
                    "panneau": source.panneau,
                    "ballot_order": source.ballot_order,
                    "color": source.color,
                    "name": self.name,
                    "head": self.head,
                    "nuance": source.nuance,
                    "candidate_count": 0 if self.merged_ids else source.candidate_count,
                    "mean_age": 0 if self.merged_ids else source.mean_age,
                    "parent_ids": [(6, 0, (source | self._get_merged()).ids)],
                    "candidat_ids": people,
                }
            )
        )

    def _get_merged(self):
        return self.merged_ids.candidature_id

    def _prepare_people(self, source):
        names = (
            "ordre",
            "nom",
            "prenom",
            "sexe",
            "naissance",
            "nationalite",
            "cc_ordre",
        )

        def copied(person):
            vals = {name: person[name] for name in names}
            substitutes = [(0, 0, copied(row)) for row in person.substitute_ids]
            return vals | ({"substitute_ids": substitutes} if substitutes else {})

        return [(0, 0, copied(person)) for person in source.candidat_ids]
