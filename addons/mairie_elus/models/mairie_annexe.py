import base64
import hashlib

from odoo import api, fields, models

from ..tools.pdf_merge import inspect


class MairieAnnexe(models.Model):
    """A document of an agenda item, with its own access: its file has no other parent."""

    _name = "mairie.annexe"
    _description = "Document of an Agenda Item"
    _order = "point_id, sequence, id"

    point_id = fields.Many2one(
        "mairie.point", "Item", required=True, ondelete="cascade", index=True
    )
    seance_id = fields.Many2one(related="point_id.seance_id", store=True, index=True)
    company_id = fields.Many2one(related="point_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(
        "Title", compute="_compute_name", store=True, readonly=False, required=True
    )
    kind = fields.Selection(
        [
            ("projet", "Draft deliberation"),
            ("note", "Summary note"),
            ("annexe", "Annex"),
        ],
        "Nature",
        required=True,
        default="annexe",
    )
    file = fields.Binary(attachment=True, required=True)
    filename = fields.Char("File name")
    sha256 = fields.Char("SHA-256", compute="_compute_facts", store=True)
    size = fields.Integer("Size (bytes)", compute="_compute_facts", store=True)
    page_count = fields.Integer("Pages", compute="_compute_facts", store=True)
    problem = fields.Selection(
        [
            ("empty", "The file is empty"),
            ("not_pdf", "The file is not a PDF"),
            ("encrypted", "The PDF is protected by a password"),
            ("broken", "The PDF is damaged"),
        ],
        compute="_compute_facts",
        store=True,
    )

    @api.depends("filename")
    def _compute_name(self):
        for annexe in self:
            stem = (annexe.filename or "").rpartition(".")[0] or annexe.filename
            title = (stem or "").replace("_", " ").strip()
            annexe.name = annexe.name or title

    @api.depends("file")
    def _compute_facts(self):
        for annexe in self:
            content = annexe._get_content()
            health = inspect(content)
            annexe.sha256 = hashlib.sha256(content).hexdigest() if content else False
            annexe.size = len(content)
            annexe.page_count = health.pages
            annexe.problem = health.problem

    @api.model_create_multi
    def create(self, vals_list):
        annexes = super().create(vals_list)
        annexes.point_id._check_agenda_open()
        return annexes

    def write(self, vals):
        self.point_id._check_agenda_open()
        result = super().write(vals)
        if {"point_id", "seance_id"} & vals.keys():
            self.point_id._check_agenda_open()
            self.seance_id._check_not_convened()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_while_open(self):
        self.point_id._check_agenda_open()

    def _get_content(self):
        """Return the bytes of the file."""
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).file or b"")

    def _get_download_name(self):
        """Return a file name that is safe on every system."""
        self.ensure_one()
        keep = [
            char if char.isalnum() or char in " -_'’" else " " for char in self.name
        ]
        stem = " ".join("".join(keep).split())[:100] or "piece"
        if self.problem == "not_pdf" and "." in (self.filename or ""):
            extension = self.filename.rpartition(".")[2]
            return f"{stem}.{extension}" if extension.isalnum() else stem
        return f"{stem}.pdf"
