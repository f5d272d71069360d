from odoo import api, models
from odoo.exceptions import AccessError


class DiscussChannelMember(models.Model):
    """In the channel of a group there are members of that group, and nobody else."""

    _inherit = "discuss.channel.member"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        for line in lines:
            group = line.channel_id._get_mairie_group()
            if not group or group.channel_id != line.channel_id.sudo():
                continue
            if not line.partner_id & group._get_member_users().partner_id:
                raise AccessError(
                    self.env._("Only a moderator of the group may do this.")
                )
        return lines

    def unlink(self):
        """Leaving the channel in Discuss is leaving the group."""
        left = [
            (line.channel_id.sudo().mairie_group_id, line.partner_id.user_ids)
            for line in self
            if line.channel_id.sudo().mairie_group_id
        ]
        result = super().unlink()
        for group, users in left:
            rows = group.member_ids.filtered(
                lambda row, users=users: row.user_id in users
            )
            rows.filtered("is_automatic").notify = "none"
            rows.filtered(lambda row: not row.is_automatic).unlink()
        return result
