from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.readers import excerpt

SUMMARY = 280
WHOLE_ON_PAPER = 900


class MairieSocialNewsletterLine(models.Model):
    """One post in one letter: at its rank, in a few words that may be rewritten."""

    _name = "mairie.social.newsletter.line"
    _description = "Post of an Internal Letter"
    _order = "sequence, id"
    _rec_name = "post_id"

    newsletter_id = fields.Many2one(
        "mairie.social.newsletter", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    post_id = fields.Many2one(
        "mairie.social.post",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("state", "=", "published"), ("kind", "not in", ["letter", "hr_note"])],
    )
    summary = fields.Text(
        "In a Few Words", compute="_compute_summary", store=True, readonly=False
    )
    paper_text = fields.Selection(
        [("whole", "Whole text"), ("short", "A few words")],
        "On Paper",
        compute="_compute_summary",
        store=True,
        readonly=False,
    )
    published_at = fields.Datetime(related="post_id.published_at")
    fit = fields.Selection(
        [
            ("ok", "Readable by all"),
            ("closed", "Not for all receivers"),
            ("offline", "No longer online"),
        ],
        "Readable",
        compute="_compute_fit",
    )

    _once = models.Constraint(
        "UNIQUE(newsletter_id, post_id)", "This post is already in the letter."
    )

    @api.depends("post_id")
    def _compute_summary(self):
        for line in self:
            text = line.post_id._get_plain_body() if line.post_id else ""
            line.summary = excerpt(text, limit=SUMMARY)
            line.paper_text = "whole" if len(text) <= WHOLE_ON_PAPER else "short"

    @api.depends("post_id", "newsletter_id.audience_ids")
    def _compute_fit(self):
        for letter, lines in self.grouped("newsletter_id").items():
            misfits = letter._get_misfits() if letter else lines.browse()
            for line in lines:
                online = line.sudo().post_id.status == "published"
                line.fit = "ok" if online else "offline"
                if online and line in misfits:
                    line.fit = "closed"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_post()
        return lines

    def write(self, vals):
        self._check_draft()
        result = super().write(vals)
        if "post_id" in vals:
            self._check_post()
        return result

    def unlink(self):
        self._check_draft()
        return super().unlink()

    def _check_draft(self):
        if not self.env.su and "sent" in self.newsletter_id.mapped("state"):
            raise UserError(self.env._("A letter stays as it was sent."))

    def _check_post(self):
        """Nobody takes into a letter the words of a post that they may not read."""
        self._check_draft()
        if self.env.su:
            return
        self.post_id.check_access("read")
        kinds = self.env["mairie.social.newsletter"]._get_carried_kinds()
        if any(line.post_id.kind not in kinds for line in self):
            raise UserError(self.env._("HR notes and letters are not put in a letter."))
