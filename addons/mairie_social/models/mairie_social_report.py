from odoo import api, fields, models
from odoo.fields import Domain

REASONS = [
    ("hurtful", "Hurtful or threatening words"),
    ("private", "Personal information about somebody"),
    ("wrong", "Wrong information"),
    ("other", "Something else"),
    ("appeal", "Its author asks for a second look"),
]


class MairieSocialReport(models.Model):
    """One reader's report of a post or of a comment, for its moderators."""

    _name = "mairie.social.report"
    _description = "Report to the Moderators"
    _order = "id desc"
    _rec_name = "post_name"

    post_id = fields.Many2one(
        "mairie.social.post", required=True, readonly=True, ondelete="cascade"
    )
    message_id = fields.Many2one(
        "mail.message", "Comment", readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", "Reported By", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="post_id.company_id", store=True)
    kind = fields.Selection(related="post_id.kind", store=True)
    group_id = fields.Many2one(
        related="post_id.group_id", store=True, index="btree_not_null"
    )
    reason = fields.Selection(REASONS, required=True, readonly=True)
    note = fields.Char("Words of the Reporter", readonly=True)
    state = fields.Selection(
        [("open", "To look at"), ("kept", "Kept online"), ("hidden", "Hidden")],
        required=True,
        default="open",
        readonly=True,
    )
    decision_note = fields.Char("Reason Told to the Author")
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(readonly=True)
    post_name = fields.Char(related="post_id.name", string="Title of the Post")
    target = fields.Text("Reported Text", compute="_compute_target")
    author_name = fields.Char("Author", compute="_compute_target")
    is_hidden = fields.Boolean("Hidden Now", compute="_compute_target")
    may_review = fields.Boolean(
        compute="_compute_may_review",
        search="_search_may_review",
        export_string_translation=False,
    )

    _once = models.UniqueIndex(
        "(post_id, COALESCE(message_id, 0), user_id) WHERE state = 'open'",
        "You have already reported it.",
    )

    @api.depends("post_id", "message_id")
    def _compute_target(self):
        for report in self.sudo():
            post, message = report.post_id, report.message_id
            comment = message._mairie_plain_body() if message else ""
            report.target = comment or post._get_plain_body()
            author = message.author_id if message else post.author_id.partner_id
            report.author_name = author.name
            report.is_hidden = message.mairie_hidden if message else post.is_hidden

    @api.depends_context("uid")
    def _compute_may_review(self):
        kinds = self.env["mairie.social.post"]._get_reviewed_kinds()
        for report in self.sudo():
            in_group = report.group_id
            report.may_review = (
                report.post_id._is_moderated() if in_group else report.kind in kinds
            )

    def _search_may_review(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        kinds = self.env["mairie.social.post"]._get_reviewed_kinds()
        moderated = self.env["mairie.social.group"]._get_membership_domain("moderator")
        return Domain("group_id", "any!", moderated) | (
            Domain("kind", "in", kinds) & Domain("group_id", "=", False)
        )

    def action_keep(self):
        """Leave it online, or show it again."""
        for report in self._get_decided():
            report.post_id._moderate("keep", report.message_id, report.decision_note)
            report._close("kept")
        return True

    def action_hide(self):
        """Hide it and tell its author why."""
        labels = dict(self._fields["reason"]._description_selection(self.env))
        for report in self._get_decided():
            reason = report.decision_note or labels[report.reason]
            report.post_id._moderate("hide", report.message_id, reason)
            report._close("hidden")
        return True

    def action_close_comments(self):
        """Leave it online, and let nobody add to it."""
        for report in self._get_decided():
            report.post_id.action_close_comments()
            report.post_id._moderate("close", report.message_id, report.decision_note)
            report._close("kept")
        return True

    def _get_decided(self):
        """:return: the reports, once the current user may decide on each of them"""
        self.check_access("write")
        self.post_id._check_may_review()
        return self

    def _close(self, state):
        """Close all the open reports of the same text at once."""
        self.ensure_one()
        same = self.search(
            [
                ("post_id", "=", self.post_id.id),
                ("message_id", "=", self.message_id.id),
                ("state", "=", "open"),
            ]
        )
        (same | self).sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
