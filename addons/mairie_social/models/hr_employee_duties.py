from odoo import fields, models


class HrEmployee(models.Model):
    """What somebody deals with: found by « Qui s'occupe de… ? »."""

    _inherit = "hr.employee"

    mairie_duties = fields.Char(
        "Deals With",
        groups="hr.group_hr_user",
        help="Words by which colleagues look for them: « toboggans, aires de jeux ».",
    )
