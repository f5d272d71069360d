from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..lib.qualification import check_parents
from ..lib.seat_allocation import REGIMES


class MairieScrutinTourSecond(models.TransientModel):
    """Prepare round 2: who stands, who merges into whom, stations and members copied."""

    _name = "mairie.scrutin.tour.second"
    _description = "Prepare the Second Round"

    tour_id = fields.Many2one("mairie.scrutin.tour", "First Round", required=True)
    noun = fields.Char(
        related="tour_id.scrutin_id.noun", export_string_translation=False
    )
    date = fields.Date("Day of the Second Round", required=True)
    sentence = fields.Text("What the Law Says", readonly=True)
    elected_id = fields.Many2one(
        "mairie.scrutin.candidature", "Elected in Round 1", readonly=True
    )
    is_provisional = fields.Boolean(compute="_compute_is_provisional")
    line_ids = fields.One2many("mairie.scrutin.tour.second.line", "second_id", "Lists")
    stand_count = fields.Integer("Lists in Round 2", compute="_compute_problems")
    problems = fields.Text("To Check", compute="_compute_problems")
    copy_members = fields.Boolean(
        "Same Members in the Stations",
        default=True,
        help="Their answer is asked again. Tellers are recruited on the day.",
    )

    @api.depends("tour_id")
    def _compute_is_provisional(self):
        for wizard in self:
            tour = wizard.tour_id
            wizard.is_provisional = tour.valid_count < tour.station_count

    @api.depends("line_ids.stands", "line_ids.merges_into_id")
    @api.depends_context("lang")
    def _compute_problems(self):
        for wizard in self:
            wizard.stand_count = len(wizard.line_ids.filtered("stands"))
            wizard.problems = "\n".join(wizard._get_problems())

    def _get_problems(self):
        """What does not follow the law in the lists chosen, one sentence each."""
        self.ensure_one()
        names = {line.candidature_id.id: line.name for line in self.line_ids}
        found = []
        if self.stand_count == 1 and self.tour_id.scrutin_id.regime in REGIMES:
            found.append(self.env._("One list only: it would take every seat."))
        if self.tour_id.scrutin_id.regime in REGIMES:
            votes = {line.candidature_id.id: line.voix for line in self.line_ids}
            found += [
                self._get_parent_sentence(finding, names)
                for finding in check_parents(
                    self._get_parents(),
                    votes,
                    self.tour_id._get_totals()["exprimes"],
                    self.tour_id.scrutin_id.regime,
                )
            ]
        found += [
            self.env._(
                "“%s” stands without reaching the threshold: check the list of the "
                "préfecture.",
                line.name,
            )
            for line in self.line_ids
            if line.stands
            and line.status == "out"
            and self.tour_id.scrutin_id.regime not in REGIMES
        ]
        return found

    def _get_parents(self):
        """Standing list -> lists of round 1 that it takes candidates from."""
        return {
            line.candidature_id.id: [
                line.candidature_id.id,
                *line.merged_ids.candidature_id.ids,
            ]
            for line in self.line_ids
            if line.stands
        }

    def _get_parent_sentence(self, finding, names):
        values = {
            "list": names.get(finding.key, ""),
            "parents": ", ".join(names.get(key, "") for key in finding.parents),
        }
        sentences = {
            "no_standing_parent": lambda: self.env._(
                "“%(list)s”: none of its lists reached the threshold to stand.",
                **values,
            ),
            "parent_too_low": lambda: self.env._(
                "“%(list)s”: under 5 %% of the valid votes, %(parents)s may not merge.",
                **values,
            ),
            "parent_twice": lambda: self.env._(
                "“%(list)s”: the candidates of %(parents)s already go to another list.",
                **values,
            ),
            "no_parent": lambda: self.env._(
                "“%(list)s” comes from no list of round 1.", **values
            ),
        }
        return sentences[finding.code]()

    def action_create_second(self):
        """Create round 2 with its lists and its stations, and open it."""
        self.ensure_one()
        first = self.tour_id
        first._check_organiser()
        self._check_ready()
        first = first.sudo()
        tour = (
            self.env["mairie.scrutin.tour"]
            .sudo()
            .create(
                {
                    **first.scrutin_id._prepare_round_vals(2, self.date),
                    "cloture": first.cloture,
                    "last_closing": first.last_closing,
                }
            )
        )
        for line in self.line_ids.filtered("stands"):
            line._create_candidature(tour)
        if self.copy_members:
            first._copy_stations_to(tour)
        else:
            self.env["mairie.scrutin.bureau.tour"].sudo().create(
                [
                    first._prepare_station_copy(station, tour)
                    for station in first.bureau_tour_ids
                ]
            )
        first._log("second_round", tour.name)
        return tour.sudo(False)._get_form_action()

    def _check_ready(self):
        if self.elected_id:
            raise UserError(
                self.env._("Somebody is elected in round 1: there is no second one.")
            )
        if not self.stand_count:
            raise UserError(
                self.env._("Tick the lists that stand in the second round first.")
            )
        if self.date <= self.tour_id.date:
            raise ValidationError(
                self.env._("The second round comes after the first one.")
            )
        if self.tour_id.scrutin_id.tour_ids - self.tour_id:
            raise UserError(self.env._("The second round is already there."))

    def _reload(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_tour_second_action"
        )
        return dict(action, res_id=self.id)
