import csv
import io

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.station_people import (
    claims_deadline,
    designation_deadline,
    hours_order_deadline,
)

GAPS_SHOWN = 6
KEPT = (
    "role",
    "civility",
    "name",
    "firstname",
    "birth_date",
    "birth_place",
    "street",
    "zip",
    "city",
    "email",
    "phone",
    "elector_scope",
    "slot_from",
    "slot_to",
)


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """The people of all stations: gaps, convocations, hours worked."""

    _inherit = "mairie.scrutin.tour"

    membre_ids = fields.One2many("mairie.scrutin.membre", "tour_id", "Members")
    gap_station_count = fields.Integer("Stations with a Gap", compute="_compute_people")
    gap_lines = fields.Text("Gaps", compute="_compute_gap_lines")
    to_convene_count = fields.Integer("To Convene", compute="_compute_people")
    confirmed_count = fields.Integer("Confirmed", compute="_compute_people")
    member_count = fields.Integer("Number of Members", compute="_compute_people")
    designation_deadline = fields.Char(
        "Members Named By", compute="_compute_deadlines", help="R46 and R47."
    )
    hours_deadline = fields.Char(
        "Order on the Hours Posted By", compute="_compute_deadlines", help="R41."
    )
    claims_deadline = fields.Char(
        "Claims Until", compute="_compute_deadlines", help="R119."
    )

    @api.depends("bureau_tour_ids.people_gap_count", "membre_ids.state")
    def _compute_people(self):
        domain = [("tour_id", "in", self.ids), ("people_gap_count", ">", 0)]
        gaps = dict(
            self.env["mairie.scrutin.bureau.tour"]
            .sudo()
            ._read_group(domain, ["tour_id"], ["__count"])
        )
        waiting = dict(
            self.env["mairie.scrutin.membre"]
            .sudo()
            ._read_group(self._get_to_convene_domain(), ["tour_id"], ["__count"])
        )
        for tour in self:
            tour.gap_station_count = gaps.get(tour._origin, 0)
            tour.to_convene_count = waiting.get(tour._origin, 0)
            states = tour.membre_ids.mapped("state")
            tour.confirmed_count = states.count("confirme")
            tour.member_count = len(states) - states.count("empeche")

    @api.depends("bureau_tour_ids.people_gaps")
    @api.depends_context("lang")
    def _compute_gap_lines(self):
        """The first gaps in one sentence each, for the card of the round."""
        for tour in self:
            stations = tour.bureau_tour_ids.filtered("people_gap_count")
            lines = [
                station._say_gap(code, params)
                for station in stations[:GAPS_SHOWN]
                for code, level, params in station.people_gaps
                if level == "gap"
            ]
            tour.gap_lines = "\n".join(lines[:GAPS_SHOWN])

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_deadlines(self):
        def say(moment):
            return f"{moment:%d/%m/%Y}, 18\N{NO-BREAK SPACE}h"

        for tour in self:
            day = tour.date
            tour.designation_deadline = day and say(designation_deadline(day))
            tour.hours_deadline = day and f"{hours_order_deadline(day):%d/%m/%Y}"
            tour.claims_deadline = day and say(claims_deadline(day))

    def _get_to_convene_domain(self):
        """Members to convene: tellers are found among the voters of the day."""
        return [
            ("tour_id", "in", self.ids),
            ("state", "=", "designe"),
            ("role", "!=", "scrutateur"),
        ]

    def action_view_people(self):
        """The board of the stations, those with a gap first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_bureau_tour_action_people"
        )
        return dict(
            action,
            domain=[("tour_id", "=", self.id)],
            context={"default_tour_id": self.id},
        )

    def action_convene_members(self):
        """Convene everyone who was not yet."""
        self.check_access("read")
        members = self.env["mairie.scrutin.membre"]
        return members.search(self._get_to_convene_domain()).action_convene()

    def action_print_letters(self):
        """One PDF with the letters of the members who have no e-mail."""
        self.check_access("read")
        members = self.env["mairie.scrutin.membre"]
        members._check_organiser()
        domain = [
            ("tour_id", "in", self.ids),
            ("role", "!=", "scrutateur"),
            ("state", "!=", "empeche"),
            ("email", "in", (False, "")),
        ]
        letters = members.search(domain)
        if not letters:
            raise UserError(self.env._("Everyone has an e-mail: no letter to print."))
        return letters.action_print_convocation()

    def action_copy_members(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_tour_copy_members_action"
        )
        return dict(action, context={"default_tour_id": self.id})

    def action_import_members(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_table_import_action"
        )
        context = {"default_tour_id": self.id, "default_kind": "membres"}
        return dict(action, name=self.env._("Import Members"), context=context)

    def action_add_stations(self):
        """Put every station that holds on that day into the round."""
        self.ensure_one()
        self._check_organiser_of_round()
        bureaux = self.env["mairie.scrutin.bureau"].search(
            self.env["mairie.scrutin.bureau"]._get_active_domain(self.date)
            & fields.Domain("company_id", "=", self.company_id.id)
            & fields.Domain("commune_insee", "=", self.scrutin_id.commune_insee)
        )
        missing = bureaux - self.sudo().bureau_tour_ids.bureau_id
        self.env["mairie.scrutin.bureau.tour"].sudo().create(
            [
                {"tour_id": self.id, "bureau_id": row.id, "inscrits": row.inscrits}
                for row in missing
            ]
        )
        return self._notify_done(self.env._("%s stations added.", len(missing)))

    def _check_organiser_of_round(self):
        self._check_open()
        self.env["mairie.scrutin.membre"]._check_organiser()

    def action_export_hours(self):
        """Download the hours of the members, for the pay."""
        self.ensure_one()
        self.env["mairie.scrutin.membre"]._check_organiser()
        url = f"/mairie_scrutin/{self.id}/heures.csv"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def _get_hours_file(self):
        """Return the bytes of the hours for an organiser of that commune, else None."""
        found = self.exists().filtered(lambda tour: tour.has_access("read"))
        if not found or not self.env.user.has_group(
            "mairie_scrutin.group_organisation"
        ):
            return None
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";")
        writer.writerow(self._get_hours_header())
        for membre in found.membre_ids.filtered(lambda row: row.state != "empeche"):
            writer.writerow(self._prepare_hours_row(membre))
        return out.getvalue().encode("utf-8-sig")

    def _get_hours_header(self):
        words = "Bureau;Lieu;Rôle;Nom;Prénom;Liste;De;À;Heures prévues;Arrivée;Départ"
        return [*words.split(";"), "Heures de présence"]

    def _prepare_hours_row(self, membre):
        start, end = membre._get_slot()
        arrived, left, hours = membre._get_worked()
        row = [
            membre.code,
            membre.bureau_tour_id.bureau_id.lieu_name or "",
            membre._get_french_role(),
            membre.name,
            membre.firstname or "",
            membre.candidature_id.name or "",
        ]
        row = [f"'{cell}" if str(cell)[:1] in "=+-@" else cell for cell in row]
        planned = f"{end - start:.2f}".replace(".", ",")
        say = membre.bureau_tour_id._say_hour
        return [*row, say(start), say(end), planned, arrived, left, hours]

    def _copy_members_from(self, source):
        """Copy the members of another round; return (copied, left out).

        Those who already are in the station, whose station is not in this round, or
        whose list does not stand any more, are left out.
        """
        self.ensure_one()
        self._check_organiser_of_round()
        members = self.env["mairie.scrutin.membre"]
        stations = {bt.bureau_id.code: bt for bt in self.bureau_tour_ids}
        known = {(row.code, row.role, row._get_identity()) for row in self.membre_ids}
        copies, left = [], members.browse()
        for row in source.membre_ids.filtered(lambda row: row.role != "scrutateur"):
            candidature = self._match_list(row.candidature_id)
            lost = row.candidature_id and not candidature
            station = stations.get(row.code)
            key = (row.code, row.role, row._get_identity())
            if not station or lost or key in known or row.is_purged:
                left |= row
                continue
            vals = {name: row[name] for name in KEPT}
            vals.update(bureau_tour_id=station.id, candidature_id=candidature.id)
            copies.append((row, vals))
        created = members.create([vals for _row, vals in copies])
        twins = {row: twin for (row, _vals), twin in zip(copies, created, strict=True)}
        for row, twin in twins.items():
            titular = twins.get(row.replaces_id)
            if titular:
                twin.replaces_id = titular
        return created, left

    def _match_list(self, former):
        """The list of this round that a list of another round became."""
        if not former:
            return former
        lists = self.candidature_ids
        children = lists.filtered(lambda row: former in row.parent_ids)
        same = lists.filtered(lambda row: row.name == former.name)
        return (children or same)[:1]
