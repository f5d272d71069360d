import base64
import hashlib

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import office, pdf_convert
from ..tools.pdf_merge import inspect


class MairiePieceMixin(models.AbstractModel):
    """A file that must enter a dossier: kept as it came, and as a PDF beside it."""

    _name = "mairie.piece.mixin"
    _description = "Document for a Dossier"

    sequence = fields.Integer(default=10)
    name = fields.Char(
        "Title",
        compute="_compute_name",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
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
    pdf_file = fields.Binary(
        "As a PDF",
        compute="_compute_facts",
        store=True,
        attachment=True,
        help="Made from a picture, a text, a table or an office document.",
    )
    sha256 = fields.Char("SHA-256", compute="_compute_facts", store=True)
    size = fields.Integer("Size (bytes)", compute="_compute_facts", store=True)
    page_count = fields.Integer("Pages", compute="_compute_facts", store=True)
    is_converted = fields.Boolean("Converted", compute="_compute_facts", store=True)
    problem = fields.Selection(
        [
            ("empty", "The file is empty"),
            ("waiting", "Being turned into a PDF"),
            ("not_pdf", "The file is not a PDF and cannot be turned into one"),
            ("too_long", "The table is too long: send it as a PDF"),
            ("too_slow", "The file takes too long to become a PDF: send it as a PDF"),
            ("encrypted", "The file is protected by a password"),
            ("broken", "The file is damaged"),
        ],
        compute="_compute_facts",
        store=True,
    )

    @api.depends("filename")
    def _compute_name(self):
        for piece in self:
            stem = (piece.filename or "").rpartition(".")[0] or piece.filename
            title = (stem or "").replace("_", " ").strip()
            piece.name = piece.name or title

    @api.depends("file", "filename")
    def _compute_facts(self):
        for piece in self:
            content = piece._get_content()
            piece.sha256 = hashlib.sha256(content).hexdigest() if content else False
            piece.size = len(content)
            piece.update(piece._prepare_pdf_vals(content))
        if "waiting" in self.mapped("problem"):
            self._trigger_conversion()

    def _prepare_pdf_vals(self, content):
        """Return what the dossier needs to know of a file: as PDF, pages, problem."""
        health = inspect(content)
        if health.problem != "not_pdf":
            return self._prepare_health_vals(health, False)
        if pdf_convert.is_office(self.filename or ""):
            waiting = office.find_office() and self.id
            return self._prepare_problem_vals("waiting" if waiting else "not_pdf")
        return self._prepare_converted_vals(
            lambda: pdf_convert.convert(content, self.filename or "", self.name or "")
        )

    def _prepare_converted_vals(self, convert):
        """Return the values that a conversion leads to, whether it works or not."""
        try:
            pdf = convert()
        except pdf_convert.ConversionError as error:
            return self._prepare_problem_vals(error.problem)
        return self._prepare_health_vals(inspect(pdf), pdf)

    def _prepare_health_vals(self, health, pdf):
        return {
            "page_count": health.pages,
            "problem": health.problem,
            "is_converted": bool(pdf),
            "pdf_file": base64.b64encode(pdf) if pdf else False,
        }

    def _prepare_problem_vals(self, problem):
        return {
            "page_count": 0,
            "problem": problem,
            "is_converted": False,
            "pdf_file": False,
        }

    def _trigger_conversion(self):
        self.env.ref("mairie_elus.cron_convert_pieces").sudo()._trigger()

    @api.model
    def _get_piece_models(self):
        """Return the models that hold such files. Hook: another one of a town."""
        return ["mairie.annexe", "mairie.projet.piece"]

    @api.model
    def _cron_convert(self):
        """Turn the office documents that wait into PDF, one commit each.

        The day LibreOffice comes, those that were refused without it are taken up.
        """
        if not office.find_office():
            return
        waiting = [
            piece
            for model in self._get_piece_models()
            for piece in self.env[model].search(self.env[model]._get_waiting_domain())
        ]
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(waiting))
        for piece in waiting:
            piece._convert_office()
            if not cron._commit_progress(1):
                break

    @api.model
    def _get_waiting_domain(self):
        """Return which documents the scheduler turns into PDF."""
        refused = Domain("problem", "=", "not_pdf") & Domain.OR(
            Domain("filename", "=ilike", f"%.{kind}")
            for kind in sorted(pdf_convert.OFFICE)
        )
        return Domain("problem", "=", "waiting") | refused

    def _convert_office(self):
        """Turn one office document into PDF; a failure says so on the document."""
        self.ensure_one()
        content, filename = self._get_content(), self.filename
        self.write(
            self._prepare_converted_vals(
                lambda: pdf_convert.convert_office(content, filename)
            )
        )

    def _get_content(self):
        """Return the bytes of the file, as it came."""
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).file or b"")

    def _get_pdf(self):
        """Return the bytes that enter a dossier, empty when the file has a problem."""
        self.ensure_one()
        if self.problem:
            return b""
        if self.is_converted:
            return base64.b64decode(self.with_context(bin_size=False).pdf_file or b"")
        return self._get_content()

    def _get_reading_file(self):
        """Return the name and the bytes to read on a screen: as PDF where there is one."""
        self.ensure_one()
        if self.is_converted:
            return f"{self._get_safe_stem()}.pdf", self._get_pdf()
        return self._get_download_name(), self._get_content()

    def _get_download_name(self):
        """Return a file name that is safe on every system."""
        self.ensure_one()
        extension = self._get_foreign_extension()
        if extension is None:
            return f"{self._get_safe_stem()}.pdf"
        return ".".join(filter(None, [self._get_safe_stem(), extension]))

    def _get_safe_stem(self):
        keep = [
            char if char.isalnum() or char in " -_'’" else " " for char in self.name
        ]
        return " ".join("".join(keep).split())[:100] or "piece"

    def _get_foreign_extension(self):
        """Return the extension of a file that is no PDF, "" without one; None for a PDF."""
        foreign = self.is_converted or self.problem in ("not_pdf", "waiting")
        if not foreign or "." not in (self.filename or ""):
            return None
        extension = self.filename.rpartition(".")[2]
        return extension if extension.isalnum() else ""
