from fractions import Fraction

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.qualification import second_round_lists
from ..lib.seat_allocation import SeatError, TieError, allocate


class MairieScrutinAttribution(models.Model):
    """The seats of one council, with every reason for them."""

    _name = "mairie.scrutin.attribution"
    _description = "Seats of a Council"
    _order = "tour_id, organe desc"
    _rec_name = "organe"

    tour_id = fields.Many2one(
        "mairie.scrutin.tour", "Round", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="tour_id.company_id", store=True, index=True)
    organe = fields.Selection(
        [("cm", "Council"), ("cc", "Community council")],
        "Seats Of",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("shared", "Seats shared"),
            ("second_round", "Second round"),
            ("tie", "Tie: ages decide"),
            ("open", "Not settled by the text"),
        ],
        required=True,
        readonly=True,
    )
    seat_total = fields.Integer("Seats", readonly=True)
    station_count = fields.Integer("Stations Counted", readonly=True)
    station_total = fields.Integer("Stations", readonly=True)
    is_provisional = fields.Boolean("Provisional", readonly=True)
    trace = fields.Json(readonly=True)
    line_ids = fields.One2many(
        "mairie.scrutin.attribution.ligne", "attribution_id", "Lists", readonly=True
    )

    _organe_uniq = models.Constraint(
        "UNIQUE(tour_id, organe)", "The seats of this council are already shared."
    )

    @api.depends("tour_id.name", "organe")
    def _compute_display_name(self):
        labels = dict(self._fields["organe"]._description_selection(self.env))
        for row in self:
            row.display_name = f"{labels.get(row.organe, '')}, {row.tour_id.name or ''}"

    def _allocate(self, tour):
        """Compute again the seats of each council of ``tour``.

        Hook: other councils (sectors) by ``_get_organes``.
        """
        totals = tour._get_totals()
        for organe, (seats, regime) in self._get_organes(tour.scrutin_id).items():
            vals = self._prepare_vals(tour, totals, seats, regime)
            vals.update(tour_id=tour.id, organe=organe)
            row = tour.attribution_ids.filtered(lambda row, o=organe: row.organe == o)
            row.line_ids.unlink()
            if row:
                row.write(vals)
            else:
                self.create(vals)

    def _check_settled(self):
        """Refuse to go on while seats wait for ages, or for a rule."""
        for row in self:
            if row.state == "tie":
                raise UserError(
                    self.env._(
                        "%s: lists are tied and ages decide. Write the ages on the "
                        "lists of the round, then proclaim again.",
                        row.display_name,
                    )
                )
            if row.state == "open":
                raise UserError(
                    self.env._(
                        "%s: the text does not settle these seats. Check the number "
                        "of seats and the rule of the election, or empty the rule to "
                        "proclaim the votes only.",
                        row.display_name,
                    )
                )

    def _get_organes(self, scrutin):
        """Council -> (seats, regime of the lib), those that have seats."""
        organes = {"cm": (scrutin.seat_count, scrutin.regime)}
        if scrutin.community_seat_count:
            organes["cc"] = (scrutin.community_seat_count, "cc")
        return {key: value for key, value in organes.items() if value[0]}

    def _prepare_vals(self, tour, totals, seats, regime):
        """Values of the share: the law speaks by the lib, its errors become states."""
        missing = totals["stations_all"] - totals["stations"]
        vals = {
            "seat_total": seats,
            "station_count": totals["stations"],
            "station_total": totals["stations_all"],
            "is_provisional": bool(missing),
        }
        if not totals["exprimes"]:
            raise UserError(
                self.env._("No station is validated yet: there is nothing to share.")
            )
        try:
            outcome = self._call_lib(tour, totals, seats, regime)
        except TieError as tie:
            vals.update(state="tie", trace=[self._prepare_tie(tie)])
            return vals
        except SeatError:
            vals.update(state="open", trace=[{"step": "open"}])
            return vals
        vals["state"] = "shared" if outcome.decided else "second_round"
        vals["trace"] = outcome.trace
        if not outcome.decided:
            vals["trace"].append(self._prepare_second_round(totals, regime))
        vals["line_ids"] = [
            fields.Command.create(line) for line in self._prepare_lines(outcome)
        ]
        return vals

    def _call_lib(self, tour, totals, seats, regime):
        lists = tour.candidature_ids
        return allocate(
            totals["votes"],
            seats,
            regime,
            round=tour.numero,
            exprimes=totals["exprimes"],
            mean_ages=self._get_ages(lists, "mean_age"),
            candidate_ages=self._get_ages(lists, "next_candidate_age"),
            candidates={
                row.id: row.candidate_count for row in lists if row.candidate_count
            },
        )

    def _get_ages(self, lists, name):
        """List id -> exact age, those that were typed."""
        return {
            row.id: Fraction(round(row[name] * 1000), 1000)
            for row in lists
            if row[name]
        }

    def _prepare_tie(self, tie):
        return {
            "step": "tie",
            "stage": tie.stage,
            "asks": tie.asks,
            "lists": [*tie.tied],
        }

    def _prepare_second_round(self, totals, regime):
        found = second_round_lists(totals["votes"], totals["exprimes"], regime)
        return {
            "step": "second_round",
            "standing": list(found.standing),
            "mergeable": list(found.mergeable),
        }

    def _prepare_lines(self, outcome):
        proportional = outcome.proportional
        return [
            {
                "candidature_id": key,
                "voix": votes,
                "exprimes": outcome.exprimes,
                "prime": outcome.prime if key == outcome.prime_list else 0,
                "proportional": proportional[key],
                "vacant": outcome.vacant.get(key, 0),
                "seats": outcome.seats[key],
            }
            for key, votes in outcome.votes.items()
        ]

    def _get_summary(self):
        """Seats of each list that has some, or where the share stands."""
        self.ensure_one()
        if self.state != "shared":
            return dict(self._fields["state"]._description_selection(self.env))[
                self.state
            ]
        won = ", ".join(
            f"{line.candidature_id.name} {line.seats}"
            for line in self.line_ids.filtered("seats")
        )
        return self.env._("%(total)s seats: %(won)s", total=self.seat_total, won=won)

    def _prepare_public_vals(self):
        """What the public reads of this share: plain values."""
        self.ensure_one()
        labels = dict(self._fields["organe"]._description_selection(self.env))
        return {
            "organe": self.organe,
            "title": labels[self.organe],
            "state": self.state,
            "total": self.seat_total,
            "lists": [
                {
                    "panneau": line.candidature_id.panneau,
                    "name": line.candidature_id.name,
                    "prime": line.prime,
                    "proportional": line.proportional,
                    "seats": line.seats,
                }
                for line in self.line_ids
            ],
            "sentences": self._get_sentences(),
        }
