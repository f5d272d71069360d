from odoo import api, models


class HrDepartment(models.Model):
    _inherit = "hr.department"

    @api.model_create_multi
    def create(self, vals_list):
        departments = super().create(vals_list)
        self.env["mairie.social.audience"]._ensure_for(departments)
        return departments

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self.env["mairie.social.audience"]._archive_with(self, vals["active"])
        if vals.keys() & {"parent_id", "company_id", "active"}:
            self.env["mairie.social.audience"]._sync_all()
        return result
