from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Appointments among the settings: each field is that of the company."""

    _inherit = "res.config.settings"

    mairie_rdv_reminder_days = fields.Integer(
        related="company_id.mairie_rdv_reminder_days", readonly=False
    )
    mairie_rdv_quiet_from = fields.Float(
        related="company_id.mairie_rdv_quiet_from", readonly=False
    )
    mairie_rdv_quiet_to = fields.Float(
        related="company_id.mairie_rdv_quiet_to", readonly=False
    )
    mairie_rdv_waiting_minutes = fields.Integer(
        related="company_id.mairie_rdv_waiting_minutes", readonly=False
    )
    mairie_rdv_proposal_days = fields.Integer(
        related="company_id.mairie_rdv_proposal_days", readonly=False
    )
    mairie_rdv_per_person = fields.Integer(
        related="company_id.mairie_rdv_per_person", readonly=False
    )
    mairie_rdv_sms_provider = fields.Selection(
        related="company_id.mairie_rdv_sms_provider", readonly=False, required=True
    )
    mairie_rdv_sms_sender = fields.Char(
        related="company_id.mairie_rdv_sms_sender", readonly=False
    )
    mairie_rdv_ovh_service = fields.Char(
        related="company_id.mairie_rdv_ovh_service", readonly=False
    )
    mairie_rdv_ovh_app_key = fields.Char(
        related="company_id.mairie_rdv_ovh_app_key", readonly=False
    )
    mairie_rdv_ovh_app_secret = fields.Char(
        related="company_id.mairie_rdv_ovh_app_secret", readonly=False
    )
    mairie_rdv_ovh_consumer_key = fields.Char(
        related="company_id.mairie_rdv_ovh_consumer_key", readonly=False
    )
