from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .mairie_social_report import REASONS


class MairieSocialPost(models.Model):
    """Report, moderate, ask for a second look. Each act leaves a line that stays."""

    _inherit = "mairie.social.post"

    hidden_reason = fields.Char(readonly=True, copy=False)

    def report(self, reason, note="", message_id=None):
        """Tell the moderators that a post or a comment does not belong here.

        Three people who report the same text hide it until somebody decides.

        :param reason: see ``REASONS``
        :param message_id: id of a comment of this post, or None for the post itself
        """
        self.ensure_one()
        self.check_access("read")
        if reason not in dict(REASONS) or reason == "appeal":
            raise UserError(self.env._("Say what is wrong."))
        comment = self._get_comment(message_id)
        author = comment.sudo().author_id if comment else self.author_id.partner_id
        if author == self.env.user.partner_id:
            raise UserError(self.env._("You can delete or change your own words."))
        if self._find_reports(comment, user=self.env.user):
            raise UserError(self.env._("You have already reported it."))
        self._add_report(reason, note, comment)
        words = {line["id"]: line["name"] for line in self.get_report_reasons()}
        self._log("report", words[reason], comment)
        if len(self._find_reports(comment)) >= self._get_report_limit():
            self._moderate(
                "auto_hide", comment, self.env._("Reported by several people")
            )
        return True

    def appeal(self, note=""):
        """Ask the moderators, as the author of a hidden post, for a second look."""
        self.ensure_one()
        self.check_access("read")
        if self.author_id != self.env.user or not self.is_hidden:
            raise AccessError(self.env._("Only its author may do this."))
        if self._find_reports(user=self.env.user):
            raise UserError(self.env._("A second look is already asked for."))
        self._add_report("appeal", note)
        self._log("appeal", note)
        return True

    @api.model
    def get_report_reasons(self):
        """:return: list of dict id, name: what a reader may choose from"""
        labels = self.env["mairie.social.report"]._fields["reason"]
        return [
            {"id": key, "name": name}
            for key, name in labels._description_selection(self.env)
            if key != "appeal"
        ]

    def action_hide(self):
        super().action_hide()
        for post in self:
            post._log("hide")
        return True

    def action_show(self):
        super().action_show()
        self.sudo().write({"hidden_reason": False})
        for post in self:
            post._log("show")
        return True

    def _moderate(self, action, comment, reason=""):
        """Apply a decision to the post, or to one of its comments, and tell why.

        :param action: ``keep``, ``hide``, ``auto_hide`` or ``close``
        """
        self.ensure_one()
        hidden = action in ("hide", "auto_hide")
        if comment:
            comment.sudo().write({"mairie_hidden": hidden})
            comment.flush_recordset(["mairie_hidden"])
        elif action != "close":
            self.sudo().write(
                {"is_hidden": hidden, "hidden_reason": reason if hidden else False}
            )
        self._log(action, reason, comment)
        if hidden:
            self._tell_hidden(comment, reason)

    def _tell_hidden(self, comment, reason):
        author = comment.sudo().author_id if comment else self.author_id.partner_id
        what = (
            self.env._("Your comment on “%s” was hidden.", self.name)
            if comment
            else self.env._("Your post “%s” was hidden.", self.name)
        )
        body = f"{what} {self.env._('Reason: %s', reason)}"
        self._tell(author, self.env._("A decision of the moderators"), body)

    def _tell(self, partners, subject, body):
        """Leave a line in the inbox of each, also of those without e-mail.

        One at a time: a notification names all its recipients to each of them.
        """
        for partner in partners:
            self.sudo().message_notify(
                partner_ids=partner.ids, subject=subject, body=body
            )

    def _log(self, action, reason="", comment=None):
        self.env["mairie.social.moderation.log"]._add(self, action, reason, comment)

    def _get_report_limit(self):
        """Hook: how many people hide a text by reporting it."""
        return self.company_id.sudo().mairie_social_report_limit

    def _find_reports(self, comment=None, user=None):
        """:return: the open reports of a text, sudoed"""
        domain = [
            ("post_id", "=", self.id),
            ("message_id", "=", comment.id if comment else False),
            ("state", "=", "open"),
        ]
        if user:
            domain.append(("user_id", "=", user.id))
        return self.env["mairie.social.report"].sudo().search(domain)

    def _add_report(self, reason, note="", comment=None):
        return (
            self.env["mairie.social.report"]
            .sudo()
            .create(
                {
                    "post_id": self.id,
                    "message_id": comment.id if comment else False,
                    "user_id": self.env.uid,
                    "reason": reason,
                    "note": (note or "").strip()[:500],
                }
            )
        )

    def _get_comment(self, message_id):
        """:return: a comment of this post that the current user reads, or None"""
        if not message_id:
            return None
        domain = self._get_comment_domain() & fields.Domain("id", "=", int(message_id))
        comment = self.env["mail.message"].search(domain)
        if not comment:
            raise UserError(self.env._("This comment is no longer there."))
        return comment
