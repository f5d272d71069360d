from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..lib.station_layout import booths_needed, normalise_code


class MairieScrutinBureau(models.Model):
    """A polling station ("bureau de vote"), from one election to the next.

    Its number may be taken again after a change of perimeters: each row holds from
    ``active_from`` to ``active_to`` (Code électoral, R40).
    """

    _name = "mairie.scrutin.bureau"
    _description = "Polling Station"
    _order = "commune_insee, code, active_from desc"
    _rec_name = "display_name"
    _rec_names_search = ["code", "name"]

    code = fields.Char(
        "Number", required=True, size=8, help="As in the files: 0005, 136A…"
    )
    name = fields.Char("Place", help="School, hall… as on the voter's card.")
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, default=lambda self: self.env.company
    )
    commune_insee = fields.Char(
        "INSEE Code of the Commune",
        size=5,
        required=True,
        default=lambda self: self.env.company.mairie_insee_code,
    )
    location_id = fields.Many2one("hr.work.location", "Site")
    lieu_name = fields.Char("Name of the Place", compute="_compute_lieu_name")
    street = fields.Char(compute="_compute_address", store=True, readonly=False)
    zip = fields.Char(
        "Postcode", compute="_compute_address", store=True, readonly=False
    )
    city = fields.Char(compute="_compute_address", store=True, readonly=False)
    geojson = fields.Json(
        "Outline or Point",
        copy=False,
        help="Geometry of the map, as in GeoJSON: longitude, then latitude.",
    )
    has_map = fields.Boolean("On the Map", compute="_compute_has_map")
    canton = fields.Char(help="Code or name, for departmental elections.")
    circonscription = fields.Char(
        "Constituency", help="Code or name, for legislative elections."
    )
    secteur = fields.Char("Sector", help="Paris, Lyon, Marseille: 75056SR16…")
    section = fields.Char(
        size=64,
        help="Regional elections: code of the département, read from the INSEE code when "
        "empty. French Polynesia: the associated commune.",
    )
    is_centralisateur = fields.Boolean(
        "Centralising Station",
        help="Gathers the reports of all stations (R69): one for the commune, or one "
        "for each constituency, canton or sector.",
    )
    has_voting_machine = fields.Boolean(
        "Voting Machine", help="No envelopes and no annexed ballots to compare (L57-1)."
    )
    is_r40_1 = fields.Boolean(
        "Station of Postal Prisoners",
        help="The station of prisoners who vote by post and of the electors attached "
        "there (R40-1): it may share its president and secretary with the next one.",
    )
    inscrits = fields.Integer(
        "Registered Voters",
        compute="_compute_booth_count",
        compute_sudo=True,
        help="On the last round where the station was used.",
    )
    booth_count = fields.Integer(
        "Booths Needed",
        compute="_compute_booth_count",
        compute_sudo=True,
        help="One for each 300 registered voters (L62).",
    )
    active_from = fields.Date(
        "From",
        help="New perimeters are ordered before 31 August and hold from 1 January.",
    )
    active_to = fields.Date("Until", copy=False)
    predecessor_id = fields.Many2one(
        "mairie.scrutin.bureau", "Took the Place Of", copy=False, index=True
    )
    active = fields.Boolean(default=True)
    bureau_tour_ids = fields.One2many(
        "mairie.scrutin.bureau.tour", "bureau_id", "Rounds"
    )

    _code_uniq = models.UniqueIndex(
        "(company_id, commune_insee, code, COALESCE(active_from, '0001-01-01'::date))",
        "This commune already has a polling station with that number.",
    )
    _period = models.Constraint(
        "CHECK(active_to IS NULL OR active_from IS NULL OR active_from <= active_to)",
        "A station ends after it began.",
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for bureau in self:
            bureau.display_name = " ".join(filter(None, [bureau.code, bureau.name]))

    @api.depends("name", "location_id.name")
    def _compute_lieu_name(self):
        for bureau in self:
            bureau.lieu_name = bureau.name or bureau.location_id.name

    @api.depends("location_id")
    def _compute_address(self):
        for bureau in self:
            address = bureau.location_id.address_id
            for name in ("street", "zip", "city"):
                bureau[name] = address[name] or bureau[name]

    @api.depends("geojson")
    def _compute_has_map(self):
        for bureau in self:
            bureau.has_map = bool(bureau.geojson)

    @api.depends("bureau_tour_ids.inscrits")
    def _compute_booth_count(self):
        for bureau in self:
            last = bureau.bureau_tour_ids.sorted("id")[-1:]
            bureau.inscrits = last.inscrits
            bureau.booth_count = booths_needed(last.inscrits)

    @api.constrains("code", "commune_insee", "active_from", "active_to", "company_id")
    def _check_period(self):
        """One station at a time bears a number."""
        for bureau in self:
            others = self.with_context(active_test=False).search(
                [
                    ("company_id", "=", bureau.company_id.id),
                    ("commune_insee", "=", bureau.commune_insee),
                    ("code", "=", bureau.code),
                    ("id", "!=", bureau.id),
                ]
            )
            if any(bureau._overlaps(other) for other in others):
                raise ValidationError(
                    self.env._(
                        "Station %s already exists at that time: end the former one "
                        "before the new one begins.",
                        bureau.code,
                    )
                )

    @api.constrains(
        "is_centralisateur",
        *("commune_insee", "canton", "circonscription", "secteur", "company_id"),
        *("active", "active_from", "active_to"),
    )
    def _check_centralisateur(self):
        """One for the commune, or for each constituency, canton or sector (R40)."""
        for bureau in self.filtered("is_centralisateur"):
            others = self.search(
                [
                    ("company_id", "=", bureau.company_id.id),
                    ("commune_insee", "=", bureau.commune_insee),
                    ("is_centralisateur", "=", True),
                    ("id", "!=", bureau.id),
                ]
            )
            for other in others:
                if bureau._gathers_with(other) and bureau._overlaps(other):
                    raise ValidationError(
                        self.env._(
                            "Station %s already gathers the reports: one centralising "
                            "station for the commune, or one for each constituency, "
                            "canton or sector (R40).",
                            other.display_name,
                        )
                    )

    def _gathers_with(self, other):
        """Whether both would gather the same stations: nothing sets them apart."""
        self.ensure_one()
        return all(
            (self[name] or "") == (other[name] or "")
            for name in ("canton", "circonscription", "secteur")
        )

    def _overlaps(self, other):
        """Whether both hold on some day; an open end never stops."""
        self.ensure_one()

        def begins_before_end(first, second):
            return (
                not first.active_from
                or not second.active_to
                or first.active_from <= second.active_to
            )

        return begins_before_end(self, other) and begins_before_end(other, self)

    @api.onchange("code")
    def _onchange_code(self):
        if self.code:
            self.code = normalise_code(self.code)

    @api.model
    def _get_active_domain(self, day):
        """Stations that hold on ``day``."""
        begun = Domain("active_from", "=", False) | Domain("active_from", "<=", day)
        not_over = Domain("active_to", "=", False) | Domain("active_to", ">=", day)
        return begun & not_over

    @api.model
    def _get_or_create(self, company, commune_insee, codes, day=None):
        """Return one station for each code, in the same order.

        :param day: day of the round; among stations that bore the number in turn, the
            one that holds then
        """
        domain = Domain(
            [
                ("company_id", "=", company.id),
                ("commune_insee", "=", commune_insee),
                ("code", "in", codes),
            ]
        )
        if day:
            domain &= self._get_active_domain(day)
        found = self.with_context(active_test=False).search(domain)
        known = {bureau.code: bureau for bureau in found.sorted("id")}
        missing = [code for code in codes if code not in known]
        created = self.create(
            [
                {
                    "code": code,
                    "company_id": company.id,
                    "commune_insee": commune_insee,
                }
                for code in missing
            ]
        )
        known |= {bureau.code: bureau for bureau in created}
        return self.concat(*(known[code] for code in codes))
