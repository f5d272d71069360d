from odoo import api, fields, models


class MairieScrutinElu(models.Model):
    """A person who won a seat, in the order of the proclamation."""

    _name = "mairie.scrutin.elu"
    _description = "Elected Person"
    _order = "attribution_id, rank, id"

    attribution_id = fields.Many2one(
        "mairie.scrutin.attribution",
        "Seats",
        required=True,
        index=True,
        ondelete="cascade",
    )
    tour_id = fields.Many2one(related="attribution_id.tour_id", store=True, index=True)
    company_id = fields.Many2one(related="attribution_id.company_id", store=True)
    organe = fields.Selection(related="attribution_id.organe", store=True)
    rank = fields.Integer(readonly=True)
    candidature_id = fields.Many2one(
        "mairie.scrutin.candidature", "List", required=True, ondelete="cascade"
    )
    voix = fields.Integer("Votes of the List", readonly=True)
    candidat_id = fields.Many2one(
        "mairie.scrutin.candidat", "Person", ondelete="cascade", readonly=True
    )
    ordre = fields.Integer("Rank on the List", readonly=True)
    sexe = fields.Selection(related="candidat_id.sexe")
    naissance = fields.Date(
        related="candidat_id.naissance", groups="mairie_scrutin.group_superviseur"
    )
    rule = fields.Selection(
        [
            ("list", "Order of the list"),
            ("same_sex", "Same sex, instead of somebody not on the council"),
            ("vacant", "Nobody can take it"),
        ],
        default="list",
        readonly=True,
    )
    replaces_id = fields.Many2one(
        "mairie.scrutin.candidat", "Instead Of", readonly=True, ondelete="cascade"
    )
    note = fields.Char(compute="_compute_note")

    @api.depends("candidat_id", "candidature_id", "ordre")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.candidat_id.display_name or self.env._(
                "Number %(rank)s of %(list)s",
                rank=row.ordre,
                list=row.candidature_id.name,
            )

    @api.depends("rule", "replaces_id")
    def _compute_note(self):
        labels = dict(self._fields["rule"]._description_selection(self.env))
        for row in self:
            if row.rule == "list":
                row.note = False
            elif row.replaces_id:
                row.note = f"{labels[row.rule]} ({row.replaces_id.display_name})"
            else:
                row.note = labels[row.rule]
