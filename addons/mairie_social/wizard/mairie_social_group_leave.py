from odoo import api, fields, models


class MairieSocialGroupLeave(models.TransientModel):
    """The last moderator goes, and says who takes over."""

    _name = "mairie.social.group.leave"
    _description = "Leave a Group"

    group_id = fields.Many2one("mairie.social.group", required=True)
    candidate_ids = fields.Many2many("res.users", compute="_compute_candidate_ids")
    user_id = fields.Many2one(
        "res.users",
        "Who takes over",
        required=True,
        domain="[('id', 'in', candidate_ids)]",
    )

    @api.depends("group_id")
    def _compute_candidate_ids(self):
        for wizard in self:
            wizard.group_id._check_moderator()
            members = wizard.group_id.sudo()._get_member_users()
            wizard.candidate_ids = members - self.env.user

    def action_leave(self):
        self.ensure_one()
        self.group_id.leave(successor_id=self.user_id.id)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_social.mairie_social_group_action"
        )
