from odoo import fields, models


class HrEmployee(models.Model):
    """What somebody deals with: found by « Qui s'occupe de… ? »."""

    _inherit = "hr.employee"

    mairie_duties = fields.Char(
        "Deals With",
        help="Words by which colleagues look for them: « toboggans, aires de jeux ».",
    )
