from odoo import api, fields, models
from odoo.exceptions import UserError

# CNIL, deliberation 2022-100: with a limit on wrong tries.
PASSWORD_LENGTH = 12


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
    mairie_population = fields.Integer(
        related="company_id.mairie_population", readonly=False
    )
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

    mairie_strong_login = fields.Boolean(
        "Two Proofs for Sensitive Accounts",
        config_parameter="mairie_base.strong_login",
    )
    mairie_without_proof = fields.Char(compute="_compute_mairie_without_proof")

    @api.depends("mairie_strong_login")
    def _compute_mairie_without_proof(self):
        names = self.env["res.users"]._get_mairie_without_proof().mapped("name")
        for settings in self:
            settings.mairie_without_proof = ", ".join(names)

    def set_values(self):
        """Ask for two proofs, unless that would shut somebody out."""
        before = self.env["res.users"]._asks_mairie_strong_login()
        if self.mairie_strong_login and not before and self.mairie_without_proof:
            raise UserError(
                self.env._(
                    "These accounts have neither an e-mail address, nor an application,"
                    " nor a passkey, and could no longer sign in: %(names)s."
                    " Give them an address first, or take their role away.",
                    names=self.mairie_without_proof,
                )
            )
        res = super().set_values()
        if self.mairie_strong_login != before:
            self._apply_mairie_strong_login()
        return res

    def _apply_mairie_strong_login(self):
        self.env["res.groups"]._set_mairie_strong_login(self.mairie_strong_login)
        params = self.env["ir.config_parameter"].sudo()
        key = "auth_password_policy.minlength"
        if self.mairie_strong_login:
            length = max(int(params.get_param(key, 0)), PASSWORD_LENGTH)
            params.set_param(key, length)

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
