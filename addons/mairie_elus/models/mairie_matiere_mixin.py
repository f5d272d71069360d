from odoo import api, fields, models


class MairieMatiereMixin(models.AbstractModel):
    """A record with a matter: its code is kept, its name is looked up."""

    _name = "mairie.matiere.mixin"
    _description = "Has a Matter"

    matiere_code = fields.Char(
        "Matter code", help="Code of the national list of matters, for example 7.1."
    )
    matiere_id = fields.Many2one(
        "mairie.matiere",
        "Matter",
        compute="_compute_matiere_id",
        inverse="_inverse_matiere_id",
        help="National list of matters, as the préfecture files acts.",
    )

    @api.depends("matiere_code")
    def _compute_matiere_id(self):
        codes = [code for code in self.mapped("matiere_code") if code]
        matieres = self.env["mairie.matiere"].with_context(active_test=False)
        known = {row.code: row for row in matieres.search([("code", "in", codes)])}
        for record in self:
            record.matiere_id = known.get(record.matiere_code, False)

    def _inverse_matiere_id(self):
        for record in self:
            record.matiere_code = record.matiere_id.code
