from odoo import fields, models


class HrDepartment(models.Model):
    """What one asks a service for, in the words of whoever is looking for it."""

    _inherit = "hr.department"

    mairie_duties = fields.Char(
        "Deals With",
        help="Words by which people look for it: « cantine, garderie, bus ».",
    )
