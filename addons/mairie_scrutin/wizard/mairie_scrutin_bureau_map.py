import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.station_map import (
    MapError,
    find_overlaps,
    match,
    rank_properties,
    read_map,
)

MAX_SIZE = 20_000_000


class MairieScrutinBureauMap(models.TransientModel):
    """Put the stations on the map from a GeoJSON file."""

    _name = "mairie.scrutin.bureau.map"
    _description = "Import the Map of the Stations"

    data = fields.Binary("GeoJSON File")
    filename = fields.Char()
    state = fields.Selection(
        [("file", "File"), ("preview", "Preview"), ("done", "Done")],
        default="file",
        readonly=True,
    )
    property_ids = fields.One2many(
        "mairie.scrutin.bureau.map.property", "map_id", "Columns of the File"
    )
    property_id = fields.Many2one(
        "mairie.scrutin.bureau.map.property",
        "Column with the Station Number",
        domain="[('map_id', '=', id)]",
        help="Each town names it in its own way: uniq_bdv, code_bv, BVOTE…",
    )
    matched_count = fields.Integer("Stations Placed", compute="_compute_match")
    station_count = fields.Integer("Stations", compute="_compute_match")
    missing_codes = fields.Char("Stations Without a Place", compute="_compute_match")
    left_out = fields.Text("Shapes Left Out", compute="_compute_match")
    overlaps = fields.Char("Stations That Overlap", compute="_compute_match")

    @api.depends("property_id", "data")
    def _compute_match(self):
        for wizard in self:
            codes = wizard._get_bureaux()
            wizard.station_count = len(codes)
            found, left = {}, []
            if wizard.data and wizard.property_id:
                name = wizard.property_id.name
                found, left = match(wizard._read(), name, codes)
            wizard.matched_count = len(found)
            wizard.missing_codes = ", ".join(sorted(set(codes) - set(found)))
            wizard.overlaps = ", ".join(map(" / ".join, find_overlaps(found)))
            wizard.left_out = "\n".join(
                wizard._say_left(feature, why) for feature, why in left
            )

    def action_preview(self):
        """Read the file and find the column that bears the number of the station."""
        self.ensure_one()
        self._check_right()
        features, codes = self._read(), self._get_bureaux()
        self.property_ids.unlink()
        self.property_ids = [
            fields.Command.create(
                {"name": name, "matched": count, "sample": ", ".join(samples)[:120]}
            )
            for name, count, samples in rank_properties(features, codes)
        ]
        if not self.property_ids:
            raise UserError(
                self.env._(
                    "No shape of this file bears a property: the number of the "
                    "station cannot be found in it. Nothing was changed."
                )
            )
        self.write({"state": "preview", "property_id": self.property_ids[0].id})
        return self._reload()

    def action_import(self):
        """Give each station its shape."""
        self.ensure_one()
        self._check_right()
        if not self.property_id:
            raise UserError(self.env._("Choose the column with the station number."))
        bureaux = self._get_bureaux()
        found, _left = match(self._read(), self.property_id.name, bureaux)
        for code, geometry in found.items():
            bureaux[code].geojson = geometry
        self.state = "done"
        return self._reload()

    def action_back(self):
        self.ensure_one()
        self.write({"state": "file", "property_id": False})
        return self._reload()

    def _check_right(self):
        self.env["mairie.scrutin.membre"]._check_organiser()

    def _get_bureaux(self):
        """Number -> station of the commune that holds today."""
        today = fields.Date.context_today(self)
        bureaux = self.env["mairie.scrutin.bureau"]
        domain = bureaux._get_active_domain(today) & fields.Domain(
            "company_id", "=", self.env.company.id
        )
        own = self.env.company.mairie_insee_code
        found = bureaux.search(domain)
        own_first = found.sorted(lambda row: row.commune_insee == own)
        return {row.code: row for row in own_first}

    def _read(self):
        if not self.data:
            raise UserError(self.env._("Choose a file first."))
        # the counts are read with the form, which asks for the sizes of its files only
        content = base64.b64decode(self.with_context(bin_size=False).data)
        if len(content) > MAX_SIZE:
            raise UserError(self.env._("This file is too large: 20 MB at most."))
        try:
            return read_map(content)
        except MapError as error:
            raise UserError(self._say_map_error(error.code)) from error

    def _say_map_error(self, code):
        sentences = {
            "not_json": self.env._("This file is not JSON."),
            "not_a_collection": self.env._(
                "This file is not a GeoJSON collection of shapes."
            ),
            "empty": self.env._("This map has no shape."),
        }
        advice = self.env._(
            "Nothing was changed. Ask for an export as GeoJSON, in degrees (WGS 84), one "
            "shape a station."
        )
        return " ".join([sentences[code], advice])

    def _say_left(self, feature, why):
        name = self.property_id.name
        value = feature.properties.get(name)
        params = {"rank": feature.rank, "value": value}
        sentences = {
            "unknown": lambda: self.env._(
                "Shape %(rank)s: no station “%(value)s”.", **params
            ),
            "kind": lambda: self.env._(
                "Shape %(rank)s (%(value)s) is neither a point nor an outline.",
                **params,
            ),
            "position": lambda: self.env._(
                "Shape %(rank)s (%(value)s): longitude and latitude in degrees are "
                "expected (WGS 84).",
                **params,
            ),
            "open_ring": lambda: self.env._(
                "Shape %(rank)s (%(value)s): its outline is not closed.", **params
            ),
            "mixed": lambda: self.env._(
                "Shape %(rank)s (%(value)s): a point and an outline for one station.",
                **params,
            ),
        }
        return sentences[why]()

    def _reload(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_bureau_map_action"
        )
        return dict(action, res_id=self.id)


class MairieScrutinBureauMapProperty(models.TransientModel):
    """A column of the map, with what it holds."""

    _name = "mairie.scrutin.bureau.map.property"
    _description = "Column of a Map"
    _order = "matched desc, id"

    map_id = fields.Many2one(
        "mairie.scrutin.bureau.map", required=True, ondelete="cascade"
    )
    name = fields.Char(required=True)
    matched = fields.Integer("Stations Recognised")
    sample = fields.Char("For Instance")

    @api.depends("name", "matched", "sample")
    def _compute_display_name(self):
        for row in self:
            row.display_name = self.env._(
                "%(name)s (%(matched)s stations recognised: %(sample)s)",
                name=row.name,
                matched=row.matched,
                sample=row.sample or "",
            )
