from odoo import api, fields, models

CHANNEL_NOTIFY = {"all": "all", "mentions": "mentions", "none": "no_notif"}
HANDOVER_DAYS = 30


class MairieSocialGroup(models.Model):
    """What follows from the rows of the members: audience, channel, and what glue adds.

    Everything here runs as superuser, called by what has checked the rights.
    """

    _inherit = "mairie.social.group"

    def _found(self, user):
        """Give a new group its audience, its channel and its first moderator."""
        self.ensure_one()
        Audience = self.env["mairie.social.audience"].sudo()
        vals = {"kind": "group", "company_id": self.company_id.id, "group_id": self.id}
        self.audience_id = Audience.create(vals)
        self.channel_id = (
            self.env["discuss.channel"].sudo().create(self._prepare_channel_vals())
        )
        if user.id != self.env.ref("base.user_root").id and not self.member_ids:
            self.env["mairie.social.group.member"].create(
                {"group_id": self.id, "user_id": user.id, "role": "moderator"}
            )
        self._follow_department()
        self._sync()

    def _prepare_channel_vals(self):
        """An open group is a channel, which everybody finds; any other is a group."""
        self.ensure_one()
        vals = {
            "name": self.name,
            "description": self.purpose,
            "mairie_group_id": self.id,
            "channel_type": "group",
            "channel_member_ids": [],
        }
        if self.privacy == "open":
            internal = self.env.ref("base.group_user")
            vals.update(channel_type="channel", group_public_id=internal.id)
        return vals

    def _carry_over(self, vals):
        """A new name, or the end of a group, is that of its channel and audience too."""
        for group in self:
            channel_vals = {key: vals[key] for key in ("name", "active") if key in vals}
            if channel_vals:
                group.channel_id.write(channel_vals)
            if "active" in vals:
                group.audience_id.active = group.active
            if "company_id" in vals:
                group.audience_id.company_id = group.company_id

    def _sync(self):
        """Bring all that hangs on the membership in step: add and remove.

        Hook: a glue addon extends this for its folders or tasks.
        """
        self.env["mairie.social.group.member"].flush_model()
        self.invalidate_recordset(["member_ids", "request_ids"])
        for group in self.filtered("audience_id"):
            group.audience_id._sync_members()
            group._sync_channel()
            group._note_orphan()

    def _get_member_users(self):
        """:return: active users who are members"""
        self.ensure_one()
        return self.member_ids.user_id.filtered("active")

    def _sync_channel(self):
        """People of the channel = members, less those who left its chat on purpose."""
        self.ensure_one()
        rows = self.member_ids.filtered(
            lambda row: (
                row.user_id.active and not (row.is_automatic and row.notify == "none")
            )
        )
        wanted = rows.user_id.partner_id
        channel = self.channel_id
        known = channel.channel_member_ids
        for line in known.filtered(lambda line: line.partner_id not in wanted):
            channel._action_unfollow(
                partner=line.partner_id, guest=line.guest_id, post_leave_message=False
            )
        missing = wanted - channel.channel_member_ids.partner_id
        if missing:
            channel._add_members(partners=missing, post_joined_message=False)
        self._sync_channel_notify(rows)

    def _sync_channel_notify(self, rows):
        levels = {row.user_id.partner_id: row.notify for row in rows}
        for line in self.channel_id.channel_member_ids:
            level = CHANNEL_NOTIFY[levels.get(line.partner_id, "mentions")]
            if line.custom_notifications != level:
                line.custom_notifications = level

    def _follow_department(self):
        """Members of the service are members of its group, and only they, by themselves."""
        Member = self.env["mairie.social.group.member"].sudo()
        Audience = self.env["mairie.social.audience"].sudo()
        for group in self:
            wanted = self.env["res.users"]
            if group.department_id:
                domain = [("kind", "=", "service")]
                domain += [("department_id", "=", group.department_id.id)]
                wanted = Audience.search(domain).member_ids
            rows = Member.search([("group_id", "=", group.id)])
            gone = rows.filtered(
                lambda row, wanted=wanted: (
                    row.is_automatic and row.user_id not in wanted
                )
            )
            new = wanted - rows.user_id
            gone.unlink()
            Member.create([group._prepare_automatic_vals(user) for user in new])

    def _prepare_automatic_vals(self, user):
        return {"group_id": self.id, "user_id": user.id, "is_automatic": True}

    def _note_orphan(self):
        """Remember since when nobody looks after the group, and warn its oldest member."""
        self.ensure_one()
        moderators = self.member_ids.filtered(
            lambda row: row.role == "moderator" and row.user_id.active
        )
        members = self._get_oldest_members()
        is_orphan = bool(members) and not moderators
        if is_orphan and not self.orphan_since:
            self.orphan_since = fields.Date.context_today(self)
            self._warn_oldest_member(members[:1].user_id)
        elif not is_orphan and self.orphan_since:
            self.orphan_since = False

    def _get_oldest_members(self):
        return self.member_ids.filtered("user_id.active").sorted("id")

    def _warn_oldest_member(self, user):
        """A task in the inbox of the member who has been there longest."""
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=self.env._("This group has no moderator any more"),
            note=self.env._(
                "You have been there longest: name a moderator, or take over."
            ),
        )

    @api.model
    def _hand_over(self):
        """Day 30 without a moderator; called every night.

        The ambassadors get a task. Of a secret group or a union they must not even know
        the name: there the oldest member becomes the moderator.
        """
        limit = fields.Date.subtract(fields.Date.today(), days=HANDOVER_DAYS)
        for group in self.sudo().search([("orphan_since", "<=", limit)]):
            if group.privacy == "secret" or group.kind == "union":
                group._get_oldest_members()[:1].role = "moderator"
                continue
            group._ask_ambassador()

    def _ask_ambassador(self):
        self.ensure_one()
        summary = self.env._("Find a moderator for this group")
        if summary in self.activity_ids.mapped("summary"):
            return
        ambassador = self.company_id._get_mairie_ambassador()
        if ambassador:
            self.activity_schedule(
                "mail.mail_activity_data_todo", user_id=ambassador.id, summary=summary
            )

    @api.model
    def _drop_user(self, users):
        """Closed accounts leave every group in the same transaction."""
        rows = self.env["mairie.social.group.member"].sudo()
        rows.search([("user_id", "in", users.ids)]).unlink()

    @api.model
    def _follow_audiences(self, audiences):
        """The people of a service changed: so do those of its group."""
        services = audiences.filtered(lambda line: line.kind == "service")
        if services:
            domain = [("department_id", "in", services.department_id.ids)]
            self.sudo().search(domain)._follow_department()
