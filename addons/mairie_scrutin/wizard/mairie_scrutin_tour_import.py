import base64
import csv
import io

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib import ministry_record
from ..lib.commune_lines import line_codes
from ..lib.prefecture_record import Record, parse
from ..tools.spreadsheet import is_spreadsheet, read_ministry

MAX_SIZE = 10_000_000


class MairieScrutinTourImport(models.TransientModel):
    """Take in the file of the préfecture: look at it first, then import."""

    _name = "mairie.scrutin.tour.import"
    _description = "Import the File of the Préfecture"

    tour_id = fields.Many2one("mairie.scrutin.tour", "Round", required=True)
    codes = fields.Char(compute="_compute_codes", export_string_translation=False)
    data = fields.Binary("File")
    filename = fields.Char()
    state = fields.Selection(
        [("file", "File"), ("preview", "Preview"), ("done", "Done")], default="file"
    )
    line_ids = fields.One2many("mairie.scrutin.tour.import.line", "import_id", "Lines")
    take_count = fields.Integer("To Import", compute="_compute_counts")
    same_count = fields.Integer("Unchanged", compute="_compute_counts")
    locked_count = fields.Integer(
        "Validated, Left as They Are", compute="_compute_counts"
    )
    refused_count = fields.Integer("Unreadable", compute="_compute_counts")
    problem_ids = fields.Many2many(
        "mairie.scrutin.tour.import.line",
        string="Refused Lines",
        compute="_compute_counts",
    )
    list_names = fields.Char("Lists", readonly=True)
    format_name = fields.Char("Format", readonly=True)
    elsewhere_count = fields.Integer("Lines of Other Communes, Left", readonly=True)
    error_file = fields.Binary("Lines Not Imported", compute="_compute_error_file")
    error_filename = fields.Char(compute="_compute_error_file")

    @api.depends("tour_id")
    def _compute_codes(self):
        """What the lines of the commune hold, for whoever reads a large file."""
        for wizard in self:
            insee = wizard.tour_id.scrutin_id.commune_insee or ""
            wizard.codes = ", ".join(line_codes(insee))

    @api.depends("line_ids.status")
    def _compute_counts(self):
        for wizard in self:
            by_status = wizard.line_ids.grouped("status")
            empty = wizard.line_ids.browse()
            counted = {
                status: len(by_status.get(status, empty))
                for status in ("new", "changed", "same", "locked", "refused")
            }
            wizard.take_count = counted["new"] + counted["changed"]
            wizard.same_count = counted["same"]
            wizard.locked_count = counted["locked"]
            wizard.refused_count = counted["refused"]
            wizard.problem_ids = wizard.line_ids.filtered("reason")

    @api.depends("line_ids.reason")
    def _compute_error_file(self):
        for wizard in self:
            problems = wizard.line_ids.filtered("reason")
            if not problems:
                wizard.error_file = wizard.error_filename = False
                continue
            wizard.error_filename = self.env._("lines not imported.csv")
            wizard.error_file = wizard._make_error_file(problems)

    def _make_error_file(self, problems):
        """The rejected lines with their number, their reason and their whole text."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";")
        writer.writerow([self.env._("Line"), self.env._("Reason"), self.env._("Text")])
        for line in problems:
            writer.writerow([line.number, line.reason, line.raw])
        return base64.b64encode(out.getvalue().encode("utf-8-sig"))

    def action_preview(self):
        """Read the file, compare it with what is there, change nothing."""
        self.ensure_one()
        record, ministry = self._read()
        self.tour_id._check_record(record)
        self.line_ids.unlink()
        compared = self.tour_id._compare_stations(record)
        self.write(
            {
                "state": "preview",
                "list_names": self._get_list_names(record, ministry),
                "format_name": self._get_format_name(ministry),
                "elsewhere_count": self._count_elsewhere(ministry),
                "line_ids": [
                    fields.Command.create(vals)
                    for vals in self._prepare_lines(record, compared)
                ],
            }
        )
        return self._reload()

    def action_import(self):
        """Import the lines of the preview that can be."""
        self.ensure_one()
        self.tour_id._check_supervisor()
        record, ministry = self._read()
        if ministry and not self.tour_id.candidature_ids:
            self.tour_id._create_ministry_lists(ministry)
        counts = self.tour_id._import_record(record)
        self._keep_file(record, counts)
        self.state = "done"
        return self._reload()

    def action_back(self):
        self.ensure_one()
        self.write({"state": "file", "line_ids": [fields.Command.clear()]})
        return self._reload()

    def action_view_stations(self):
        self.ensure_one()
        return self.tour_id.action_view_stations()

    def _read(self):
        """Recognise the file: the préfecture's record first, else the ministry's.

        :return: (``prefecture_record.Record``, ``MinistryFile`` or None)
        """
        content = self._get_content()
        record = None if is_spreadsheet(content) else parse(content)
        if record and record.stations:
            return record, None
        ministry = read_ministry(self.env, content)
        if record and not ministry.layout:
            return record, None
        return self._take_ministry(ministry), ministry

    def _take_ministry(self, ministry):
        """The stations of this commune, as the record of the préfecture tells them."""
        if ministry.places and ministry.level != "bureau":
            raise UserError(
                self.env._(
                    "This file has one line a commune, not one line a station. Ask for "
                    "the file “par bureau de vote”. Nothing was imported."
                )
            )
        scrutin = self.tour_id.scrutin_id
        lines = tuple(
            ministry_record.to_station_line(
                place,
                type_code=scrutin.type_code,
                year=scrutin.year,
                round=self.tour_id.numero,
            )
            for place in self._get_places(ministry)
        )
        return Record(lines, ministry.errors, encoding=ministry.encoding)

    def _get_places(self, ministry):
        """Those of the commune; all when it has none, so that the refusal names both."""
        code = self.tour_id.scrutin_id.commune_insee
        own = [place for place in ministry.places if place.commune == code]
        return own or ministry.places[:1]

    def _count_elsewhere(self, ministry):
        return len(ministry.places) - len(self._get_places(ministry)) if ministry else 0

    def _get_list_names(self, record, ministry):
        if not ministry:
            return ", ".join(record.panneaux)
        first = self._get_places(ministry)[:1]
        return ", ".join(row.name for place in first for row in place.lists)

    def _get_format_name(self, ministry):
        if not ministry:
            return self.env._("Record of the préfecture")
        names = {
            "numbered": self.env._("Ministry, 2024 to 2026"),
            "repeated": self.env._("Ministry, 2017 to 2022"),
            "long": self.env._("One line a list: ministry 2014, open data of towns"),
        }
        return names[ministry.layout]

    def _get_content(self):
        if not self.data:
            raise UserError(self.env._("Choose a file first."))
        content = base64.b64decode(self.data)
        if len(content) > MAX_SIZE:
            raise UserError(self.env._("This file is too large: 10 MB at most."))
        return content

    def _keep_file(self, record, counts):
        """Keep the file as it came on its line of the journal.

        Not on the round: whoever reads the round would read the figures with it.
        """
        detail = self.env._(
            "%(file)s: %(taken)s stations taken, %(same)s unchanged, %(locked)s "
            "validated and left, %(refused)s unreadable.",
            file=self.filename or "",
            taken=counts["new"] + counts["changed"],
            same=counts["same"],
            locked=counts["locked"],
            refused=len(record.errors),
        )
        entry = self.tour_id._log("import", detail)
        self.env["ir.attachment"].sudo().create(
            {
                "name": self.filename or "prefecture.csv",
                "datas": self.data,
                "res_model": entry._name,
                "res_id": entry.id,
                "mimetype": "text/csv",
            }
        )

    def _prepare_lines(self, record, compared):
        vals = [
            {
                "number": line.line,
                "bureau": line.bureau,
                "status": status,
                "inscrits": line.inscrits,
                "votants": line.votants,
                "exprimes": line.exprimes,
                "raw": line.raw,
                "reason": status == "locked" and self._get_locked_reason(line),
            }
            for line, status in compared
        ]
        vals += [
            {
                "number": error.line,
                "status": "refused",
                "raw": error.raw,
                "reason": self._get_reason(error),
            }
            for error in record.errors
        ]
        return vals

    def _get_locked_reason(self, line):
        return self.env._(
            "Station %s is validated with other figures: reopen it to correct it.",
            line.bureau,
        )

    def _get_reason(self, error):
        """Sentence for a line that could not be read."""
        params = error.params
        sentences = {
            "too_short": lambda: self.env._(
                "%(count)s values, at least %(expected)s are expected.", **params
            ),
            "not_a_number": lambda: self.env._(
                "“%(value)s” is not a whole number (%(column)s).", **params
            ),
            "list_count": lambda: self.env._(
                "%(announced)s lists announced, %(found)s found.", **params
            ),
            "odd_pair": lambda: self.env._(
                "The line stops in the middle of a list: a panel without its votes."
            ),
            "duplicate_list": lambda: self.env._(
                "Panel %(panneau)s is there twice.", **params
            ),
            "duplicate_station": lambda: self.env._(
                "Station %(bureau)s was already on line %(first)s.", **params
            ),
            "other_ballot": lambda: self.env._(
                "Another election, commune or set of lists than line %(first)s.",
                **params,
            ),
            "unknown": lambda: self.env._("No known headers above this line."),
            "other_figures": lambda: self.env._(
                "Other figures (%(column)s) than line %(first)s of the same station.",
                **params,
            ),
            "empty_code": lambda: self.env._(
                "The code is missing (%(column)s).", **params
            ),
        }
        return sentences[error.code]()

    def _reload(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_tour_import_action"
        )
        return dict(action, res_id=self.id)
