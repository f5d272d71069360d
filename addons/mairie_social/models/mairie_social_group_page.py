from odoo import api, models
from odoo.exceptions import AccessError, UserError


class MairieSocialGroup(models.Model):
    """What people do in a group: enter, ask, leave, mute, write, meet."""

    _inherit = "mairie.social.group"

    def action_join(self):
        """Enter an open group, or ask to enter one on request or private."""
        self.check_access("read")
        Member = self.env["mairie.social.group.member"].sudo()
        for group in self.filtered(lambda group: group.my_role == "none"):
            if group.privacy == "secret" or not group.active:
                raise AccessError(self.env._("A moderator lets people in."))
            state = "member" if group.privacy == "open" else "requested"
            Member.create(
                {"group_id": group.id, "user_id": self.env.uid, "state": state}
            )
            if state == "requested":
                group._tell_moderators()
        return True

    def action_leave(self):
        """Leave, with ten seconds to come back into an open group."""
        self.ensure_one()
        was_open, name = self.privacy == "open", self.name
        self.leave()
        return {
            "type": "ir.actions.client",
            "tag": "mairie_undo",
            "params": {
                "message": self.env._("You have left « %s ».", name),
                "model": self._name,
                "method": "action_join" if was_open else False,
                "ids": self.ids,
                "next": {
                    "type": "ir.actions.act_window",
                    "res_model": self._name,
                    "name": self.env._("Groups"),
                    "views": [[False, "kanban"], [False, "form"]],
                    "target": "main",
                },
            },
        }

    def leave(self, successor_id=None):
        """Leave one group.

        :param successor_id: user who becomes moderator first; required of the last one
        :raise UserError: the last moderator chose nobody, or somebody from outside
        """
        self.ensure_one()
        self.check_access("read")
        rows = self.sudo().member_ids | self.sudo().request_ids
        mine = rows.filtered(lambda row: row.user_id.id == self.env.uid)
        if mine.is_automatic:
            raise UserError(
                self.env._("You are here through your service: mute it instead.")
            )
        if successor_id:
            self._check_moderator()
            heir = self.sudo().member_ids.filtered(
                lambda row: row.user_id.id == successor_id
            )
            if not heir or heir == mine:
                raise UserError(self.env._("Choose a member of the group."))
            heir.role = "moderator"
        mine.sudo(False)._check_moderator_left()
        mine.unlink()
        return True

    def action_choose_successor(self):
        """Open the choice of who takes over, for the last moderator."""
        self.ensure_one()
        self._check_moderator()
        return {
            "type": "ir.actions.act_window",
            "res_model": "mairie.social.group.leave",
            "name": self.env._("Who takes over?"),
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_group_id": self.id},
        }

    def action_mute(self):
        self._set_notify("none")

    def action_unmute(self):
        self._set_notify("mentions")

    def _set_notify(self, level):
        self.check_access("read")
        rows = self.sudo().member_ids
        rows.filtered(lambda row: row.user_id.id == self.env.uid).notify = level

    def action_open_discussion(self):
        """Open the channel in Discuss, for members and for the readers of an open one."""
        self.ensure_one()
        self.check_access("read")
        if not self.is_readable:
            raise AccessError(self.env._("Only members read this group."))
        return {
            "type": "ir.actions.client",
            "tag": "mail.action_discuss",
            "params": {"active_id": f"discuss.channel_{self.sudo().channel_id.id}"},
            "context": {"active_id": f"discuss.channel_{self.sudo().channel_id.id}"},
        }

    def action_new_meeting(self):
        """Open a meeting with the members; closed groups meet in private."""
        self.ensure_one()
        if not self.is_member:
            raise AccessError(self.env._("Only members meet in this group."))
        users = self.sudo()._get_member_users()
        return {
            "type": "ir.actions.act_window",
            "res_model": "calendar.event",
            "name": self.env._("Meeting"),
            "views": [[False, "form"]],
            "target": "current",
            "context": {
                "default_mairie_group_id": self.id,
                "default_partner_ids": users.partner_id.ids,
                "default_privacy": "public" if self.privacy == "open" else "private",
            },
        }

    @api.readonly
    def get_page(self):
        """:return: dict of what the tabs « Fil » and « Discussion » need"""
        self.ensure_one()
        self.check_access("read")
        if not self.is_readable:
            return {"is_readable": False}
        return {
            "is_readable": True,
            "is_member": self.is_member,
            "channel_id": self.sudo().channel_id.id,
            "member_count": self.member_count,
            "feed": self.env["mairie.social.post"].get_group_feed(self.id),
        }

    def publish(self, title, text, picture=None, alt=None, poll=None):
        """Write a post for the members of one group; every member may.

        :param title: plain text, required
        :param text: plain text
        :param picture: base64 of a picture, or None
        :param alt: words for those who do not see it; empty when it is decorative
        :param poll: a question, see ``set_poll`` of a post, or None
        :return: one card, see ``_format_card`` of a post
        """
        self.ensure_one()
        self.check_access("read")
        if not self.is_member:
            raise AccessError(self.env._("Only members write in this group."))
        post = self.env["mairie.social.post"]._write_for_group(self, title, text)
        if picture:
            vals = {"post_id": post.id, "image": picture}
            vals.update(alt=alt, is_decorative=not (alt or "").strip())
            self.env["mairie.social.picture"].sudo().create(vals)
        if poll:
            post.set_poll(poll)
        post.sudo()._publish()
        return post.sudo(False).get_card()

    def _tell_moderators(self):
        """Somebody asks to enter: an activity for each moderator."""
        name = self.env.user.name
        for row in self.sudo().member_ids.filtered(lambda row: row.role == "moderator"):
            self.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=row.user_id.id,
                summary=self.env._("%s asks to enter", name),
            )

    @api.model
    def _get_my_groups(self):
        """:return: list of dict id, model, name, unread: groups of the home page"""
        groups = self.search_fetch(
            self._get_membership_domain(), ["name", "channel_id"], limit=12
        )
        lines = [
            {
                "id": group.id,
                "model": group._name,
                "name": group.name,
                "unread": group.unread_count,
            }
            for group in groups
        ]
        return sorted(lines, key=lambda line: (-line["unread"], line["name"]))[:6]
