from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.station_layout import layout
from ..lib.station_people import (
    check_composition,
    coverage,
    pair_deputies,
)


# One file for each concern of a station: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinBureauTour(models.Model):
    """Who keeps the station: what is missing, hour by hour."""

    _inherit = "mairie.scrutin.bureau.tour"

    membre_ids = fields.One2many("mairie.scrutin.membre", "bureau_tour_id", "Members")
    table_count = fields.Integer(
        "Counting Tables", help="0: as many as there are booths, the most allowed."
    )
    booth_count = fields.Integer("Booths", compute="_compute_layout")
    scrutateurs_needed = fields.Integer("Tellers Needed", compute="_compute_layout")
    scrutateur_count = fields.Integer("Tellers", compute="_compute_people_counts")
    member_count = fields.Integer("Number of Members", compute="_compute_people_counts")
    answered_count = fields.Integer("Confirmed", compute="_compute_people_counts")
    people_gaps = fields.Json(
        compute="_compute_people_gaps",
        compute_sudo=True,
        store=True,
        export_string_translation=False,
    )
    people_gap_count = fields.Integer(
        "Gaps", compute="_compute_people_gaps", compute_sudo=True, store=True
    )
    people_summary = fields.Text("To Fill", compute="_compute_people_summary")
    rota = fields.Json(compute="_compute_rota", export_string_translation=False)

    _table_range = models.Constraint(
        "CHECK(table_count >= 0)", "A number of tables is 0 or more."
    )

    @api.depends("inscrits", "table_count")
    def _compute_layout(self):
        for station in self:
            plan = layout(station.inscrits, station.table_count or None)
            station.booth_count = plan.booths
            station.scrutateurs_needed = plan.scrutateurs

    @api.constrains("table_count", "inscrits")
    def _check_table_count(self):
        for station in self:
            booths = layout(station.inscrits).booths
            if station.table_count > max(booths, 1):
                raise UserError(
                    self.env._(
                        "Station %(code)s: %(tables)s tables for %(booths)s booths. "
                        "Tables never outnumber the booths (L65).",
                        code=station.code,
                        tables=station.table_count,
                        booths=booths,
                    )
                )

    @api.depends("membre_ids.role", "membre_ids.state")
    def _compute_people_counts(self):
        for station in self:
            coming = station.membre_ids.filtered(lambda row: row.state != "empeche")
            tellers = coming.filtered(lambda row: row.role == "scrutateur")
            station.scrutateur_count = len(tellers)
            station.member_count = len(coming - tellers)
            station.answered_count = len(
                (coming - tellers).filtered(lambda row: row.state == "confirme")
            )

    @api.depends(
        "membre_ids.role",
        "membre_ids.state",
        "membre_ids.slot_from",
        "membre_ids.slot_to",
        "membre_ids.candidature_id",
        "membre_ids.replaces_id",
        "membre_ids.elector_scope",
        "tour_id.cloture",
        "tour_id.ouverture",
    )
    def _compute_people_gaps(self):
        for station in self:
            gaps = check_composition(station._get_people(), *station._get_hours())
            station.people_gaps = [[gap.code, gap.level, gap.params] for gap in gaps]
            station.people_gap_count = sum(gap.level == "gap" for gap in gaps)

    @api.depends("people_gaps")
    @api.depends_context("lang")
    def _compute_people_summary(self):
        for station in self:
            station.people_summary = "\n".join(
                station._say_gap(code, params)
                for code, _level, params in station.people_gaps or []
            )

    @api.depends("people_gaps")
    def _compute_rota(self):
        """Members expected in each half hour of the day, for the bar of the form."""
        for station in self:
            slots = coverage(station._get_people(), *station._get_hours())
            station.rota = [
                {"from": station._say_hour(hour), "count": count, "short": count < 2}
                for hour, count in slots
            ]

    def _get_hours(self):
        """Local hours of opening and closing of this station."""
        self.ensure_one()
        tour = self.tour_id
        return tour.ouverture or 8.0, tour.cloture or 18.0

    def _get_people(self):
        """The members as the lib wants them."""
        self.ensure_one()
        opening, closing = self._get_hours()
        return pair_deputies(
            [row._get_person(opening, closing) for row in self.membre_ids]
        )

    def _say_gap(self, code, params):
        """One sentence for a gap of the composition."""
        self.ensure_one()
        return getattr(self, f"_gap_{code.lower()}")(params)

    def _gap_m01(self, params):
        return self.env._("Station %s: the president is missing.", self.code)

    def _gap_m02(self, params):
        if params["missing"] == 1:
            return self.env._("Station %s: an assessor is missing.", self.code)
        return self.env._(
            "Station %(code)s: %(count)s assessors are missing.",
            code=self.code,
            count=params["missing"],
        )

    def _gap_m03(self, params):
        return self.env._("Station %s: the secretary is missing.", self.code)

    def _gap_m04(self, params):
        return self.env._(
            "Station %(code)s: %(count)s member from %(start)s to %(end)s, two are "
            "needed at all times (R42).",
            code=self.code,
            count=params["count"],
            start=self._say_hour(params["from"]),
            end=self._say_hour(params["to"]),
        )

    def _gap_m05(self, params):
        if params["role"] == "president":
            return self.env._("Station %s: two presidents at once.", self.code)
        return self.env._("Station %s: two secretaries at once.", self.code)

    def _gap_m06(self, params):
        return self.env._(
            "Station %(code)s: %(name)s is not an elector of the département (R44).",
            code=self.code,
            name=self._say_person(params),
        )

    def _gap_m07(self, params):
        return self.env._(
            "Station %(code)s: %(name)s, named by the mayor, is not an elector of the "
            "commune (R44).",
            code=self.code,
            name=self._say_person(params),
        )

    def _gap_m08(self, params):
        lists = self.env["mairie.scrutin.candidature"]
        return self.env._(
            "Station %(code)s: the list %(list)s has two assessors, it may name one "
            "(R44).",
            code=self.code,
            list=lists.browse(params["list"]).exists().name or "",
        )

    def _gap_m09(self, params):
        return self.env._(
            "Station %(code)s: %(name)s is a deputy, say of whom.",
            code=self.code,
            name=self._say_person(params),
        )

    def _say_person(self, params):
        members = self.env["mairie.scrutin.membre"]
        return members.browse(params["person"]).exists().display_name or ""

    @api.model
    def _say_hour(self, hour):
        """ "8 h", "12 h 30": a local hour as people say it."""
        minutes = round(hour * 60)
        words = f"{minutes // 60}\N{NO-BREAK SPACE}h"
        rest = minutes % 60
        return f"{words}\N{NO-BREAK SPACE}{rest:02d}" if rest else words

    def action_open_people(self):
        """The station, its members and its day."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_bureau_tour_action_people"
        )
        views = [(view, kind) for view, kind in action["views"] if kind == "form"]
        return dict(action, views=views, res_id=self.id, domain=[])

    def action_open_shifts(self):
        """The hours of the members of this station, on its day, to move by hand."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_membre_action_shifts"
        )
        coming = [("role", "!=", "scrutateur"), ("state", "!=", "empeche")]
        day = fields.Date.to_string(self.tour_id.date)
        return dict(
            action,
            domain=[("bureau_tour_id", "=", self.id), *coming],
            context={"initial_date": day, "default_bureau_tour_id": self.id},
        )

    def _get_scrutateurs_deadline(self):
        """Naive UTC moment until which tellers are named: an hour before closing."""
        self.ensure_one()
        _opening, closing = self._get_hours()
        midnight = fields.Datetime.to_datetime(self.tour_id.date)
        local = midnight + timedelta(minutes=round((closing - 1) * 60))
        return self.company_id._mairie_to_utc(local)
