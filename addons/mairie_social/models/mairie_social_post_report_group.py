from odoo import models


class MairieSocialPost(models.Model):
    _inherit = "mairie.social.post"

    def _add_report(self, reason, note="", comment=None):
        """In a group its moderators are told: they have no list that they watch."""
        report = super()._add_report(reason, note, comment)
        rows = self.sudo().group_id.member_ids
        told = rows.filtered(lambda row: row.role == "moderator").user_id
        self._tell(
            (told - self.env.user).partner_id,
            self.env._("Something was reported in your group"),
            self.env._(
                "“%(post)s”, in %(group)s: open the group, then “To look at”.",
                post=self.name,
                group=self.sudo().group_id.name,
            ),
        )
        return report
