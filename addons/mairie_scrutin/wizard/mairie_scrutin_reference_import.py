import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib import prefecture_record
from ..lib.commune_lines import line_codes
from ..tools.spreadsheet import is_spreadsheet, read_ministry

MAX_SIZE = 20_000_000


class MairieScrutinReferenceImport(models.TransientModel):
    """Read the stations of the commune from a file of a past election."""

    _name = "mairie.scrutin.reference.import"
    _description = "Read a Past Election"

    reference_id = fields.Many2one(
        "mairie.scrutin.reference", required=True, readonly=True
    )
    data = fields.Binary("File", required=True)
    filename = fields.Char()
    commune_insee = fields.Char(
        "INSEE Code of the Commune",
        required=True,
        default=lambda self: self.env.company.mairie_insee_code,
    )
    codes = fields.Char(compute="_compute_codes", export_string_translation=False)

    @api.depends("commune_insee")
    def _compute_codes(self):
        for wizard in self:
            wizard.codes = ", ".join(line_codes(wizard.commune_insee or ""))

    def action_import(self):
        """Replace the stations of the past election by those of the file."""
        self.ensure_one()
        self.reference_id.check_access("write")
        content = base64.b64decode(self.data)
        if len(content) > MAX_SIZE:
            raise UserError(self.env._("This file is too large: 20 MB at most."))
        rows, lists = self._read_prefecture(content) or self._read_ministry(content)
        if not rows:
            raise UserError(
                self.env._(
                    "No station of commune %s in this file. Is it the file of the "
                    "préfecture, or a file of the ministry by polling station? Nothing "
                    "was changed.",
                    self.commune_insee,
                )
            )
        self.reference_id._set_lines(rows)
        self.reference_id._set_lists(lists)
        return {"type": "ir.actions.act_window_close"}

    def _read_prefecture(self, content):
        """(values of the stations, of the lists), or None: another kind of file."""
        if is_spreadsheet(content):
            return None
        record = prefecture_record.parse(content)
        stations = [
            line for line in record.stations if line.commune_insee == self.commune_insee
        ]
        if not stations:
            return None
        rows = [
            self._prepare_line(line.bureau, line, dict(line.votes)) for line in stations
        ]
        lists = [
            {"key": key, "name": self.env._("List of panel %s", key.lstrip("0") or key)}
            for key in record.panneaux
        ]
        return rows, lists

    def _read_ministry(self, content):
        found = read_ministry(self.env, content)
        places = [
            place
            for place in found.places
            if place.commune == self.commune_insee and place.bureau
        ]
        rows = [
            self._prepare_line(
                place.bureau, place, {row.panneau: row.votes for row in place.lists}
            )
            for place in places
        ]
        lists = {}
        for place in places:
            for row in place.lists:
                lists.setdefault(row.panneau, row.name or row.head or row.panneau)
        return rows, [{"key": key, "name": name} for key, name in lists.items()]

    def _prepare_line(self, code, line, votes):
        return {
            "code": code,
            "inscrits": line.inscrits,
            "votants": line.votants,
            "blancs": line.blancs or 0,
            "nuls": line.nuls or 0,
            "exprimes": line.exprimes,
            "votes": votes,
        }
