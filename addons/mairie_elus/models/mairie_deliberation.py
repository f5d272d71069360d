from odoo import api, fields, models

from ..lib import acts


class MairieDeliberation(models.Model):
    """What the assembly decided on an item, adopted or not: one act, one number."""

    _name = "mairie.deliberation"
    _description = "Délibération"
    _inherit = ["mairie.acte.mixin"]
    _order = "date desc, year desc, rank desc, id desc"
    _rec_names_search = ["number", "name"]
    _mairie_report = "mairie_elus.report_deliberation"
    _mairie_body = "mairie_elus.deliberation_body"

    point_id = fields.Many2one(
        "mairie.point", "Item", required=True, readonly=True, ondelete="restrict"
    )
    seance_id = fields.Many2one(
        related="point_id.seance_id", store=True, index=True, string="Meeting"
    )
    instance_id = fields.Many2one(related="seance_id.instance_id", store=True)
    vote_id = fields.Many2one(
        "mairie.vote",
        readonly=True,
        ondelete="restrict",
        help="Empty for an election: its rounds are those of the item.",
    )
    date = fields.Date(readonly=True)
    content = fields.Html(help="Visas, reasons, then what the assembly decides.")
    result = fields.Char(compute="_compute_result")
    is_adopted = fields.Boolean(compute="_compute_is_adopted", store=True)
    modele_id = fields.Many2one(
        "mairie.acte.modele",
        "Text from a template",
        copy=False,
        help="Replaces the text by that of the template, with the facts of this act.",
    )

    _one_per_item = models.Constraint("UNIQUE (point_id)", "This item has its act.")
    _number_unique = models.Constraint(
        "UNIQUE (company_id, year, rank)", "Two acts cannot bear the same number."
    )

    @api.depends("vote_id", "point_id.nomination_ids.tour_ids")
    def _compute_result(self):
        for act in self:
            elections = act.point_id.nomination_ids
            act.result = act.vote_id.sentence or elections._get_result_text()

    @api.depends("vote_id", "point_id.nomination_ids.tour_ids")
    def _compute_is_adopted(self):
        """An election has its effect once somebody is elected."""
        for act in self:
            elections = act.point_id.nomination_ids
            elected = any(row.elected_id for row in elections)
            act.is_adopted = act.vote_id.is_adopted if act.vote_id else elected

    @api.onchange("modele_id")
    def _onchange_modele_id(self):
        if self.modele_id and self.state == "draft":
            self.content = self.modele_id._render_text(self)

    @api.model
    def _prepare_vals(self, point):
        """Return the values of the act of an item that was voted on, or that elected."""
        return {
            "point_id": point.id,
            "vote_id": point.vote_id.id,
            "company_id": point.company_id.id,
            "date": point.seance_id.date,
            "name": point.name,
            "matiere_code": point._get_act_matiere_code(),
            "content": point._get_act_text(),
        }

    @api.model
    def _number(self, company, acts_vals):
        """Create acts with the next numbers of their year, without a gap.

        The counter is a row that is written: two secretaries at once cannot get the
        same number, PostgreSQL refuses the second and Odoo starts it again.
        """
        for vals in acts_vals:
            year = vals["date"].year
            rank = company._next_mairie_act_rank(year)
            vals.update(year=year, rank=rank, number=acts.act_number(year, rank))
        numbered = self.sudo().create(acts_vals)
        for act in numbered:
            act._note(
                "numbered",
                {
                    "meeting": act.seance_id.name,
                    "item": act.point_id.rank,
                    "object": act.name,
                    "adopted": act.is_adopted,
                },
            )
        return numbered

    def _follow_vote(self, vote):
        """Take up a corrected vote, as long as the act is not signed."""
        for act in self.filtered(lambda act: act.vote_id and not vote.subject):
            turned = act.vote_id.is_adopted != vote.is_adopted
            act.sudo().vote_id = vote
            if turned:
                act.content = act.point_id._get_act_text()

    def _get_decision_words(self):
        """Return the decision as the list of the délibérations says it, in French."""
        self.ensure_one()
        if not self.vote_id:
            return f"Élection. {self.result}"
        return "Approuvée" if self.is_adopted else "Refusée"

    def _get_nature(self):
        return "deliberation"

    def _get_kind(self):
        return "deliberation"

    def _get_author(self):
        return self.seance_id._get_signatory()

    def _get_annexes(self):
        return self.point_id.annexe_ids.filtered(lambda row: row.kind == "annexe")

    def _get_body_values(self, public=False):
        values = super()._get_body_values(public=public)
        return {**values, "seance": self.seance_id}
