from odoo import api, fields, models


class MairieTraitementMixin(models.AbstractModel):
    """A line of the register of article 30 (RGPD): editable data, never code."""

    _name = "mairie.traitement.mixin"
    _description = "Record of Processing"
    _order = "sequence, id"

    name = fields.Char("Processing", required=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", "Commune")
    purpose = fields.Text(required=True)
    legal_basis = fields.Text(required=True)
    people = fields.Text("People Concerned", required=True)
    data = fields.Text(required=True)
    recipients = fields.Text(required=True)
    duration = fields.Text("Kept For", required=True)
    security = fields.Text("Protection", required=True)
    coverage = fields.Text(
        "Models", help="One model per line.", groups="base.group_no_one"
    )

    @api.model
    def _get_covered(self):
        """Return what the lines of the register speak of: model -> names of fields.

        A line of ``coverage`` is a model, or a model, a colon and its fields.
        """
        covered = {}
        lines = self.sudo().search([("coverage", "!=", False)]).mapped("coverage")
        for line in filter(str.strip, "\n".join(lines).splitlines()):
            model, _colon, names = line.partition(":")
            covered.setdefault(model.strip(), set()).update(names.split())
        return covered
