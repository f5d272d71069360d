from markupsafe import Markup
from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.mail import plaintext2html

from .mairie_social_post_feed import PAGE


class MairieSocialPost(models.Model):
    """Posts of a group: read by its members, moderated by its moderators only."""

    _inherit = "mairie.social.post"

    group_id = fields.Many2one(
        "mairie.social.group", compute="_compute_group_id", store=True
    )

    _group_feed_idx = models.Index(
        "(group_id, published_at DESC, id DESC) WHERE group_id IS NOT NULL"
    )

    @api.depends("audience_ids.group_id")
    def _compute_group_id(self):
        for post in self:
            post.group_id = post.sudo().audience_ids.group_id[:1]

    @api.constrains("audience_ids")
    def _check_closed_group_alone(self):
        """The name of a closed group is not shown to other readers."""
        for post in self.sudo():
            groups = post.audience_ids.group_id
            if len(post.audience_ids) > 1 and groups.filtered(
                lambda group: group.privacy != "open"
            ):
                raise ValidationError(
                    self.env._("A post for a closed group is for that group alone.")
                )

    @api.model
    def get_group_feed(self, group_id, before=None):
        """Read one page of the posts of one group; see ``get_feed``."""
        domain = self._get_live_domain() & Domain("group_id", "=", int(group_id))
        domain &= self._get_position_domain("<", before)
        return self.search_fetch(domain, limit=PAGE + 1)._format_page()

    @api.model
    def _write_for_group(self, group, title, text):
        """Create a draft in a group; every member may, contributor or not.

        :return: the post, sudoed
        """
        if not (title or "").strip():
            raise UserError(self.env._("Give your post a title."))
        return self.sudo().create(
            {
                "name": title.strip(),
                "body": plaintext2html(text.strip()) if text else Markup(),
                "author_id": self.env.uid,
                "company_id": group.company_id.id,
                "audience_ids": [Command.set(group.sudo().audience_id.ids)],
            }
        )

    def _is_moderated(self):
        """:return: True when the current user moderates the group of one post"""
        self.ensure_one()
        rows = self.sudo().group_id.member_ids
        return any(
            row.role == "moderator" and row.user_id.id == self.env.uid for row in rows
        )

    @api.model
    def _get_group_readable_domain(self):
        """What groups add to what one may read: open ones, and those one moderates."""
        Group = self.env["mairie.social.group"]
        opened = Domain("group_id", "any!", Domain("privacy", "=", "open"))
        moderated = Domain(
            "group_id", "any!", Group._get_membership_domain("moderator")
        )
        return (self._get_live_domain() & opened) | (
            Domain("state", "!=", "draft") & moderated
        )

    def _search_is_readable(self, operator, value):
        domain = super()._search_is_readable(operator, value)
        if domain is NotImplemented:
            return domain
        return domain | self._get_group_readable_domain()

    def _compute_is_readable(self):
        result = super()._compute_is_readable()
        now = fields.Datetime.now()
        for post in self.filtered(lambda post: not post.is_readable):
            record = post.sudo()
            if record.group_id.privacy == "open":
                live = record.status == "published" and record.published_at <= now
                post.is_readable = live
            if record.group_id and record.state != "draft" and post._is_moderated():
                post.is_readable = True
        return result

    def _compute_may_review(self):
        result = super()._compute_may_review()
        for post in self.filtered(lambda post: post.sudo().group_id):
            post.may_review = post._is_moderated()
        return result

    def _may_comment(self):
        return super()._may_comment() or self._is_moderated()

    def _gather_card_facts(self):
        facts = super()._gather_card_facts()
        groups = self.sudo().group_id
        domain = self.env["mairie.social.group"]._get_membership_domain("moderator")
        facts["moderated"] = groups and groups.search_fetch(
            domain & Domain("id", "in", groups.ids), ["id"]
        )
        return facts

    def _format_card(self, facts, whole):
        """Say which group a card comes from, and who moderates it."""
        card = super()._format_card(facts, whole)
        group = self.sudo().group_id
        card["group"] = {"id": group.id, "name": group.name} if group else False
        if group:
            is_author = self.sudo().author_id.id == self.env.uid
            moderates = group in facts["moderated"]
            card["may_review"] = moderates
            card["may_manage"] = is_author or moderates
        return card
