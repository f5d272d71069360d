from odoo import api, fields, models


class MairieTraitement(models.Model):
    """A line of the town's register of article 30 (RGPD): editable data, never code.

    Each module brings the lines of what it does; the data protection officer settles
    them and adds those of other tools.
    """

    _name = "mairie.traitement"
    _description = "Record of Processing"
    _order = "application, sequence, id"

    name = fields.Char("Processing", required=True)
    application = fields.Char("Used In", required=True)
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
        groups="base.group_no_one,mairie_base.group_dpo",
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

    def _get_report_filename(self):
        """Name of the printed register, without its ending."""
        return self.env._("Register of processing")

    def _get_applications(self):
        """The lines of each application, in the order of the register.

        :return: [(application, records)]
        """
        return list(self.sorted().grouped("application").items())
