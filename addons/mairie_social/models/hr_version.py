from odoo import api, models

AUDIENCE_FIELDS = {"active", "department_id", "work_location_id", "date_version"}


class HrVersion(models.Model):
    """The service and the site of an agent are kept by version, from a date on."""

    _inherit = "hr.version"

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        if any(versions.mapped("employee_id.user_id")):
            self.env["mairie.social.audience"]._sync_all()
        return versions

    def write(self, vals):
        result = super().write(vals)
        if AUDIENCE_FIELDS & vals.keys():
            self.env["mairie.social.audience"]._sync_all()
        return result
