from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.fields import Domain

BATCH = 1000
CONTENTS = [
    ("chat", "Private messages"),
    ("group_chat", "Messages of groups"),
    ("informal_chat", "Messages of informal groups"),
    ("post", "Posts: archived"),
    ("field", "Field reports"),
    ("poll", "Who voted in anonymous polls, once closed"),
    ("login", "Traces of sign-in"),
    ("device", "Devices that were not used"),
]


class MairieSocialRetention(models.Model):
    """How long each thing is kept; what is older goes, every night, and is counted."""

    _name = "mairie.social.retention"
    _description = "Retention"
    _order = "id"
    _rec_name = "content"

    content = fields.Selection(CONTENTS, required=True, readonly=True)
    months = fields.Integer("Kept For (Months)", required=True)
    last_run = fields.Datetime("Last Purge", readonly=True)
    last_count = fields.Integer("Purged Last Time", readonly=True)

    _content_uniq = models.Constraint("UNIQUE(content)", "One duration for each thing.")
    _months_positive = models.Constraint(
        "CHECK(months > 0)", "Keep for a month at least."
    )

    @api.model
    def _purge_all(self):
        """Called every night. What is purged is counted in the log, without content."""
        for rule in self.sudo().search([("months", ">", 0)]):
            rule._purge()

    def _purge(self):
        self.ensure_one()
        limit = fields.Datetime.now() - relativedelta(months=self.months)
        count = getattr(self, f"_purge_{self.content}")(limit)
        self.write({"last_run": fields.Datetime.now(), "last_count": count})
        if count:
            self.env["mairie.social.data.log"].sudo().create(
                {"action": "purge", "detail": self.content, "count": count}
            )

    def _purge_chat(self, limit):
        return self._purge_messages(limit, [("mairie_group_id", "=", False)])

    def _purge_group_chat(self, limit):
        kinds = [("mairie_group_id.kind", "!=", "informal")]
        return self._purge_messages(limit, [("mairie_group_id", "!=", False), *kinds])

    def _purge_informal_chat(self, limit):
        return self._purge_messages(limit, [("mairie_group_id.kind", "=", "informal")])

    def _purge_messages(self, limit, domain):
        """Delete old messages of some channels, a thousand at a time."""
        channels = self.env["discuss.channel"].sudo().with_context(active_test=False)
        messages = self.env["mail.message"].sudo()
        old = (
            Domain("model", "=", "discuss.channel")
            & Domain("date", "<", limit)
            & Domain("res_id", "in", channels.search(domain).ids)
        )
        found = messages.search(old, limit=BATCH)
        count = len(found)
        found.unlink()
        return count

    def _purge_post(self, limit):
        """Old posts expire: nobody finds them in the feed any more; acts keep their own."""
        posts = self.env["mairie.social.post"].sudo()
        old = posts.search(
            [
                ("state", "=", "published"),
                ("published_at", "<", limit),
                ("expire_at", "=", False),
            ],
            limit=BATCH,
        )
        old.write({"expire_at": fields.Datetime.now()})
        return len(old)

    def _purge_field(self, limit):
        reports = self.env["mairie.social.field.report"].sudo()
        old = reports.search([("create_date", "<", limit)], limit=BATCH)
        count = len(old)
        old.unlink()
        return count

    def _purge_poll(self, limit):
        """An anonymous poll that closed long ago keeps its figures, and no voter."""
        closed = Domain("closed_at", "<", limit) | (
            Domain("closed_at", "=", False) & Domain("closes_at", "<", limit)
        )
        voters = self.env["mairie.social.poll.participation"].sudo()
        over = Domain("poll_id", "any", Domain("is_anonymous", "=", True) & closed)
        return voters.search(over).poll_id._forget_voters()

    def _purge_login(self, limit):
        """Traces of sign-in, but the last of each one: it says that they came."""
        self.env.cr.execute(
            """
            DELETE FROM res_users_log log
             WHERE log.create_date < %s
               AND EXISTS (SELECT 1 FROM res_users_log newer
                            WHERE newer.create_uid = log.create_uid
                              AND newer.create_date > log.create_date)
            """,
            [limit],
        )
        return self.env.cr.rowcount

    def _purge_device(self, limit):
        devices = self.env["mail.push.device"].sudo()
        old = devices.search([("write_date", "<", limit)], limit=BATCH)
        count = len(old)
        old.unlink()
        return count
