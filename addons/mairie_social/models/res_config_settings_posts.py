from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The hub among the settings: each field is that of the company."""

    _inherit = "res.config.settings"

    mairie_social_review = fields.Boolean(
        related="company_id.mairie_social_review", readonly=False
    )
    mairie_kudos_quota = fields.Integer(
        related="company_id.mairie_kudos_quota", readonly=False
    )
    mairie_social_group_creators = fields.Selection(
        related="company_id.mairie_social_group_creators", readonly=False, required=True
    )
    mairie_social_letter_days = fields.Integer(
        related="company_id.mairie_social_letter_days", readonly=False
    )
    mairie_social_kiosk_seconds = fields.Integer(
        related="company_id.mairie_social_kiosk_seconds", readonly=False
    )
    mairie_social_threshold = fields.Integer(
        related="company_id.mairie_social_threshold", readonly=False
    )
    mairie_social_lock_tries = fields.Integer(
        related="company_id.mairie_social_lock_tries", readonly=False
    )
    mairie_social_lock_minutes = fields.Integer(
        related="company_id.mairie_social_lock_minutes", readonly=False
    )
    mairie_social_day_from = fields.Float(
        related="company_id.mairie_social_day_from", readonly=False
    )
    mairie_social_day_to = fields.Float(
        related="company_id.mairie_social_day_to", readonly=False
    )
    mairie_social_quiet_exceptions = fields.Char(
        related="company_id.mairie_social_quiet_exceptions", readonly=False
    )
    mairie_social_quiet_opinion = fields.Date(
        related="company_id.mairie_social_quiet_opinion", readonly=False
    )
    mairie_social_suggestion_days = fields.Integer(
        related="company_id.mairie_social_suggestion_days", readonly=False
    )
    mairie_social_field_days = fields.Integer(
        related="company_id.mairie_social_field_days", readonly=False
    )
    mairie_social_notice_act = fields.Char(
        related="company_id.mairie_social_notice_act", readonly=False
    )
    mairie_social_report_limit = fields.Integer(
        related="company_id.mairie_social_report_limit", readonly=False
    )
