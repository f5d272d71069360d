from odoo import api, models
from odoo.fields import Domain

MESSAGE_FIELDS = {"body", "mairie_hidden", "attachment_ids", "model", "res_id"}


class MailMessage(models.Model):
    """Comments of posts, and what is written in channels."""

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        messages.sudo()._mairie_index()
        return messages

    def write(self, vals):
        result = super().write(vals)
        if MESSAGE_FIELDS & vals.keys():
            self.sudo()._mairie_index()
        return result

    def unlink(self):
        ids = self.ids
        result = super().unlink()
        if ids:
            self.env["mairie.social.doc"]._drop("mail.message", ids)
        return result

    @api.model
    def _get_searched_domain(self):
        return Domain("message_type", "=", "comment") & Domain(
            "model", "in", ["mairie.social.post", "discuss.channel"]
        )

    def _mairie_index(self):
        """Bring the rows of messages in step; others than ours cost nothing."""
        ours = self.filtered(
            lambda message: (
                message.message_type == "comment"
                and message.model in ("mairie.social.post", "discuss.channel")
            )
        )
        if not ours:
            return
        Doc = self.env["mairie.social.doc"]
        rows = ours._prepare_docs()
        Doc._drop(self._name, set(ours.ids) - {row["res_id"] for row in rows})
        Doc._put(rows)

    def _prepare_docs(self):
        posts = (
            self.env["mairie.social.post"]
            .sudo()
            .browse({row.res_id for row in self if row.model == "mairie.social.post"})
            .exists()
        )
        live = posts.filtered(
            lambda post: post.state == "published" and not post.is_hidden
        )
        rights = {post.id: post._prepare_doc_rights() for post in live}
        rows = []
        for message in self:
            body = message._mairie_plain_body()
            where = (
                {"channel_id": message.res_id}
                if message.model == "discuss.channel"
                else rights.get(message.res_id)
            )
            if body and where and not message.mairie_hidden:
                rows.append(
                    {
                        **where,
                        "tab": "messages",
                        "res_model": message._name,
                        "res_id": message.id,
                        "author_ref": False,
                        "date": message.date,
                        "body": body,
                        "extra": " ".join(message.attachment_ids.mapped("name")),
                    }
                )
        return rows
