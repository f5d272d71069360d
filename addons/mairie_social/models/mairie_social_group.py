from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.fields import Domain

KINDS = [
    ("service", "Service"),
    ("project", "Project"),
    ("commission", "Commission"),
    ("theme", "Theme"),
    ("informal", "Informal"),
    ("union", "Union"),
]
PRIVACIES = [
    ("open", "Open to all"),
    ("request", "On request"),
    ("private", "Private"),
    ("secret", "Secret"),
]
UNKNOWN_ID = 2**31 - 1
MY_ROLES = [
    ("none", "Not a member"),
    ("requested", "Request sent"),
    ("member", "Member"),
    ("moderator", "Moderator"),
]


class MairieSocialGroup(models.Model):
    """People who work or share something: one membership, and all that follows from it.

    The rows of ``mairie.social.group.member`` are the only truth. The audience of the
    group's posts and its Discuss channel are brought in step by ``_sync``, which adds
    and removes.
    """

    _name = "mairie.social.group"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Group"
    _order = "name, id"

    name = fields.Char(required=True, size=80)
    kind = fields.Selection(KINDS, required=True, default="theme")
    privacy = fields.Selection(PRIVACIES, "Access", required=True, default="open")
    purpose = fields.Char("What For", size=160)
    charter = fields.Html(sanitize_style=True, strip_style=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, default=lambda self: self.env.company
    )
    department_id = fields.Many2one(
        "hr.department",
        "Service",
        index="btree_not_null",
        help="Its agents are members by themselves, as long as they belong to it.",
    )
    audience_id = fields.Many2one(
        "mairie.social.audience", readonly=True, copy=False, ondelete="restrict"
    )
    channel_id = fields.Many2one(
        "discuss.channel", "Discussion", readonly=True, copy=False, ondelete="restrict"
    )
    member_ids = fields.One2many(
        "mairie.social.group.member",
        "group_id",
        "Members",
        domain=[("state", "=", "member")],
    )
    request_ids = fields.One2many(
        "mairie.social.group.member",
        "group_id",
        "Requests",
        domain=[("state", "=", "requested")],
    )
    event_ids = fields.One2many("calendar.event", "mairie_group_id", "Meetings")
    orphan_since = fields.Date(readonly=True, copy=False)
    member_count = fields.Integer("Number of Members", compute="_compute_my_view")
    my_role = fields.Selection(MY_ROLES, compute="_compute_my_view")
    my_notify = fields.Char(compute="_compute_my_view", export_string_translation=False)
    is_readable = fields.Boolean(
        compute="_compute_my_view", export_string_translation=False
    )
    is_moderator = fields.Boolean(
        compute="_compute_my_view",
        search="_search_is_moderator",
        export_string_translation=False,
    )
    is_member = fields.Boolean(
        compute="_compute_my_view",
        search="_search_is_member",
        export_string_translation=False,
    )
    faces = fields.Json(compute="_compute_my_view", export_string_translation=False)
    unread_count = fields.Integer("Unread Messages", compute="_compute_unread_count")
    privacy_sentence = fields.Char(
        "Access in Words", compute="_compute_privacy_sentence"
    )

    _audience_uniq = models.UniqueIndex("(audience_id)")
    _channel_uniq = models.UniqueIndex("(channel_id)")

    @api.depends("member_ids.state", "member_ids.role", "request_ids.state", "privacy")
    @api.depends_context("uid")
    def _compute_my_view(self):
        """What the current user is in each group, and may see of it."""
        for group in self:
            rows = group.sudo().member_ids | group.sudo().request_ids
            mine = rows.filtered(lambda row: row.user_id.id == self.env.uid)
            group.my_role = mine._get_my_role()
            group.my_notify = mine.notify or "all"
            group.is_member = group.my_role in ("member", "moderator")
            group.is_moderator = group.my_role == "moderator"
            group.is_readable = group.is_member or group.privacy == "open"
            members = rows.filtered(lambda row: row.state == "member")
            shown = members if group._shows_members() else members.browse()
            group.member_count = len(shown)
            group.faces = shown._format_faces()

    @api.depends_context("uid")
    def _compute_unread_count(self):
        Member = self.env["discuss.channel.member"].sudo()
        rows = Member.search_fetch(
            [
                ("channel_id", "in", self.sudo().channel_id.ids),
                ("partner_id", "=", self.env.user.partner_id.id),
            ]
        )
        unread = {row.channel_id: row.message_unread_counter for row in rows}
        for group in self:
            group.unread_count = unread.get(group.sudo().channel_id, 0)

    @api.depends("privacy", "kind")
    @api.depends_context("lang")
    def _compute_privacy_sentence(self):
        words = self._get_privacy_words()
        for group in self:
            group.privacy_sentence = words.get(group.privacy, "")

    def _search_is_moderator(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return self._get_membership_domain(role="moderator")

    def _search_is_member(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return self._get_membership_domain()

    @api.constrains("kind", "privacy")
    def _check_union_is_closed(self):
        for group in self.filtered(lambda group: group.kind == "union"):
            if group.privacy not in ("private", "secret"):
                raise ValidationError(
                    self.env._("A union's space is private or secret, never open.")
                )

    @api.constrains("department_id", "kind")
    def _check_department(self):
        for group in self.filtered("department_id"):
            if group.kind != "service":
                raise ValidationError(
                    self.env._("Only the group of a service follows that service.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_may_create()
        quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        groups = super(MairieSocialGroup, quiet).create(vals_list).with_env(self.env)
        for group in groups:
            group.sudo()._found(self.env.user)
        return groups

    def write(self, vals):
        if "privacy" in vals:
            self._check_privacy_change(vals["privacy"])
        result = super().write(vals)
        if vals.keys() & {"name", "active", "company_id"}:
            self.sudo()._carry_over(vals)
        if "department_id" in vals:
            self.sudo()._follow_department()
        return result

    def fetch(self, field_names=None):
        """A secret group that one may not see answers like one that does not exist."""
        hidden = self._get_hidden()
        if hidden:
            raise hidden._make_missing_error()
        return super().fetch(field_names)

    def _read_format(self, fnames, load="_classic_read"):
        """Rows of members are given to whoever may know them, not even counted else.

        The record rules say so too, but what a rule reads as superuser stays in cache.
        """
        lines = super()._read_format(fnames, load=load)
        rows = {"member_ids", "request_ids"} & set(fnames)
        if self.env.su or not rows:
            return lines
        closed = self.filtered(lambda group: not group._shows_members()).ids
        for line in lines:
            if line.get("id") in closed:
                line.update(dict.fromkeys(rows, []))
        return lines

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if not result or operation == "create":
            return result
        hidden = result[0]._get_hidden()
        return (result[0], hidden._make_missing_error) if hidden else result

    def _get_hidden(self):
        """:return: the groups of ``self`` whose existence the current user must not know"""
        if self.env.su:
            return self.browse()
        secret = (
            self.sudo()
            .exists()
            .filtered(lambda group: group.privacy == "secret" and not group._has_me())
        )
        return self & secret.sudo(False)

    def _make_missing_error(self):
        """:return: the very error that Odoo raises for an unknown id"""
        try:
            return MissingError(self.browse(UNKNOWN_ID).name)
        except MissingError as error:
            words = str(error.args[0]).replace(str(UNKNOWN_ID), str(self[:1].id))
            return MissingError(words)

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """A group has members, not followers."""
        return True

    def _has_me(self):
        self.ensure_one()
        rows = self.sudo().member_ids | self.sudo().request_ids
        return self.env.uid in rows.user_id.ids

    def _shows_members(self):
        """Whether the current user may know who is in this group.

        Nobody outside learns who belongs to a union: belonging to one is sensitive
        data (RGPD, art. 9), for managers and administrators too.
        """
        self.ensure_one()
        if self.is_member:
            return True
        return self.privacy in ("open", "request") and self.kind != "union"

    @api.model
    def _get_membership_domain(self, role=None):
        """Groups where the current user is a member, or holds ``role``."""
        row = Domain("user_id", "=", self.env.uid) & Domain("state", "=", "member")
        if role:
            row &= Domain("role", "=", role)
        return Domain("member_ids", "any!", row)

    @api.model
    def _get_privacy_words(self):
        """:return: privacy -> one sentence that says what it does"""
        return {
            "open": self.env._("Open: everybody reads and enters."),
            "request": self.env._("On request: a moderator accepts."),
            "private": self.env._("Private: the name is seen, not the content."),
            "secret": self.env._("Secret: only members know that it exists."),
        }

    def _check_may_create(self):
        """Hook: who creates groups; by default every agent and elected member."""
        company = self.env.company
        if company.mairie_social_group_creators == "all":
            return
        if not self.env.user.has_group("mairie_social.group_contributor"):
            raise AccessError(
                self.env._("In this town, groups are created by contributors.")
            )

    def _check_privacy_change(self, privacy):
        """What was said behind a door stays there, and an open room is not locked."""
        for group in self:
            if group.privacy != privacy and "open" in (group.privacy, privacy):
                raise UserError(
                    self.env._(
                        "An open group stays open, a closed one stays closed: what was"
                        " written there was written for those readers."
                        " Create another group."
                    )
                )

    def _check_moderator(self):
        """Refuse whoever does not moderate the groups of ``self``."""
        self.check_access("read")
        if not self.env.su and any(not group.is_moderator for group in self):
            raise AccessError(self.env._("Only a moderator of the group may do this."))
