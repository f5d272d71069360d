from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

LOCAL_FORMAT = "%Y-%m-%d %H:%M"
PIN_DAYS = 7


class MairieSocialPost(models.Model):
    """The life of a post: draft, scheduled, published, corrected, withdrawn."""

    _inherit = "mairie.social.post"

    def action_publish(self):
        """Publish now. :return: dict total, agents, elus, without_email"""
        self._check_may_manage()
        self._check_reviewed()
        self._check_ready()
        self._publish()
        audiences = self.sudo().audience_ids
        return self.env["mairie.social.audience"]._count_readers(audiences.ids)

    def action_schedule(self, publish_at):
        """Publish later, at the hour of the town hall.

        :param publish_at: local date and hour, ``YYYY-MM-DD HH:MM``
        :raise UserError: the hour is already past
        """
        self._check_may_manage()
        self._check_reviewed()
        self._check_ready()
        for post in self:
            moment = post._parse_local(publish_at)
            if moment <= fields.Datetime.now():
                raise UserError(self.env._("Choose a day and an hour to come."))
            post.sudo().write({"state": "scheduled", "publish_at": moment})
            post._check_author_rights()
            self.env.ref("mairie_social.ir_cron_publish")._trigger(at=moment)
        return True

    def action_withdraw(self):
        """Back to a draft that only its author sees; nothing is lost."""
        self._check_may_manage()
        self.sudo().write(
            {"state": "draft", "published_at": False, "publish_at": False}
        )
        return True

    def action_pin(self, until=None):
        """Pin; at most three posts stand on top of the page.

        :param until: local ``YYYY-MM-DD HH:MM``, a week from now by default
        """
        self._check_may_review()
        week = fields.Datetime.now() + timedelta(days=PIN_DAYS)
        until = self[:1]._parse_local(until) if until else week
        self.sudo().write({"pinned_until": until})
        return True

    def action_unpin(self):
        self._check_may_review()
        self.sudo().write({"pinned_until": False})
        return True

    def action_hide(self):
        self._check_may_review()
        self.sudo().write({"is_hidden": True})
        return True

    def action_show(self):
        self._check_may_review()
        self.sudo().write({"is_hidden": False})
        return True

    def action_close_comments(self):
        self._check_may_manage()
        self.sudo().write({"comment_policy": "closed"})
        return True

    def action_open_comments(self):
        self._check_may_manage()
        self.sudo().write({"comment_policy": "open"})
        return True

    @api.model
    def _parse_local(self, text):
        """Read ``YYYY-MM-DD HH:MM`` of the town hall. :return: the moment, naive UTC"""
        try:
            local = datetime.strptime(text, LOCAL_FORMAT)
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("Give a day and an hour.")) from error
        return (self.company_id or self.env.company)._mairie_to_utc(local)

    @api.model
    def _format_local(self, moment):
        """:return: the reverse of :meth:`_parse_local`, or an empty text"""
        if not moment:
            return ""
        company = self.company_id or self.env.company
        return company._mairie_localize(moment).strftime(LOCAL_FORMAT)

    def _check_may_manage(self):
        """Only the author and the reviewers move a post."""
        self.check_access("read")
        for post in self:
            is_author = post.author_id == self.env.user
            if not self.env.su and not (is_author or post.may_review):
                raise AccessError(self.env._("Only its author may do this."))

    def _check_may_review(self):
        self.check_access("read")
        if not self.env.su and any(not post.may_review for post in self):
            raise AccessError(self.env._("Only Communication may do this."))

    def _check_ready(self):
        """Tell what is still missing before people can read."""
        for post in self:
            if not post.sudo().audience_ids:
                raise ValidationError(self.env._("Choose who will read."))
            if post.picture_ids.filtered(lambda picture: not picture.is_described):
                raise ValidationError(
                    self.env._(
                        "Describe this picture for those who cannot see it,"
                        " or tick “decorative”."
                    )
                )

    def _publish(self):
        """Publish what is not yet; run twice, it does nothing the second time."""
        posts = self.filtered(lambda post: post.state != "published")
        posts.sudo().write(posts._prepare_published_vals())
        posts._check_author_rights()
        posts._announce()
        return posts

    def _prepare_published_vals(self):
        return {"state": "published", "published_at": fields.Datetime.now()}

    def _announce(self):
        """Tell the open pages that there is something new, without saying what.

        The message is empty: a page asks the server, which answers by its rights.
        """
        self.sudo().audience_ids._bus_send("mairie_social/new_posts", {})

    @api.model
    def _publish_due(self):
        """Publish what is due. Two workers at once: the second finds it locked."""
        due = self.sudo().search(
            [
                ("state", "=", "scheduled"),
                ("publish_at", "<=", fields.Datetime.now()),
            ]
        )
        return due.try_lock_for_update(allow_referencing=True)._publish()

    def _correct(self, vals, substantial):
        """Change a published post.

        :param substantial: False for a slip of the pen (nobody is told), True for a
            change that readers must see: the version goes up
        """
        self.ensure_one()
        vals = dict(vals, edited_at=fields.Datetime.now())
        if substantial:
            vals["version"] = self.version + 1
        self.sudo().write(vals)
        self._check_ready()
        self._check_author_rights()
        if substantial:
            self._announce()
