from odoo import fields, models

from ..tools.office import find_office

#: What a town installs on Debian or Ubuntu; other systems have LibreOffice whole.
PACKAGES = "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"


class ResConfigSettings(models.TransientModel):
    """The habits of the town, and what the machine can do with documents."""

    _inherit = "res.config.settings"

    mairie_reminder_days = fields.Char(
        related="company_id.mairie_reminder_days", readonly=False
    )
    mairie_publicity = fields.Selection(
        related="company_id.mairie_publicity", readonly=False
    )
    mairie_publicity_site = fields.Char(
        related="company_id.mairie_publicity_site", readonly=False
    )
    mairie_vote_names = fields.Selection(
        related="company_id.mairie_vote_names", readonly=False
    )
    mairie_pref_code = fields.Char(
        related="company_id.mairie_pref_code", readonly=False
    )
    mairie_office_found = fields.Boolean(compute="_compute_mairie_office_found")
    mairie_office_packages = fields.Char(compute="_compute_mairie_office_found")

    def _compute_mairie_office_found(self):
        self.mairie_office_found = bool(find_office())
        self.mairie_office_packages = PACKAGES
