from odoo import api, models

POST_FIELDS = {
    *("name", "body", "kind", "state", "is_hidden", "reference", "company_id"),
    *("audience_ids", "attachment_ids", "expire_at", "published_at", "department_id"),
}
LONGEST_FILE_TEXT = 200_000


class MairieSocialPost(models.Model):
    """A post is found from its publication on, and no longer once it is withdrawn."""

    _inherit = "mairie.social.post"

    @api.model_create_multi
    def create(self, vals_list):
        posts = super().create(vals_list)
        posts.sudo()._mairie_index()
        return posts

    def write(self, vals):
        result = super().write(vals)
        if POST_FIELDS & vals.keys():
            self.sudo()._mairie_index()
        return result

    def unlink(self):
        ids = self.ids
        result = super().unlink()
        self.env["mairie.social.doc"]._drop_posts(ids)
        return result

    def _mairie_index(self):
        """Bring the rows of posts in step, with their comments and files."""
        Doc = self.env["mairie.social.doc"]
        Doc._drop_posts(self.ids)
        live = self.filtered(
            lambda post: post.state == "published" and not post.is_hidden
        )
        if not live:
            return
        Doc._put([post._prepare_doc() for post in live])
        Doc._put([row for post in live for row in post._prepare_file_docs()])
        live.env["mail.message"].search(live._get_comment_domain())._mairie_index()

    def _prepare_doc(self):
        """Hook: what of a post is searched."""
        return {
            **self._prepare_doc_rights(),
            "tab": "posts",
            "res_model": self._name,
            "res_id": self.id,
            "date": self.published_at,
            "title": self.name,
            "tags": f"{self.reference or ''} {self.department_id.name or ''}",
            "body": self._get_plain_body(),
        }

    def _prepare_doc_rights(self):
        """Who finds the post, and whatever hangs on it."""
        return {
            "company_id": self.company_id.id,
            "post_id": self.id,
            "post_kind": self.kind,
            "author_ref": self.author_id.id,
            "expire_at": self.expire_at,
            "audience_ids": self.audience_ids.ids,
        }

    def _prepare_file_docs(self):
        return [
            {
                **self._prepare_doc_rights(),
                "tab": "files",
                "res_model": file._name,
                "res_id": file.id,
                "date": self.published_at,
                "title": file.name,
                "tags": self.name,
                "extra": self._cut_file_text(file.index_content),
            }
            for file in self.attachment_ids
        ]

    @api.model
    def _cut_file_text(self, text):
        return (text or "")[:LONGEST_FILE_TEXT]
