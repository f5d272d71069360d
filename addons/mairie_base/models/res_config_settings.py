from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The commune among the settings: each field is that of the company."""

    _inherit = "res.config.settings"

    mairie_company_name = fields.Char(
        related="company_id.name", string="Name of the Commune", readonly=False
    )
    mairie_insee_code = fields.Char(
        related="company_id.mairie_insee_code", readonly=False
    )
    mairie_siret = fields.Char(related="company_id.mairie_siret", readonly=False)
    mairie_department_code = fields.Char(
        related="company_id.mairie_department_code", readonly=False
    )
    mairie_population = fields.Integer(related="company_id.mairie_population")
    mairie_population_date = fields.Date(related="company_id.mairie_population_date")
    mairie_tz = fields.Selection(
        related="company_id.mairie_tz", readonly=False, required=True
    )
    mairie_holiday_zone = fields.Selection(
        related="company_id.mairie_holiday_zone", readonly=False, required=True
    )
    mairie_local_law = fields.Boolean(
        related="company_id.mairie_local_law", readonly=False
    )
    mairie_phone = fields.Char(
        related="company_id.phone", string="Telephone of the Town Hall", readonly=False
    )
    mairie_dpo_email = fields.Char(
        related="company_id.mairie_dpo_email", readonly=False
    )
    mairie_accessibility_url = fields.Char(
        related="company_id.mairie_accessibility_url", readonly=False
    )
    mairie_accessibility_state = fields.Selection(
        related="company_id.mairie_accessibility_state", readonly=False, required=True
    )
    mairie_accessibility_rate = fields.Integer(
        related="company_id.mairie_accessibility_rate", readonly=False
    )
    mairie_accessibility_date = fields.Date(
        related="company_id.mairie_accessibility_date", readonly=False
    )
    mairie_accessibility_auditor = fields.Char(
        related="company_id.mairie_accessibility_auditor", readonly=False
    )
    mairie_accessibility_email = fields.Char(
        related="company_id.mairie_accessibility_email", readonly=False
    )
    mairie_logo = fields.Binary(related="company_id.logo", readonly=False)
    mairie_color = fields.Char(related="company_id.mairie_color", readonly=False)
    mairie_contrast_pairs = fields.Json(related="company_id.mairie_contrast_pairs")

    def action_mairie_open_commune(self):
        """Open the company's form, where legal populations are kept by date."""
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.company",
            "res_id": self.company_id.id,
            "views": [(False, "form")],
        }

    def action_mairie_see_public_page(self):
        """Show a public page in the town's colours, in another tab."""
        return {
            "type": "ir.actions.act_url",
            "url": self.company_id._prepare_mairie_public_vals()["privacy_url"],
            "target": "new",
        }
