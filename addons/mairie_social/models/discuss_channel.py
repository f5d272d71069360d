from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MODERATED_FIELDS = {
    "name",
    "description",
    "image_128",
    "active",
    "uuid",
    "group_ids",
    "group_public_id",
    "channel_partner_ids",
    "channel_member_ids",
    "default_display_mode",
}


class DiscussChannel(models.Model):
    """The channel of a group obeys its moderators; stock lets any colleague change it."""

    _inherit = "discuss.channel"

    mairie_group_id = fields.Many2one(
        "mairie.social.group",
        "Group",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get("mairie_group_id") for vals in vals_list):
            raise AccessError(self.env._("Only a moderator of the group may do this."))
        return super().create(vals_list)

    def write(self, vals):
        if "mairie_group_id" in vals and not self.env.su:
            raise AccessError(self.env._("Only a moderator of the group may do this."))
        if MODERATED_FIELDS & vals.keys():
            self._check_mairie_moderator()
        result = super().write(vals)
        if "name" in vals and not self.env.su:
            for channel in self.filtered("mairie_group_id"):
                channel.sudo().mairie_group_id.name = vals["name"]
        return result

    def set_message_pin(self, message_id, pinned):
        self._check_mairie_moderator()
        return super().set_message_pin(message_id, pinned)

    def invite_by_email(self, emails):
        if self._get_mairie_group():
            raise AccessError(self.env._("Groups are for the people of the town hall."))
        return super().invite_by_email(emails)

    def _allow_invite_by_email(self):
        return not self._get_mairie_group() and super()._allow_invite_by_email()

    def _add_members(self, *, guests=None, partners=None, users=None, **kwargs):
        """Who enters the channel of a group enters the group first, or not at all."""
        for channel in self:
            group = channel._get_mairie_group()
            if group:
                people = (users or self.env["res.users"]) | (
                    partners.user_ids if partners else self.env["res.users"]
                )
                channel._let_in(group, people, guests)
        return super()._add_members(
            guests=guests, partners=partners, users=users, **kwargs
        )

    def _find_or_create_persona_for_channel(self, *args, **kwargs):
        """An invitation link opens no group: it can be forwarded to anybody."""
        group = self._get_mairie_group()
        if group and self.env.user not in group._get_member_users():
            raise UserError(self.env._("Only members read this group."))
        return super()._find_or_create_persona_for_channel(*args, **kwargs)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Stock forgets whoever has no e-mail: half of the agents."""
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        vals = msg_vals or {}
        kind = vals.get("message_type") or message.message_type
        if kind != "comment":
            return recipients
        named = vals.get("partner_ids") or message.partner_ids.ids
        author = vals.get("author_id") or message.author_id.id
        known = {line["id"] for line in recipients if line["notif"] != "web_push"}
        forgotten = (
            self.env["res.partner"]
            .sudo()
            .search(
                [
                    ("id", "in", list(set(named) - known - {author})),
                    ("email", "in", [False, ""]),
                    ("user_ids.share", "=", False),
                ]
            )
        )
        return recipients + [self._prepare_recipient(line) for line in forgotten]

    def _notify_thread_by_web_push(self, message, recipients_data, **kwargs):
        """A message waits in the channel until its reader is at work; no push before."""
        partners = self.env["res.partner"].browse(
            [line["id"] for line in recipients_data if line["notif"] == "web_push"]
        )
        devices = self.env["mail.push.device"].sudo()
        held = devices.search([("partner_id", "in", partners.ids)]).partner_id
        if held:
            asleep = held - self.env["mairie.social.push.job"]._filter_awake(held)
            recipients_data = [
                line for line in recipients_data if line["id"] not in asleep.ids
            ]
        return super()._notify_thread_by_web_push(message, recipients_data, **kwargs)

    def _prepare_recipient(self, partner):
        return {
            "active": True,
            "email_normalized": False,
            "id": partner.id,
            "is_follower": False,
            "groups": [],
            "lang": partner.lang,
            "name": partner.name,
            "notif": "inbox",
            "share": False,
            "type": "user",
            "uid": partner.main_user_id.id,
            "ushare": False,
        }

    def _get_mairie_group(self):
        """:return: the group of a channel or of a thread in it, sudoed"""
        channels = self.sudo()
        return channels.mairie_group_id | channels.parent_channel_id.mairie_group_id

    def _check_mairie_moderator(self):
        group = self._get_mairie_group()
        if group and not self.env.su:
            group.sudo(False).with_user(self.env.uid)._check_moderator()

    def _let_in(self, group, users, guests):
        """Make ``users`` members of ``group`` where the current user may do that."""
        missing = users - group._get_member_users()
        if not missing and not guests:
            return
        mine = group.sudo(False).with_user(self.env.uid)
        if guests or not (
            mine.is_moderator or (missing == self.env.user and group.privacy == "open")
        ):
            raise AccessError(self.env._("Only a moderator of the group may do this."))
        requests = group.request_ids.filtered(lambda row: row.user_id in missing)
        requests.state = "member"
        self.env["mairie.social.group.member"].sudo().create(
            [
                {"group_id": group.id, "user_id": user.id}
                for user in missing - requests.user_id
            ]
        )
