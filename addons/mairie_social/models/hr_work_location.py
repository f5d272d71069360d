from odoo import api, models


class HrWorkLocation(models.Model):
    _inherit = "hr.work.location"

    @api.model_create_multi
    def create(self, vals_list):
        sites = super().create(vals_list)
        self.env["mairie.social.audience"]._ensure_for(sites)
        return sites
