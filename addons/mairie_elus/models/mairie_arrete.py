from odoo import api, fields, models

from ..lib import acts
from ..lib.french import date_in_words

KINDS = [
    ("decision", "Decision of the mayor by delegation"),
    ("reglementaire", "Arrêté, general rule"),
    ("individuel", "Arrêté about one person"),
]


class MairieArrete(models.Model):
    """What the mayor decides: by delegation of the council (L2122-22), or by arrêté."""

    _name = "mairie.arrete"
    _description = "Decision of the Mayor"
    _inherit = ["mairie.acte.mixin"]
    _order = "date desc, year desc, series, rank desc, id desc"
    _rec_names_search = ["number", "name"]
    _mairie_report = "mairie_elus.report_arrete"
    _mairie_body = "mairie_elus.arrete_body"

    kind = fields.Selection(KINDS, required=True, default="decision")
    series = fields.Char(compute="_compute_series", store=True, precompute=True)
    company_id = fields.Many2one(default=lambda self: self.env.company)
    date = fields.Date(default=fields.Date.context_today)
    is_adopted = fields.Boolean(default=True)
    ground = fields.Char(
        "Delegation",
        help="For a decision: the délibération that delegates, and the point of article "
        "L2122-22. It is entered in the register by date (R2122-7-1).",
    )
    notified_on = fields.Date(
        "Notified",
        copy=False,
        help="An arrêté about one person binds once that person has received it.",
    )
    reported_in_id = fields.Many2one(
        "mairie.seance",
        "Reported to the council at",
        copy=False,
        ondelete="restrict",
        help="The mayor reports at each meeting on what was decided by delegation "
        "(CGCT, L2122-23).",
    )

    _number_unique = models.Constraint(
        "UNIQUE (company_id, year, series, rank)",
        "Two acts cannot bear the same number.",
    )

    @api.depends("kind")
    def _compute_series(self):
        for arrete in self:
            arrete.series = "D" if arrete.kind == "decision" else "A"

    @api.depends("notified_on")
    def _compute_executory_on(self):
        return super()._compute_executory_on()

    @api.model_create_multi
    def create(self, vals_list):
        arretes = super().create(vals_list)
        for arrete in arretes:
            arrete._number()
        return arretes

    def _number(self):
        """Give the next number of the series, without a gap."""
        company, year = self.company_id.sudo(), self.date.year
        company.write({"mairie_arrete_touch": company.mairie_arrete_touch + 1})
        company.flush_recordset()
        last = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("year", "=", year),
                ("series", "=", self.series),
            ],
            order="rank desc",
            limit=1,
        )
        rank = last.rank + 1
        number = acts.act_number(year, rank, self.series)
        self.sudo().write({"year": year, "rank": rank, "number": number})

    def _get_nature(self):
        return {
            "decision": "autre",
            "reglementaire": "arrete_reglementaire",
            "individuel": "arrete_individuel",
        }[self.kind]

    def _get_kind(self):
        return "decision" if self.kind == "decision" else "arrete"

    def _get_made_known_on(self):
        if self.kind == "individuel":
            return self.notified_on
        return super()._get_made_known_on()

    def _get_made_known_way(self):
        if self.kind == "individuel":
            return "notified"
        return super()._get_made_known_way()

    def _get_date_in_words(self):
        return date_in_words(self.date)
