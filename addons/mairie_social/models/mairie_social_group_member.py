from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

FACES_SHOWN = 4
NOTIFY = [
    ("all", "Every message"),
    ("mentions", "When I am named"),
    ("none", "Nothing"),
]


class MairieSocialGroupMember(models.Model):
    """One person in one group. Adding or removing a row opens or closes everything."""

    _name = "mairie.social.group.member"
    _description = "Member of a Group"
    _order = "role desc, id"
    _rec_name = "user_id"

    group_id = fields.Many2one(
        "mairie.social.group", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users",
        "Person",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("share", "=", False)],
    )
    role = fields.Selection(
        [("member", "Member"), ("moderator", "Moderator")],
        required=True,
        default="member",
    )
    state = fields.Selection(
        [("requested", "Asks to enter"), ("member", "Member")],
        required=True,
        default="member",
    )
    is_automatic = fields.Boolean("Through the Service", readonly=True)
    notify = fields.Selection(NOTIFY, "Told Of", required=True, default="mentions")

    _once = models.Constraint(
        "UNIQUE(group_id, user_id)", "This person is already in the group."
    )

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.group_id.sudo()._sync()
        return rows

    def write(self, vals):
        if vals.keys() & {"group_id", "user_id", "is_automatic"} and not self.env.su:
            raise AccessError(self.env._("A member is removed, then added elsewhere."))
        if vals.get("role") == "member":
            self._check_moderator_left()
        result = super().write(vals)
        self.group_id.sudo()._sync()
        return result

    def unlink(self):
        self._check_moderator_left()
        groups = self.group_id.sudo()
        result = super().unlink()
        groups._sync()
        return result

    def action_accept(self):
        """Let in those who asked."""
        self.group_id._check_moderator()
        self.filtered(lambda row: row.state == "requested").sudo().state = "member"
        return True

    def action_refuse(self):
        self.group_id._check_moderator()
        self.filtered(lambda row: row.state == "requested").sudo().unlink()
        return True

    def _check_moderator_left(self):
        """Nobody leaves a group without somebody to look after it.

        Superuser may: an account that is closed is closed; see ``_note_orphan``.
        """
        if self.env.su:
            return
        for group in self.group_id:
            others = group.sudo().member_ids - self.sudo()
            leaving = self.filtered(lambda row: row.role == "moderator")
            if leaving and others and "moderator" not in others.mapped("role"):
                raise UserError(
                    self.env._("You are the last moderator. Choose who takes over.")
                )

    def _get_my_role(self):
        """:return: value of ``my_role`` for the row of one user, or for none"""
        if not self:
            return "none"
        return self.role if self.state == "member" else "requested"

    def _format_faces(self):
        """:return: list of at most four dict name, initials, tint"""
        Post = self.env["mairie.social.post"]
        return [
            Post._format_person(row.user_id.partner_id) for row in self[:FACES_SHOWN]
        ]
