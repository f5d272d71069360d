from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib import majority_ballot
from ..lib.election_kinds import second_round_date
from ..lib.qualification import second_round_lists, standing_percent


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """From round 1 to round 2, and to the other ballot of the day."""

    _inherit = "mairie.scrutin.tour"

    can_prepare_second = fields.Boolean(
        compute="_compute_can_prepare_second",
        groups="mairie_scrutin.group_superviseur",  # it tells that nobody won
    )

    @api.depends(
        "numero",
        "scrutin_id.tour_ids",
        "scrutin_id.regime",
        "valid_count",
        "station_count",
    )
    def _compute_can_prepare_second(self):
        for tour in self:
            tour.can_prepare_second = (
                tour.numero == 1
                and tour.scrutin_id.has_two_rounds
                and len(tour.scrutin_id.tour_ids) == 1
                and tour.valid_count
                and tour.valid_count == tour.station_count
                and not tour.sudo()._get_qualified()[1]
            )

    def action_prepare_second(self):
        """Open the wizard of round 2, for who may prepare elections."""
        self.ensure_one()
        self._check_organiser()
        if self.numero != 1 or not self.scrutin_id.has_two_rounds:
            raise UserError(self.env._("No second round follows this one."))
        if self.scrutin_id.tour_ids - self:
            raise UserError(self.env._("The second round is already there."))
        wizard = self.env["mairie.scrutin.tour.second"].create(
            self._prepare_second_wizard()
        )
        return wizard._reload()

    def action_add_ballot(self):
        self.ensure_one()
        self._check_organiser()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_tour_add_ballot_action"
        )
        return dict(action, context={"default_tour_id": self.id})

    def action_import_candidacies(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_tour_candidacies_action"
        )
        return dict(action, context={"default_tour_id": self.id})

    def _check_organiser(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(
            "mairie_scrutin.group_superviseur"
        ):
            raise UserError(
                self.env._("Only a supervisor or an organiser prepares a round.")
            )

    def _get_qualified(self):
        """candidature id -> ``standing``, ``mergeable``, ``tied`` or ``out``.

        :return: (statuses, elected id or False, sentence)
        Where the town does not hold the whole constituency nobody is qualified here:
        the préfecture's list says who stands, and statuses are all ``ask``.
        """
        self.ensure_one()
        totals = self._get_totals()
        regime = self.scrutin_id.regime
        votes = totals["votes"]
        if not regime:
            sentence = self.env._(
                "Other towns vote in this constituency: tick who stands on the list of "
                "the préfecture."
            )
            return dict.fromkeys(votes, "ask"), False, sentence
        if regime in majority_ballot.REGIMES:
            return self._get_qualified_candidates(totals, regime)
        best = max(votes.values(), default=0)
        if 2 * best > totals["exprimes"]:
            first = next(key for key in votes if votes[key] == best)
            sentence = self.env._(
                "“%s” has the absolute majority: no second round is needed.",
                self.candidature_ids.browse(first).name,
            )
            return dict.fromkeys(votes, "out"), first, sentence
        found = second_round_lists(votes, totals["exprimes"], regime)
        return self._get_statuses(found), False, self._get_lists_sentence(found, totals)

    def _get_qualified_candidates(self, totals, regime):
        found = majority_ballot.decide(
            totals["votes"],
            regime,
            round=1,
            inscrits=totals["inscrits"],
            exprimes=totals["exprimes"],
        )
        attribution = self.env["mairie.scrutin.attribution"]
        names = {row.id: row.name for row in self.candidature_ids}
        sentences = [
            getattr(attribution, f"_sentence_{step['step']}")(step, names)
            for step in found.trace
        ]
        elected = False if found.elected is None else found.elected
        return self._get_statuses(found), elected, " ".join(filter(None, sentences))

    def _get_statuses(self, found):
        statuses = {}
        for key in self.candidature_ids.ids:
            if key in found.standing:
                statuses[key] = "standing"
            elif key in found.tied:
                statuses[key] = "tied"
            elif key in getattr(found, "mergeable", ()):
                statuses[key] = "mergeable"
            else:
                statuses[key] = "out"
        return statuses

    def _get_lists_sentence(self, found, totals):
        regime = self.scrutin_id.regime
        percent = standing_percent(regime)
        needed = -(-percent * totals["exprimes"] // 100)
        sentence = self.env._(
            "%(count)s lists reach %(percent)s %% of the valid votes (%(needed)s votes) "
            "and may stand.",
            count=len(found.standing),
            percent=percent,
            needed=self._format_int(needed),
        )
        if found.fallback:
            sentence += " " + self.env._("The text adds the next ones (L224-7, L346).")
        if len(found.standing) < 2 and not found.fallback:
            sentence += " " + self.env._(
                "The text has no fallback for a commune (L264): the list of the "
                "préfecture decides."
            )
        if found.tied:
            sentence += " " + self.env._(
                "Equal votes for a last place: no text decides, ask the préfecture."
            )
        return sentence

    def _prepare_second_wizard(self):
        """Values of the wizard: one line for each list of round 1."""
        statuses, elected, sentence = self._get_qualified()
        votes = self._get_totals()["votes"]
        ranked = self.candidature_ids.sorted(lambda row: -votes[row.id])
        return {
            "tour_id": self.id,
            "date": self._propose_second_date(),
            "elected_id": elected,
            "sentence": sentence,
            "line_ids": [
                (
                    0,
                    0,
                    {
                        "candidature_id": row.id,
                        "voix": votes[row.id],
                        "status": statuses[row.id],
                        "stands": statuses[row.id] == "standing",
                        "name": row.name,
                        "head": row.head,
                    },
                )
                for row in ranked
            ],
        }

    def _propose_second_date(self):
        scrutin = self.scrutin_id
        return second_round_date(scrutin.kind, self.date, scrutin.regime or "")

    def _copy_stations_to(self, tour):
        """Give ``tour`` the stations of this round, with who works there.

        Hook: what else follows from one round to the next.
        """
        self.ensure_one()
        created = self.env["mairie.scrutin.bureau.tour"].create(
            [self._prepare_station_copy(row, tour) for row in self.bureau_tour_ids]
        )
        tour._copy_members_from(self)
        return created

    def _prepare_station_copy(self, station, tour):
        return {
            "tour_id": tour.id,
            "bureau_id": station.bureau_id.id,
            "inscrits": station.inscrits,
            "secretaire_id": station.secretaire_id.id,
        }
