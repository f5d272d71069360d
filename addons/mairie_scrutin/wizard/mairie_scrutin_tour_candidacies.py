import base64
import csv
import io

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.candidacies_file import UnknownFileError, decode, read

MAX_SIZE = 200_000_000
#: Our name of a column -> what the ministry writes above it
TITLES = {
    "panneau": "Numéro de panneau",
    "ordre": "Ordre",
    "nom": "Nom sur le bulletin de vote",
}


class MairieScrutinTourCandidacies(models.TransientModel):
    """Take in the ministry's candidacies: look at them first, then import."""

    _name = "mairie.scrutin.tour.candidacies"
    _description = "Import the Candidacies"

    tour_id = fields.Many2one("mairie.scrutin.tour", "Round", required=True)
    codes = fields.Char("Constituency in the File", compute="_compute_codes")
    data = fields.Binary("File")
    filename = fields.Char()
    state = fields.Selection(
        [("file", "File"), ("preview", "Preview"), ("done", "Done")], default="file"
    )
    line_ids = fields.One2many(
        "mairie.scrutin.tour.candidacies.line", "import_id", "Lists"
    )
    take_count = fields.Integer("To Import", compute="_compute_counts")
    same_count = fields.Integer("Unchanged", compute="_compute_counts")
    refused_count = fields.Integer("Unreadable", compute="_compute_counts")
    absent_names = fields.Char("In the Election Only", readonly=True)
    list_line_ids = fields.Many2many(
        "mairie.scrutin.tour.candidacies.line",
        string="Lists Found",
        compute="_compute_counts",
    )
    problem_ids = fields.Many2many(
        "mairie.scrutin.tour.candidacies.line",
        string="Lines Not Imported",
        compute="_compute_counts",
    )
    error_file = fields.Binary("Download Them", compute="_compute_error_file")
    error_filename = fields.Char(compute="_compute_error_file")

    @api.depends("tour_id")
    def _compute_codes(self):
        for wizard in self:
            tour = wizard.tour_id
            wizard.codes = tour and ", ".join(tour._get_candidacy_codes())

    @api.depends("line_ids.status")
    def _compute_counts(self):
        for wizard in self:
            lines = wizard.line_ids
            taken = lines.filtered(lambda row: row.status in ("new", "changed"))
            wizard.take_count = len(taken)
            wizard.same_count = len(lines.filtered(lambda row: row.status == "same"))
            refused = lines.filtered(lambda row: row.status == "refused")
            wizard.refused_count = len(refused)
            wizard.list_line_ids = lines - refused
            wizard.problem_ids = lines.filtered("reason")

    @api.depends("line_ids.reason")
    def _compute_error_file(self):
        for wizard in self:
            problems = wizard.line_ids.filtered("reason")
            if not problems:
                wizard.error_file = wizard.error_filename = False
                continue
            out = io.StringIO()
            writer = csv.writer(out, delimiter=";")
            writer.writerow(
                [self.env._("Line"), self.env._("Reason"), self.env._("Text")]
            )
            writer.writerows([row.number, row.reason, row.raw] for row in problems)
            wizard.error_filename = self.env._("lines not imported.csv")
            wizard.error_file = base64.b64encode(out.getvalue().encode("utf-8-sig"))

    def action_preview(self):
        """Read the lists of the constituency; nothing changes yet."""
        self.ensure_one()
        found = self._read()
        known = self.tour_id.candidature_ids
        absent = known.filtered(
            lambda row: row.panneau not in {one.panneau for one in found.lists}
        )
        self.line_ids.unlink()
        self.write(
            {
                "state": "preview",
                "absent_names": ", ".join(absent.mapped("name")) or False,
                "line_ids": [(0, 0, vals) for vals in self._prepare_lines(found)],
            }
        )
        return self._reload()

    def action_import(self):
        """Create and write the lists of the preview."""
        self.ensure_one()
        self.tour_id._import_candidacies(self._read().lists)
        self.state = "done"
        return self._reload()

    def action_back(self):
        self.ensure_one()
        self.write({"state": "file", "line_ids": [(5, 0, 0)]})
        return self._reload()

    def action_view_round(self):
        self.ensure_one()
        return self.tour_id._get_form_action()

    def _read(self):
        """Lists of this constituency, or a sentence saying what the file is."""
        if not self.data:
            raise UserError(self.env._("Choose a file first."))
        content = base64.b64decode(self.data)
        if len(content) > MAX_SIZE:
            raise UserError(self.env._("This file is too large: 200 MB at most."))
        chunks = (content[at : at + 65536] for at in range(0, len(content), 65536))
        codes = self.tour_id._get_candidacy_codes()
        try:
            found = read(decode(chunks), codes)
        except UnknownFileError as error:
            raise UserError(
                self.env._(
                    "This is not the ministry's file of candidacies: columns not found: "
                    "%s. Nothing was changed. Take the file as the ministry gives it, or "
                    "save your spreadsheet as “CSV UTF-8” with its first line.",
                    ", ".join(TITLES.get(name, name) for name in error.missing),
                )
            ) from error
        if not found.lists and not found.refused:
            raise UserError(
                self.env._(
                    "No list of constituency %(codes)s in this file. It holds: "
                    "%(places)s… Check the code on the election.",
                    codes=", ".join(codes),
                    places=", ".join(found.places) or "–",
                )
            )
        return found

    def _prepare_lines(self, found):
        vals = [
            {
                "number": row.line,
                "panneau": row.panneau,
                "name": row.name,
                "head": row.head,
                "people_count": len(row.people),
                "community_count": sum(1 for one in row.people if one.cc_ordre),
                "status": status,
                "reason": status == "locked" and self._get_locked_reason(),
                "raw": row.name,
            }
            for row, status in self.tour_id._compare_candidacies(found.lists)
        ]
        vals += [
            {
                "number": row.line,
                "status": "refused",
                "raw": row.raw,
                "reason": self._get_reason(row),
            }
            for row in found.refused
        ]
        return vals

    def _get_locked_reason(self):
        return self.env._(
            "Results were already recorded: no list is added nor changed any more."
        )

    def _get_reason(self, refused):
        """Sentence for a line that could not be read."""
        params = refused.params
        sentences = {
            "missing": lambda: self.env._("No value (%(column)s).", **params),
            "not_a_number": lambda: self.env._(
                "“%(value)s” is not a rank (%(column)s).", **params
            ),
            "rank_twice": lambda: self.env._(
                "Rank %(ordre)s was already on line %(first)s.", **params
            ),
        }
        return sentences[refused.code]()

    def _reload(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_tour_candidacies_action"
        )
        return dict(action, res_id=self.id)
