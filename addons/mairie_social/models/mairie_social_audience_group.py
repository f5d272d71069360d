from odoo import api, fields, models
from odoo.fields import Domain


class MairieSocialAudience(models.Model):
    """The readers of a group's posts are its members."""

    _inherit = "mairie.social.audience"

    kind = fields.Selection(
        selection_add=[("group", "A group")], ondelete={"group": "cascade"}
    )
    group_id = fields.Many2one(
        "mairie.social.group", ondelete="cascade", index="btree_not_null"
    )

    _group_uniq = models.UniqueIndex(
        "(group_id) WHERE group_id IS NOT NULL", "This group already has its audience."
    )

    @api.depends("group_id.name")
    def _compute_name(self):
        result = super()._compute_name()
        for audience in self.filtered("group_id"):
            audience.name = audience.sudo().group_id.name
        return result

    def _get_group_user_ids(self, people, elu_ids):
        return set(self.group_id.member_ids.user_id.ids)

    def _set_members(self, user_ids, elu_ids):
        result = super()._set_members(user_ids, elu_ids)
        self.env["mairie.social.group"]._follow_audiences(self)
        return result

    @api.model
    def _get_publishable_domain(self):
        """Whoever may publish for everybody does not publish in the groups of others."""
        others = super()._get_publishable_domain() & Domain("kind", "!=", "group")
        mine = Domain("company_id", "in", self.env.companies.ids) & Domain(
            "group_id", "any!", self.env["mairie.social.group"]._get_membership_domain()
        )
        return others | mine
