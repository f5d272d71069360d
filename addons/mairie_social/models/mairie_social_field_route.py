from odoo import fields, models

from .mairie_social_field_report import KINDS


class MairieSocialFieldRoute(models.Model):
    """Which service receives the reports of one kind."""

    _name = "mairie.social.field.route"
    _description = "Service of Field Reports"
    _order = "kind"
    _rec_name = "kind"

    kind = fields.Selection(KINDS, required=True)
    department_id = fields.Many2one(
        "hr.department", "Service", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, default=lambda self: self.env.company
    )

    _kind_uniq = models.Constraint(
        "UNIQUE(company_id, kind)", "This kind of report has its service already."
    )
