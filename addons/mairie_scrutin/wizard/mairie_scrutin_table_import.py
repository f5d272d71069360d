import base64
import csv
import io

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.table_file import TableError, decode, read_table

MAX_SIZE = 5_000_000


class MairieScrutinTableImport(models.TransientModel):
    """Take in stations or members from a table, pasted or sent: look first, then import.

    What each kind reads is in its own file: ``_read_<kind>``.
    """

    _name = "mairie.scrutin.table.import"
    _description = "Import a Table"

    kind = fields.Selection(
        [("bureaux", "Stations"), ("membres", "Members")],
        required=True,
        default="bureaux",
        readonly=True,
    )
    tour_id = fields.Many2one("mairie.scrutin.tour", "Round", readonly=True)
    data = fields.Binary("File")
    filename = fields.Char()
    text = fields.Text("Or Paste the Table")
    state = fields.Selection(
        [("file", "File"), ("preview", "Preview"), ("done", "Done")],
        default="file",
        readonly=True,
    )
    line_ids = fields.One2many(
        "mairie.scrutin.table.import.line", "import_id", "Lines", readonly=True
    )
    problem_ids = fields.Many2many(
        "mairie.scrutin.table.import.line", compute="_compute_counts"
    )
    take_count = fields.Integer("To Import", compute="_compute_counts")
    same_count = fields.Integer("Unchanged", compute="_compute_counts")
    refused_count = fields.Integer("Not Importable", compute="_compute_counts")
    error_file = fields.Binary("Lines Not Imported", compute="_compute_error_file")
    error_filename = fields.Char(compute="_compute_error_file")

    @api.depends("line_ids.status")
    def _compute_counts(self):
        for wizard in self:
            statuses = wizard.line_ids.mapped("status")
            wizard.take_count = statuses.count("new") + statuses.count("changed")
            wizard.same_count = statuses.count("same")
            wizard.refused_count = statuses.count("refused")
            wizard.problem_ids = wizard.line_ids.filtered("reason")

    @api.depends("line_ids.reason")
    def _compute_error_file(self):
        for wizard in self:
            problems = wizard.line_ids.filtered(lambda line: line.status == "refused")
            if not problems:
                wizard.error_file = wizard.error_filename = False
                continue
            wizard.error_filename = self.env._("lines not imported.csv")
            wizard.error_file = wizard._make_error_file(problems)

    def _make_error_file(self, problems):
        """The lines left out with their number, their reason and their whole text."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";")
        writer.writerow([self.env._("Line"), self.env._("Reason"), self.env._("Text")])
        for line in problems:
            writer.writerow([line.number, line.reason, line.raw])
        return base64.b64encode(out.getvalue().encode("utf-8-sig"))

    def action_preview(self):
        """Read the table, compare it with what is there, change nothing."""
        self.ensure_one()
        self._check_right()
        rows = self._read_rows()
        self.line_ids.unlink()
        lines = getattr(self, f"_read_{self.kind}")(rows)
        self.write(
            {
                "state": "preview",
                "line_ids": [fields.Command.create(vals) for vals in lines],
            }
        )
        return self._reload()

    def action_import(self):
        """Import the lines of the preview that can be."""
        self.ensure_one()
        self._check_right()
        if self.state != "preview":
            raise UserError(self.env._("Look at what it changes first."))
        getattr(self, f"_take_{self.kind}")()
        self.state = "done"
        return self._reload()

    def action_back(self):
        self.ensure_one()
        self.write({"state": "file", "line_ids": [fields.Command.clear()]})
        return self._reload()

    def action_receipt(self):
        """Print the receipt of the names that the lists gave (R46)."""
        self.ensure_one()
        return self.tour_id.action_print_receipt()

    def _check_right(self):
        self.env["mairie.scrutin.membre"]._check_organiser()

    def _read_rows(self):
        if not self.data and not (self.text or "").strip():
            raise UserError(self.env._("Choose a file or paste the table first."))
        content = base64.b64decode(self.data) if self.data else self.text.encode()
        if len(content) > MAX_SIZE:
            raise UserError(self.env._("This file is too large: 5 MB at most."))
        headers, required = getattr(self, f"_get_headers_{self.kind}")()
        try:
            return read_table(decode(content), headers, required)
        except TableError as error:
            if error.code == "empty":
                raise UserError(self.env._("This table is empty.")) from error
            columns = ", ".join(headers[name][0] for name in error.missing)
            raise UserError(
                self.env._(
                    "The first line names the columns; these are missing: %s. Nothing "
                    "was changed.",
                    columns,
                )
            ) from error

    def _prepare_line(self, row, status, label="", **more):
        return {
            "number": row.number,
            "raw": row.raw,
            "status": status,
            "label": label,
            **more,
        }

    def _refuse(self, row, reason):
        return self._prepare_line(row, "refused", reason=reason)

    def _reload(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_table_import_action"
        )
        return dict(action, res_id=self.id)
