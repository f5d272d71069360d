from markupsafe import Markup, escape
from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.mail import plaintext2html

COMMENTS_PER_PAGE = 20
MENTIONS_SHOWN = 8
MENTIONS_SEARCHED = 40
EMPTY_BODIES = ["", False, '<span class="o-mail-Message-edited"></span>']


class MairieSocialPost(models.Model):
    """Comments: messages of the thread, told only to readers who are named."""

    _inherit = "mairie.social.post"

    def get_comments(self, before_id=None):
        """Read the newest comments, or those before ``before_id``.

        :return: dict ``comments`` (oldest first, see :meth:`_format_comments`),
            ``has_more``, ``may_comment``
        """
        self.ensure_one()
        self.check_access("read")
        domain = self._get_comment_domain()
        if before_id:
            domain &= Domain("id", "<", int(before_id))
        limit = COMMENTS_PER_PAGE + 1
        messages = self.env["mail.message"].search(domain, limit=limit, order="id desc")
        page = messages[:COMMENTS_PER_PAGE].sorted("id")
        return {
            "comments": self._format_comments(page),
            "has_more": len(messages) > COMMENTS_PER_PAGE,
            "may_comment": self._may_comment(),
        }

    def add_comment(self, text, mentioned_ids=()):
        """Comment a post.

        :param text: plain text
        :param mentioned_ids: ids of partners named by "@Name" in the text
        :return: dict ``comment``, ``removed`` (names that cannot read the post)
        """
        self.ensure_one()
        if not text or not text.strip():
            raise UserError(self.env._("Write your comment first."))
        if not self._may_comment():
            raise AccessError(self.env._("Comments are closed."))
        named = self.env["res.partner"].browse(map(int, mentioned_ids)).exists()
        readers = self._filter_reader_partners(named)
        message = self.sudo().message_post(
            body=self._prepare_comment_body(text, readers),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=readers.ids,
        )
        comment = self._format_comments(message.sudo(False))[0]
        return {"comment": comment, "removed": (named - readers).mapped("name")}

    def edit_comment(self, message_id, body):
        """Change or take back one's own comment.

        :param body: HTML, sanitized by its field; empty takes the comment back
        """
        self.ensure_one()
        message = self._get_own_comment(message_id).sudo()
        message.write({"body": self._clean_body(body) if body else ""})
        message.flush_recordset(["body"])  # mail.message searches without flushing
        return True

    @api.readonly
    def get_mention_candidates(self, search):
        """People of the audience whose name holds ``search``: never anybody else.

        :return: list of dict ``id`` (partner), ``name``
        """
        self.ensure_one()
        self.check_access("read")
        users = (
            self.env["res.users"]
            .sudo()
            .search(
                Domain("id", "in", self._get_reader_ids())
                & Domain("id", "!=", self.env.uid)
                & Domain("name", "ilike", search or ""),
                limit=MENTIONS_SEARCHED,
                order="name",
            )
        )
        begins = f" {search or ''}".lower()
        users = users.sorted(lambda user: begins not in f" {user.name}".lower())
        return [
            {"id": user.partner_id.id, "name": user.name}
            for user in users[:MENTIONS_SHOWN]
        ]

    def _may_comment(self):
        """:return: True when the current user may write a comment now"""
        self.ensure_one()
        operation = self._mail_get_operation_for_mail_message_operation("create")
        return self.has_access(operation[self])

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Closed comments: only those who may change the post still comment."""
        operations = super()._mail_get_operation_for_mail_message_operation(
            message_operation
        )
        if message_operation == "create":
            for post in self:
                if post.sudo().comment_policy == "closed":
                    operations[post] = "write"
        return operations

    def message_post(self, **kwargs):
        """Closed comments are closed by every door; only readers can be named."""
        if not self.env.su and not self._may_comment():
            raise AccessError(self.env._("Comments are closed."))
        if kwargs.get("partner_ids"):
            named = self.env["res.partner"].browse(kwargs["partner_ids"])
            kwargs["partner_ids"] = self._filter_reader_partners(named).ids
        if isinstance(kwargs.get("body"), Markup) or kwargs.get("body_is_html"):
            kwargs["body"] = Markup(self._clean_body(kwargs["body"]))
        return super().message_post(**kwargs)

    def _message_update_content(self, message, /, *, body, **kwargs):
        if kwargs.get("partner_ids"):
            named = self.env["res.partner"].browse(kwargs["partner_ids"])
            kwargs["partner_ids"] = self._filter_reader_partners(named).ids
        if isinstance(body, Markup):
            body = Markup(self._clean_body(body))
        return super()._message_update_content(message, body=body, **kwargs)

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """A post has no followers: its audience is the one list of its readers."""
        return True

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Named readers find a comment in their inbox, also those without e-mail."""
        readers = self._get_reader_ids()
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        return [
            dict(recipient, notif="inbox")
            for recipient in recipients
            if recipient.get("uid") in readers
        ]

    def _filter_reader_partners(self, partners):
        """:return: those of ``partners`` who belong to the audience of this post"""
        readers = self._get_reader_ids()
        users = partners.sudo().user_ids.filtered(lambda user: user.id in readers)
        return partners & users.partner_id.sudo(partners.env.su)

    def _prepare_comment_body(self, text, partners):
        """:return: Markup of plain ``text``, where "@Name" of readers are marked"""
        body = plaintext2html(text.strip())
        for partner in partners:
            mention = Markup(
                '<a href="#" class="o_mail_redirect" data-oe-model="res.partner"'
                ' data-oe-id="%s">@%s</a>'
            ) % (partner.id, partner.name)
            body = body.replace(escape(f"@{partner.name}"), mention)
        return body

    def _get_own_comment(self, message_id):
        self.check_access("read")
        message = self.env["mail.message"].browse(int(message_id)).exists()
        mine = (
            message.sudo().author_id == self.env.user.partner_id
            and message.sudo().model == self._name
            and message.sudo().res_id == self.id
        )
        if not mine:
            raise AccessError(self.env._("Only its author may change this comment."))
        return message

    def _get_comment_domain(self):
        return (
            Domain("model", "=", self._name)
            & Domain("res_id", "in", self.ids)
            & Domain("message_type", "=", "comment")
            & Domain("body", "not in", EMPTY_BODIES)
            & Domain("mairie_hidden", "=", False)
        )

    def _count_comments(self):
        """:return: post id -> number of comments, in one query"""
        groups = (
            self.env["mail.message"]
            .sudo()
            ._read_group(self._get_comment_domain(), ["res_id"], ["__count"])
        )
        return dict(groups)

    def _format_comments(self, messages):
        """:return: list of dict id, author, initials, date, body, is_mine"""
        partner = self.env.user.partner_id
        comments = []
        for message in messages.sudo():
            comments.append(
                {
                    "id": message.id,
                    "author": self._format_person(message.author_id),
                    "date": message.date,
                    "body": message.body,
                    "is_mine": message.author_id == partner,
                }
            )
        return comments
