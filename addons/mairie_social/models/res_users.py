from odoo import api, fields, models

AUDIENCE_FIELDS = {"active", "group_ids", "company_ids", "share"}


class ResUsers(models.Model):
    """Whoever arrives, leaves or changes groups changes audience in the same breath."""

    _inherit = "res.users"

    mairie_audience_ids = fields.Many2many(
        "mairie.social.audience",
        "mairie_social_audience_member",
        "user_id",
        "audience_id",
        copy=False,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        self.env["mairie.social.audience"]._sync_all()
        return users

    def write(self, vals):
        result = super().write(vals)
        if AUDIENCE_FIELDS & vals.keys():
            self.env["mairie.social.audience"]._sync_all()
        return result
