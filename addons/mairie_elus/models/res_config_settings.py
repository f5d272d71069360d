from odoo import fields, models

from ..tools.office import find_office

#: What a town installs on Debian or Ubuntu; other systems have LibreOffice whole.
PACKAGES = "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"


class ResConfigSettings(models.TransientModel):
    """What the machine can do with the documents of the meetings."""

    _inherit = "res.config.settings"

    mairie_office_found = fields.Boolean(compute="_compute_mairie_office_found")
    mairie_office_packages = fields.Char(compute="_compute_mairie_office_found")

    def _compute_mairie_office_found(self):
        self.mairie_office_found = bool(find_office())
        self.mairie_office_packages = PACKAGES
