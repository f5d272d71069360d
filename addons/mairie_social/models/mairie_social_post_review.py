from odoo import fields, models
from odoo.exceptions import UserError


class MairieSocialPost(models.Model):
    """Reread before publishing: sent by its author, published or sent back."""

    _inherit = "mairie.social.post"

    review_note = fields.Char("Remark of the Reviewer", readonly=True, copy=False)

    def action_submit(self, publish_at=None):
        """Ask for a review.

        :param publish_at: wished day and hour, local ``YYYY-MM-DD HH:MM``, or None
            to appear as soon as it is approved
        """
        self._check_may_manage()
        self._check_ready()
        for post in self:
            if post.state != "draft":
                raise UserError(self.env._("Only a draft is sent for review."))
            moment = post._parse_local(publish_at) if publish_at else False
            post.sudo().write(
                {"state": "review", "publish_at": moment, "review_note": False}
            )
            post._check_author_rights()
        return True

    def action_approve(self):
        """Publish what was sent for review, at the wished hour if it is to come."""
        self._check_may_review()
        self._check_ready()
        for post in self:
            if post.state != "review":
                raise UserError(self.env._("This post no longer waits for a review."))
            moment = post.publish_at
            if moment and moment > fields.Datetime.now():
                post.sudo().write({"state": "scheduled"})
                self.env.ref("mairie_social.ir_cron_publish").sudo()._trigger(at=moment)
            else:
                post._publish()
        return True

    def action_send_back(self, note):
        """Give it back to its author, with what is to change.

        :param note: a sentence; required, for a refusal is explained
        """
        self.ensure_one()
        self._check_may_review()
        if not (note or "").strip():
            raise UserError(self.env._("Say what is to change."))
        if self.state != "review":
            raise UserError(self.env._("This post no longer waits for a review."))
        post, author = self.sudo(), self.author_id.partner_id
        post.write({"state": "draft", "review_note": note.strip()})
        subject = self.env._("Your post “%s” came back", post.name)
        post._tell(author, subject, note.strip())
        return True

    def action_reschedule(self, moment):
        """Move a scheduled post, as by drag and drop in the editorial calendar.

        :param moment: UTC, ``YYYY-MM-DD HH:MM:SS``
        """
        self.ensure_one()
        self._check_may_manage()
        if self.state not in ("scheduled", "review"):
            raise UserError(self.env._("Only a post to come can be moved."))
        wanted = fields.Datetime.to_datetime(moment)
        if not wanted or wanted <= fields.Datetime.now():
            raise UserError(self.env._("Choose a day and an hour to come."))
        self.sudo().write({"publish_at": wanted})
        if self.state == "scheduled":
            self.env.ref("mairie_social.ir_cron_publish").sudo()._trigger(at=wanted)
        return True

    def _needs_review(self):
        """:return: True when the current user may not publish without a review"""
        company = self.company_id or self.env.company
        return company.sudo().mairie_social_review and not self._writes_for_the_town()

    def _check_reviewed(self):
        """Refuse to publish by oneself where the commune asks for a review."""
        if not self.env.su and any(post._needs_review() for post in self):
            raise UserError(
                self.env._("Here posts are reviewed first: send it for review.")
            )
