from odoo import api, fields, models
from odoo.exceptions import UserError

#: More than anybody looks through: the form of the assembly has the others.
DOCUMENTS = 80


class MairieSocialGroup(models.Model):
    """The group of a commission: who sits in it today, and nobody else by himself."""

    _inherit = "mairie.social.group"

    mairie_instance_id = fields.Many2one(
        "mairie.instance",
        "Assembly or Committee",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    seance_ids = fields.One2many(
        related="mairie_instance_id.seance_ids", string="Meetings of the Assembly"
    )

    annexe_ids = fields.Many2many(
        "mairie.annexe",
        string="Documents of the Meetings",
        compute="_compute_annexe_ids",
        groups="mairie_elus.group_reader,mairie_base.group_elu",
    )

    _instance_uniq = models.UniqueIndex(
        "(mairie_instance_id) WHERE mairie_instance_id IS NOT NULL",
        "This assembly has its group already.",
    )

    @api.depends("mairie_instance_id")
    @api.depends_context("uid")
    def _compute_annexe_ids(self):
        """What the reader may read of the meetings: a member, what he was sent."""
        annexes = self.env["mairie.annexe"]
        for group in self:
            instance = group.mairie_instance_id
            group.annexe_ids = instance and annexes.search(
                [("seance_id.instance_id", "=", instance.id)],
                order="seance_id desc, point_id, sequence",
                limit=DOCUMENTS,
            )

    def _follow_instance(self):
        """Let in who sits in the assembly, and out who no longer does.

        Whoever was added by hand, an agent who helps, stays.
        """
        Member = self.env["mairie.social.group.member"].sudo()
        for group in self.sudo().filtered("mairie_instance_id"):
            roles = group.mairie_instance_id._get_social_roles()
            rows = Member.search([("group_id", "=", group.id)])
            by_user = {row.user_id: row for row in rows}
            Member.create(
                [
                    {**group._prepare_automatic_vals(user), "role": role}
                    for user, role in roles.items()
                    if user not in by_user
                ]
            )
            for user, row in by_user.items():
                if user in roles and row.state == "requested":
                    row.write({"state": "member", "is_automatic": True})
                if row.is_automatic and row.role != roles.get(user, row.role):
                    row.role = roles[user]
            rows.filtered(
                lambda row, roles=roles: row.is_automatic and row.user_id not in roles
            ).unlink()

    def leave(self, successor_id=None):
        self.ensure_one()
        rows = self.sudo().member_ids
        mine = rows.filtered(lambda row: row.user_id.id == self.env.uid)
        if self.sudo().mairie_instance_id and mine.is_automatic:
            raise UserError(
                self.env._("You sit in this assembly: mute its group instead.")
            )
        return super().leave(successor_id=successor_id)
