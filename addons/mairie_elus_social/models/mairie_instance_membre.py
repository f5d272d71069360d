from odoo import api, models


class MairieInstanceMembre(models.Model):
    """A seat opens the group of its assembly, and closes it, in the same transaction."""

    _inherit = "mairie.instance.membre"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.instance_id._sync_social_groups()
        return rows

    def write(self, vals):
        before = self.instance_id
        result = super().write(vals)
        (before | self.instance_id)._sync_social_groups()
        return result

    def unlink(self):
        instances = self.instance_id
        result = super().unlink()
        instances._sync_social_groups()
        return result
