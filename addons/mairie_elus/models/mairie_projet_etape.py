from odoo import fields, models


class MairieProjetEtape(models.Model):
    """A step of the circuit that a draft goes through: each town sets its own."""

    _name = "mairie.projet.etape"
    _description = "Step of the Circuit of Drafts"
    _order = "sequence, id"

    name = fields.Char("Step", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    fold = fields.Boolean("Folded in the board")
    company_id = fields.Many2one(
        "res.company", "Commune", help="Empty: the step of every commune."
    )
    kind = fields.Selection(
        [
            ("drafting", "Drafting by the service"),
            ("opinion", "Opinions"),
            ("visa", "Visa"),
            ("listed", "On an agenda"),
        ],
        "What happens there",
        required=True,
        default="visa",
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Who gives the visa",
        domain="[('share', '=', False)]",
        help="Nobody named: whoever reads meetings in preparation.",
    )
    days_before = fields.Integer(
        "Days before the sending",
        help="The step should be over so many days before the last lawful day of "
        "sending of the meeting.",
    )

    _days_positive = models.Constraint(
        "CHECK (days_before >= 0)", "Days cannot be negative."
    )

    def _get_all(self, company):
        """Return the circuit of a commune, in order."""
        return self.search([("company_id", "in", (False, company.id))])

    def _is_visa_of(self, user):
        """Tell whether a user may give the visa of this step."""
        self.ensure_one()
        if self.user_ids:
            return user in self.user_ids
        return user.has_group("mairie_elus.group_reader")
