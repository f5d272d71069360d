from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    mairie_exemple_sms_url = fields.Char(
        related="company_id.mairie_exemple_sms_url", readonly=False
    )
    mairie_exemple_sms_key = fields.Char(
        related="company_id.mairie_exemple_sms_key", readonly=False
    )
