from odoo import api, fields, models


class MairieSocialGroup(models.Model):
    """What was reported in a group goes to its own moderators, and to nobody else."""

    _inherit = "mairie.social.group"

    report_count = fields.Integer("To look at", compute="_compute_report_count")

    @api.depends_context("uid")
    def _compute_report_count(self):
        reports = self.env["mairie.social.report"]
        counts = dict(
            reports._read_group(
                [("state", "=", "open"), ("group_id", "in", self.ids)],
                ["group_id"],
                ["__count"],
            )
        )
        for group in self:
            group.report_count = counts.get(group, 0)

    def action_open_reports(self):
        """Open the reports of one group, for those who decide on them."""
        self.ensure_one()
        self._check_moderator()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_social.mairie_social_report_action"
        )
        return {**action, "domain": [("group_id", "=", self.id)]}
