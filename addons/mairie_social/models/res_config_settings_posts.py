from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The choices for posts among the settings: each field is that of the company."""

    _inherit = "res.config.settings"

    mairie_social_review = fields.Boolean(
        related="company_id.mairie_social_review", readonly=False
    )
    mairie_kudos_quota = fields.Integer(
        related="company_id.mairie_kudos_quota", readonly=False
    )
