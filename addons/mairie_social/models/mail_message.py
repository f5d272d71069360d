from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import html2plaintext


class MailMessage(models.Model):
    """Comments of a post follow the post, also for those who wrote or were named.

    Odoo lets the author and the people named keep a message for ever; here whoever
    leaves the audience, or reads too late, no longer finds the comments either.
    """

    _inherit = "mail.message"

    mairie_hidden = fields.Boolean("Hidden by the Moderators", copy=False)

    @api.model
    def _search(
        self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs
    ):
        query = super()._search(
            domain, offset, limit, order, bypass_access=bypass_access, **kwargs
        )
        if self.env.su or bypass_access or query.is_empty():
            return query
        messages = self.browse(query)
        closed = messages._filter_unreadable_comments("read")
        return (messages - closed)._as_query(order) if closed else query

    def _get_forbidden_access(self, operation):
        forbidden = super()._get_forbidden_access(operation)
        return forbidden | self._filter_unreadable_comments(operation)

    def _filter_unreadable_comments(self, operation):
        """:return: the comments of ``self`` whose post forbids ``operation``"""
        rows = self.sudo().search_fetch(
            Domain("id", "in", self.ids) & Domain("model", "=", "mairie.social.post"),
            ["res_id", "mairie_hidden"],
        )
        if not rows:
            return self.browse()
        posts = self.env["mairie.social.post"].browse(set(rows.mapped("res_id")))
        allowed = posts.exists()._filtered_access("read")
        if operation == "create":
            allowed = allowed.filtered(lambda post: post._may_comment())
        closed = rows.filtered(
            lambda row: row.res_id not in allowed.ids or row.mairie_hidden
        )
        return closed.sudo(False)

    def _mairie_plain_body(self):
        """:return: text of one comment without markup"""
        self.ensure_one()
        return html2plaintext(self.body or "", include_references=False).strip()
