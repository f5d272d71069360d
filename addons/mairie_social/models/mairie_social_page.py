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
    _inherit = ["html.field.history.mixin"]
    _description = "Page of a Group"
    _order = "name, id"

    name = fields.Char("Title", required=True, size=160)
    group_id = fields.Many2one(
        "mairie.social.group", required=True, index=True, ondelete="cascade"
    )
    body = fields.Html("Text", sanitize_style=True)
    may_write = fields.Boolean(
        compute="_compute_may_write", export_string_translation=False
    )
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

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._clean_vals(vals)
        pages = super().create(vals_list)
        pages._check_member()
        pages._mairie_index()
        return pages

    def write(self, vals):
        if "group_id" in vals and not self.env.su:
            raise AccessError(self.env._("A page stays in its group."))
        self._clean_vals(vals)
        result = super().write(vals)
        self._mairie_index()
        return result

    def unlink(self):
        ids = self.ids
        result = super().unlink()
        self.env["mairie.social.doc"]._drop(self._name, ids)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_by_who_began_it(self):
        """Members write together; what goes for good goes by who began it or a moderator."""
        for page in self:
            mine = page.sudo().create_uid == self.env.user
            if not self.env.su and not (mine or page.group_id.is_moderator):
                raise AccessError(
                    self.env._("A page is deleted by whoever began it, or a moderator.")
                )

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
        """Hook: what of a page is searched."""
        return {
            **self.group_id._prepare_doc_rights(),
            "res_model": self._name,
            "res_id": self.id,
            "author_ref": False,
            "date": self.write_date,
            "title": self.name,
            "tags": self.group_id.name,
            "body": self._get_plain_body(),
        }

    def _get_plain_body(self):
        return html2plaintext(self.body or "", include_references=False)

    def _check_member(self):
        """Not a constraint: Odoo checks those as superuser, who may do anything."""
        if not self.env.su and any(not page.group_id.is_member for page in self):
            raise AccessError(self.env._("Only members write in this group."))

    def _clean_vals(self, vals):
        """No picture loaded from elsewhere, as in a post."""
        if vals.get("body"):
            vals["body"] = self.env["mairie.social.post"]._clean_body(vals["body"])

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
