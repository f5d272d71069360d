from odoo import api, models


class HrWorkLocation(models.Model):
    _inherit = "hr.work.location"

    @api.model_create_multi
    def create(self, vals_list):
        sites = super().create(vals_list)
        self.env["mairie.social.audience"]._ensure_for(sites)
        return sites

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self.env["mairie.social.audience"]._archive_with(self, vals["active"])
        return result
