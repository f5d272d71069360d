from odoo import api, models

AUDIENCE_FIELDS = {
    "active",
    "user_id",
    "company_id",
    "department_id",
    "work_location_id",
    "current_version_id",
}


class HrEmployee(models.Model):
    """An agent who moves is in his new audiences at once, and out of the old ones."""

    _inherit = "hr.employee"

    @api.model_create_multi
    def create(self, vals_list):
        employees = super().create(vals_list)
        if any(employees.mapped("user_id")):
            self.env["mairie.social.audience"]._sync_all()
        return employees

    def write(self, vals):
        result = super().write(vals)
        if AUDIENCE_FIELDS & vals.keys():
            self.env["mairie.social.audience"]._sync_all()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["mairie.social.audience"]._sync_all()
        return result
