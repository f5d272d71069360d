from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import html2plaintext


class MairieSocialPage(models.Model):
    """A page that the members of a group write together; each version can come back.

    Odoo's editor shows the words of the others as they type them: it asks for the right
    to write before it opens the channel of a page.
    """

    _name = "mairie.social.page"
    _inherit = ["mairie.social.group.content.mixin", "html.field.history.mixin"]
    _description = "Page of a Group"
    _order = "name, id"

    name = fields.Char("Title", required=True, size=160)
    body = fields.Html("Text", sanitize_style=True)
    may_publish = fields.Boolean(
        compute="_compute_may_write", export_string_translation=False
    )

    @api.model
    def _get_versioned_fields(self):
        return ["body"]

    @api.depends("group_id")
    @api.depends_context("uid")
    def _compute_may_write(self):
        may_publish = self.env["mairie.social.post"].has_access("create")
        for page in self:
            page.may_write = not page.group_id or page.group_id.is_member
            page.may_publish = may_publish

    def action_make_post(self):
        """Open a draft with the words of the page, for whoever may publish."""
        self.ensure_one()
        self.check_access("read")
        post_id = self.env["mairie.social.post"].save_draft(
            None, {"name": self.name, "body": self.body or ""}, unfinished=False
        )
        post = self.env["mairie.social.post"].browse(post_id)
        return post._get_records_action()

    def _mairie_index(self):
        """The words of a page are found by whoever reads its group."""
        self.env["mairie.social.doc"]._put(
            [page._prepare_doc() for page in self.sudo()]
        )

    def _prepare_doc(self):
        return {**super()._prepare_doc(), "body": self._get_plain_body()}

    def _get_plain_body(self):
        return html2plaintext(self.body or "", include_references=False)

    def _check_may_add(self):
        if not self.env.su and any(not page.group_id.is_member for page in self):
            raise AccessError(self.env._("Only members write in this group."))

    @api.model
    def _prepare_vals(self, vals):
        """No picture loaded from elsewhere, as in a post."""
        if not vals.get("body"):
            return vals
        return {
            **vals,
            "body": self.env["mairie.social.post"]._clean_body(vals["body"]),
        }

    @api.model
    def _rename_in_history(self, user, name):
        """Take the name of one person out of the versions that are kept."""
        domain = Domain("html_field_history", "!=", False)
        for page in self.sudo().search(domain):
            history = page.html_field_history
            revisions = [line for lines in history.values() for line in lines]
            theirs = [line for line in revisions if line["create_uid"] == user.id]
            for line in theirs:
                line["create_user_name"] = name
            if theirs:
                page.html_field_history = dict(history)
