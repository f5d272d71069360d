from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.fields import Domain

DIGESTS = [("never", "Never"), ("day", "Once a day"), ("week", "Once a week")]
DAYS = {"day": 1, "week": 7}
SHOWN = 10


class ResUsers(models.Model):
    """What was missed, by e-mail, for whoever asks: in their hours, once for each post.

    Whoever has opened the feed since is told nothing of what was there.
    """

    _inherit = "res.users"

    mairie_digest = fields.Selection(
        DIGESTS,
        "What I Missed, by E-mail",
        required=True,
        default="never",
        help="Only what you have not seen here, and never outside your hours.",
    )
    mairie_digest_at = fields.Datetime(
        readonly=True,
        copy=False,
        groups="base.group_system",
        export_string_translation=False,
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["mairie_digest"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["mairie_digest"]

    @api.model
    def _send_digests(self):
        """Write to those who are at work and whose day or week is over; every hour."""
        asked = self.sudo().search(
            [("mairie_digest", "!=", "never"), ("email", "!=", False)]
        )
        due = asked.filtered(lambda user: user._is_digest_due())
        moments = self.env["mairie.social.push.job"]._get_moments(due)
        now = fields.Datetime.now()
        for user in due.filtered(lambda user: moments[user] and moments[user] <= now):
            user._send_digest()

    def _is_digest_due(self):
        if not self.mairie_digest_at:
            return True
        local = self.company_id._mairie_local_date
        days = timedelta(days=DAYS[self.mairie_digest])
        return local(self.mairie_digest_at) + days <= local(fields.Datetime.now())

    def _send_digest(self):
        posts = self._get_missed_posts()
        self.mairie_digest_at = fields.Datetime.now()
        if posts:
            self.env["mail.mail"].sudo().create(self._prepare_digest(posts))
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _get_missed_posts(self):
        """:return: posts of others since the last e-mail and the last look at the feed"""
        Post = self.env["mairie.social.post"].with_user(self)
        seen = Post.env["mairie.social.seen"]._get_last()
        week = fields.Datetime.now() - timedelta(days=DAYS["week"])
        since = max(filter(None, [self.mairie_digest_at or week, seen]))
        fresh = Domain("published_at", ">", since) & Domain("author_id", "!=", self.id)
        return Post._search_feed(fresh, limit=SHOWN + 1)

    def _prepare_digest(self, posts):
        """Hook: values of the e-mail; its lines are those of a telephone's screen."""
        user = self.with_context(lang=self.lang)
        town = user.company_id
        values = {
            "lines": [post._get_push_text() for post in posts[:SHOWN]],
            "has_more": len(posts) > SHOWN,
            "base_url": self.get_base_url(),
            "town": town,
        }
        body = user.env["ir.qweb"]._render(
            "mairie_social.digest_mail", values, minimal_qcontext=True
        )
        return {
            "subject": user.env._("%s: what you have not read", town.name),
            "body_html": body,
            "email_from": town.email_formatted or user.email_formatted,
            "recipient_ids": [Command.set(user.partner_id.ids)],
            "auto_delete": True,
        }
