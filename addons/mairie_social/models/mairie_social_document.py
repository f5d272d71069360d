import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mimetypes import guess_mimetype

FORMER_KEPT = 10


class MairieSocialDocument(models.Model):
    """A file of a group: read with the group, put there by its members.

    Membership is asked of the group at each reading: whoever leaves loses the documents
    in the same breath, and nothing is to be brought in step.
    """

    _name = "mairie.social.document"
    _inherit = ["mairie.social.group.content.mixin"]
    _description = "Document of a Group"
    _order = "folder, name, id"

    name = fields.Char("Name of the File", required=True, size=160)
    folder = fields.Char(
        "Section", size=120, help="A section inside another one: « Works / Plans »."
    )
    file = fields.Binary(required=True, attachment=True)
    file_size = fields.Integer("Size", readonly=True, copy=False)
    mimetype = fields.Char(readonly=True, copy=False, export_string_translation=False)
    former_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        "Former Versions",
        domain=[("res_field", "=", False)],
        readonly=True,
        copy=False,
        help="A file that is replaced stays here: the last ten versions.",
    )

    @api.depends("group_id")
    @api.depends_context("uid")
    def _compute_may_write(self):
        for document in self:
            group = document.group_id
            document.may_write = not group or group.may_file

    def write(self, vals):
        if vals.get("file"):
            self.check_access("write")
            self.sudo()._keep_former()
        return super().write(vals)

    def action_download(self):
        """Give the file itself, to whoever reads the group."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file"
            "?filename_field=name&download=true",
            "target": "download",
        }

    def _check_may_add(self):
        if not self.env.su and any(not doc.group_id.may_file for doc in self):
            raise AccessError(
                self.env._("In this group, you may not put documents there.")
            )

    def _keep_former(self):
        """Put the present file among the former versions, which are read with the group."""
        present = {file.res_id: file for file in self._get_files()}
        for document in self:
            present[document.id].copy({"name": document.name, "res_field": False})
            document.invalidate_recordset(["former_ids"])
            document.former_ids[FORMER_KEPT:].unlink()

    def _get_files(self):
        """:return: attachments that hold the present files, sudoed"""
        own = [("res_model", "=", self._name), ("res_field", "=", "file")]
        files = self.env["ir.attachment"].sudo()
        return files.search([*own, ("res_id", "in", self.ids)])

    @api.model
    def _prepare_vals(self, vals):
        """Refuse what a browser would run; note the size and the kind of the file."""
        vals = {
            key: value
            for key, value in vals.items()
            if key not in ("file_size", "mimetype")
        }
        if vals.get("folder"):
            vals["folder"] = self._tidy_path(vals["folder"])
        check_file = self.env["mairie.social.post"]._check_file
        if vals.get("name"):
            check_file(vals["name"], 0)
        if not vals.get("file"):
            return vals
        try:
            content = base64.b64decode(vals["file"], validate=True)
        except (binascii.Error, ValueError) as error:
            raise UserError(self.env._("This file cannot be read.")) from error
        mimetype = guess_mimetype(content, "application/octet-stream")
        check_file("", len(content), mimetype)
        return {**vals, "file_size": len(content), "mimetype": mimetype}

    @api.model
    def _tidy_path(self, path):
        """One spelling for one section: « Works/Plans / » is « Works / Plans »."""
        parts = (part.strip() for part in path.split("/"))
        return " / ".join(part for part in parts if part)

    def _mairie_index(self):
        """Its name, its section and its text are found by whoever reads the group."""
        texts = {file.res_id: file.index_content for file in self._get_files()}
        self.env["mairie.social.doc"]._put(
            [document._prepare_doc(texts.get(document.id)) for document in self.sudo()]
        )

    def _prepare_doc(self, text=""):
        return {
            **super()._prepare_doc(),
            "tags": f"{self.folder or ''} {self.group_id.name}",
            "extra": self.env["mairie.social.post"]._cut_file_text(text),
        }
