from odoo import api, fields, models

TITLE = "Registre des traitements"


class MairieRdvTraitement(models.Model):
    """A line of the register of article 30 (RGPD): editable, by the DPO."""

    _name = "mairie.rdv.traitement"
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
        "Fields",
        help="One model per line, then its fields; * means all others.",
        groups="base.group_no_one,mairie_rdv.group_dpo",
    )

    @api.model
    def _get_covered(self):
        """Return the fields that a line of the register speaks of: model -> names."""
        covered = {}
        lines = self.sudo().search([("coverage", "!=", False)]).mapped("coverage")
        for line in "\n".join(lines).splitlines():
            model, _colon, names = line.partition(":")
            covered.setdefault(model.strip(), set()).update(names.split())
        return covered
