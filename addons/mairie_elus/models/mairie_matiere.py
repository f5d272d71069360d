from odoo import api, fields, models

from ..lib import scdl


class MairieMatiere(models.Model):
    """A matter of the national list that every act sent to the préfecture bears."""

    _name = "mairie.matiere"
    _description = "Matter of an Act"
    _order = "theme_rank, code_rank, code"
    _rec_names_search = ["code", "name", "theme"]

    code = fields.Char(required=True, help="Two levels at least: 7.5.")
    name = fields.Char(required=True)
    theme = fields.Char(required=True, help="First level of the list.")
    theme_rank = fields.Integer(compute="_compute_ranks", store=True)
    code_rank = fields.Integer(compute="_compute_ranks", store=True)
    is_transmitted = fields.Boolean(
        "Acts go to the préfecture",
        default=True,
        help="Nearly all do. The few exceptions are in article L2131-2 of the CGCT.",
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE (code)", "This code is in the list.")
    _code_format = models.Constraint(
        r"CHECK (code ~ '^[1-9](\.[0-9]{1,2}){1,4}$')",
        "A code is figures separated by points: 7.5.",
    )

    @api.depends("code")
    def _compute_ranks(self):
        for matiere in self:
            first, _point, second = (matiere.code or "0").partition(".")
            matiere.theme_rank = int(first)
            matiere.code_rank = int(second.partition(".")[0] or 0)

    @api.depends("code", "name")
    def _compute_display_name(self):
        for matiere in self:
            matiere.display_name = f"{matiere.code} {matiere.name}"

    def _get_open_data_name(self):
        """Return both levels as the open data format writes them."""
        return scdl.matter_name(self.theme or "", self.name or "")

    @api.model
    def _find(self, code):
        """Return the matter of a code, or the nearest one above it."""
        while code:
            found = self.sudo().search([("code", "=", code)], limit=1)
            if found:
                return found
            code = code.rpartition(".")[0]
        return self.browse()
