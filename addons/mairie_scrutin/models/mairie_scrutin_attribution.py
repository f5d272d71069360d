from odoo import api, fields, models
from odoo.addons.mairie_base.lib.commune import complete_council_size
from odoo.exceptions import UserError

from ..lib import majority_ballot
from ..lib.qualification import second_round_lists, standing_percent
from ..lib.seat_allocation import SeatError, TieError, allocate, allocate_filled

# regime or kind -> what its seats are those of
ORGANES = {
    "majoritaire_12_5": "mandat",
    "presidentielle": "mandat",
    "referendum": "reponse",
    "arrondissement": "secteur",
    "regional": "region",
    "corse": "region",
}


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
        [
            ("cm", "Council"),
            ("secteur", "Arrondissement council"),
            ("region", "Regional assembly"),
            ("mandat", "Mandate"),
            ("reponse", "Answer"),
            ("cc", "Community council"),
        ],
        "Seats Of",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("shared", "Seats shared"),
            ("elected", "Elected"),
            ("second_round", "Second round"),
            ("installation", "At the installation"),
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
    other_reading = fields.Json(readonly=True, export_string_translation=False)
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
                row = self.create(vals)
            row._elect()

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
        first = ORGANES.get(scrutin.regime) or ORGANES.get(scrutin.kind) or "cm"
        organes = {first: (scrutin.seat_count, scrutin.regime)}
        if scrutin.community_seat_count and first == "cm":
            regime = "cc_plm25" if scrutin.community_quarter else "cc"
            organes["cc"] = (scrutin.community_seat_count, regime)
        return {key: value for key, value in organes.items() if value[0]}

    def _prepare_vals(self, tour, totals, seats, regime):
        """Values of the share: the law speaks by the lib, its errors become states."""
        missing = totals["stations_all"] - totals["stations"]
        vals = {
            "seat_total": seats,
            "station_count": totals["stations"],
            "station_total": totals["stations_all"],
            "is_provisional": bool(missing),
            "other_reading": False,
        }
        if not totals["exprimes"]:
            raise UserError(
                self.env._("No station is validated yet: there is nothing to share.")
            )
        if regime in majority_ballot.REGIMES:
            return vals | self._prepare_majority_vals(tour, totals, regime)
        if regime in ("cc", "cc_plm25") and tour.scrutin_id.is_small:
            steps = [{"step": "installation", "seats": seats}]
            return vals | {"state": "installation", "trace": steps}
        if regime == "polynesie" and tour._is_associated():
            return vals | self._prepare_associated_vals(tour, totals)
        try:
            outcome = self._call_lib(tour, totals, seats, regime)
            sections = self._prepare_sections(tour, outcome)
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
        else:
            vals["trace"] += sections
            vals["trace"] += self._prepare_completeness(tour, outcome, regime)
            vals["other_reading"] = self._prepare_other_reading(
                tour, totals, seats, regime
            )
        vals["line_ids"] = [
            fields.Command.create(line) for line in self._prepare_lines(outcome)
        ]
        return vals

    def _call_lib(self, tour, totals, seats, regime, rule=None):
        """The share by the rule chosen for lists with fewer names (or by ``rule``)."""
        names = tour.candidature_ids._get_name_counts()
        rule = rule or tour.scrutin_id.incomplete_rule
        share = allocate_filled if rule == "total_pourvu" and names else allocate
        return share(
            totals["votes"],
            seats,
            regime,
            candidates=names,
            **self._prepare_lib_terms(tour, totals),
        )

    def _prepare_lib_terms(self, tour, totals):
        lists = tour.candidature_ids
        return {
            "round": tour.numero,
            "exprimes": totals["exprimes"],
            "mean_ages": lists._get_mean_ages(),
            "candidate_ages": lists._get_candidate_ages(),
        }

    def _prepare_other_reading(self, tour, totals, seats, regime):
        """The split by the other rule for short lists, when it differs."""
        rules = ["effectif_legal", "total_pourvu"]
        chosen = tour.scrutin_id.incomplete_rule
        other = rules[1 - rules.index(chosen)]
        try:
            here, there = (
                self._call_lib(tour, totals, seats, regime, rule)
                for rule in (chosen, other)
            )
        except SeatError:
            return False
        if here.seats == there.seats:
            return False
        return {"rule": other, "seats": list(there.seats.items())}

    def _prepare_completeness(self, tour, outcome, regime):
        """Under 1,000 inhabitants: is the council deemed complete (CGCT, L2121-2-1)?"""
        scrutin = tour.scrutin_id
        won = sum(outcome.seats.values())
        if not scrutin.is_small or won == outcome.seat_total:
            return []
        needed = complete_council_size(scrutin.population)
        return [
            {
                "step": "complete",
                "elected": won,
                "legal": outcome.seat_total,
                "needed": needed,
                "reached": won >= needed,
            }
        ]

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
            "percent": standing_percent(regime),
            "fallback": found.fallback,
            "tied": list(found.tied),
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
        if self.state not in ("shared", "elected"):
            return dict(self._fields["state"]._description_selection(self.env))[
                self.state
            ]
        if self.state == "elected":
            return self.line_ids.filtered("seats").candidature_id.name or ""
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
