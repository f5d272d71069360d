import base64
import csv
import io
import zipfile

from odoo import api, fields, models
from odoo.exceptions import UserError
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ..lib.candidacies_file import decode
from ..lib.seats_file import NotANumberError, UnknownFileError, find


class MairieScrutinSeats(models.TransientModel):
    """Read the seats to fill from the ministry's list, look, then take them."""

    _name = "mairie.scrutin.seats"
    _description = "Seats From the Ministry's List"

    scrutin_id = fields.Many2one("mairie.scrutin", "Election", required=True)
    data = fields.Binary("File")
    filename = fields.Char()
    state = fields.Selection([("file", "File"), ("preview", "Preview")], default="file")
    commune_name = fields.Char("Commune in the File", readonly=True)
    epci = fields.Char("Community", readonly=True)
    seat_count = fields.Integer("Seats on the Council", readonly=True)
    community_seat_count = fields.Integer("Community Seats", readonly=True)
    population = fields.Integer("Municipal Population", readonly=True)
    stations = fields.Integer("Stations in the File", readonly=True)
    inscrits = fields.Integer("Registered Voters in the File", readonly=True)
    old_seat_count = fields.Integer(related="scrutin_id.seat_count", string="Today")
    old_community = fields.Integer(
        related="scrutin_id.community_seat_count", string="Community Seats Today"
    )
    is_same = fields.Boolean(compute="_compute_is_same")

    @api.depends("seat_count", "community_seat_count", "scrutin_id")
    def _compute_is_same(self):
        for wizard in self:
            wizard.is_same = (
                wizard.seat_count == wizard.scrutin_id.seat_count
                and wizard.community_seat_count
                == wizard.scrutin_id.community_seat_count
            )

    def action_preview(self):
        """Find the commune in the file; nothing changes yet."""
        self.ensure_one()
        found = self._find()
        self.write(
            {
                "state": "preview",
                "commune_name": found.name,
                "epci": found.epci,
                "seat_count": found.council,
                "community_seat_count": found.community or 0,
                "population": found.population or 0,
                "stations": found.stations or 0,
                "inscrits": found.inscrits or 0,
            }
        )
        return self._reload()

    def action_take(self):
        """Write the seats on the election."""
        self.ensure_one()
        self.scrutin_id.write(self._prepare_election_vals())
        return {"type": "ir.actions.act_window_close"}

    def action_back(self):
        self.ensure_one()
        self.state = "file"
        return self._reload()

    def _prepare_election_vals(self):
        vals = {
            "seat_count": self.seat_count,
            "community_seat_count": self.community_seat_count,
        }
        if self.population:
            vals["population"] = self.population
        # the population proposes a size of its own: the file's figures come last
        return dict(sorted(vals.items(), reverse=True))

    def _find(self):
        if not self.data:
            raise UserError(self.env._("Choose a file first."))
        insee = self.scrutin_id.commune_insee
        try:
            found = find(self._read_rows(base64.b64decode(self.data)), insee)
        except UnknownFileError as error:
            raise UserError(
                self.env._(
                    "This is not the ministry's list of seats: no line holds the columns "
                    "CODE_COMMUNE and NBRE_SAP_COM. Nothing was changed."
                )
            ) from error
        except NotANumberError as error:
            raise UserError(
                self.env._(
                    "The line of commune %(insee)s holds “%(value)s” instead of a "
                    "number. Nothing was changed.",
                    insee=insee,
                    value=error.value,
                )
            ) from error
        if not found:
            raise UserError(
                self.env._(
                    "Commune %s is not in this file. Check the INSEE code of the "
                    "election, or type the seats by hand.",
                    insee,
                )
            )
        return found

    def _read_rows(self, content):
        """Rows of the first sheet, or of a CSV file."""
        if content[:2] != b"PK":
            lines = decode([content])
            return csv.reader(lines, delimiter=";")
        try:
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        except (InvalidFileException, zipfile.BadZipFile, KeyError) as error:
            raise UserError(
                self.env._("This spreadsheet cannot be opened. Save it again as .xlsx.")
            ) from error
        return book.worksheets[0].iter_rows(values_only=True)

    def _reload(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_seats_action"
        )
        return dict(action, res_id=self.id)
