from fractions import Fraction

from odoo import models

from ..lib.majority_ballot import decide


# One file for each concern of a share: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinAttribution(models.Model):
    """Ballots that one candidate, pair or answer wins."""

    _inherit = "mairie.scrutin.attribution"

    def _prepare_majority_vals(self, tour, totals, regime):
        outcome = decide(
            totals["votes"],
            regime,
            round=tour.numero,
            inscrits=totals["inscrits"],
            exprimes=totals["exprimes"],
            ages=self._get_oldest_ages(tour.candidature_ids),
        )
        return {
            "state": self._get_majority_state(outcome),
            "trace": outcome.trace,
            "line_ids": [
                (0, 0, line) for line in self._prepare_majority_lines(outcome)
            ],
        }

    def _get_majority_state(self, outcome):
        if outcome.elected is not None:
            return "elected"
        if outcome.asks == "oldest":
            return "tie"
        return "open" if outcome.tied else "second_round"

    def _get_oldest_ages(self, rows):
        """Candidature id -> age of the candidate, of the older one of a pair."""
        ages = rows._get_candidate_ages()
        return {
            key: max(value) if isinstance(value, list) else Fraction(value)
            for key, value in ages.items()
        }

    def _prepare_majority_lines(self, outcome):
        return [
            {
                "candidature_id": key,
                "voix": votes,
                "exprimes": outcome.exprimes,
                "seats": int(key == outcome.elected),
            }
            for key, votes in outcome.votes.items()
        ]

    def _sentence_absolute(self, step, names):
        values = {
            "needed": self._format(step["needed"]),
            "best": self._format(step["best"]),
            "quarter": self._format(step["quarter"]),
            "article": step["article"],
        }
        if step["round"] != 1:
            return ""
        if not step["quarter"]:
            return self.env._(
                "Absolute majority: %(needed)s votes; the first has %(best)s "
                "(%(article)s).",
                **values,
            )
        if step["reached"] and not step["reached_quarter"]:
            return self.env._(
                "The first has the absolute majority with %(best)s votes, but fewer "
                "than a quarter of the registered voters (%(quarter)s): nobody is "
                "elected in round 1 (%(article)s).",
                **values,
            )
        return self.env._(
            "To be elected in round 1: %(needed)s votes and a quarter of the "
            "registered voters, %(quarter)s. The first has %(best)s (%(article)s).",
            **values,
        )

    def _sentence_elected(self, step, names):
        values = {
            "list": names.get(step["list"], ""),
            "votes": self._format(step["votes"]),
            "lead": self._format(step["lead"]),
        }
        if step["answer"]:
            return self.env._(
                "“%(list)s” comes first: %(votes)s votes, %(lead)s ahead.", **values
            )
        if step["rule"] == "oldest":
            return self.env._(
                "%(list)s is elected as the oldest, at equal votes: %(votes)s.",
                **values,
            )
        return self.env._(
            "%(list)s is elected: %(votes)s votes, %(lead)s ahead.", **values
        )

    def _sentence_candidates(self, step, names):
        standing = ", ".join(names.get(key, "") for key in step["standing"])
        if step["fallback"]:
            return self.env._(
                "Fewer than two reach 12.5 %% of the registered voters (%(needed)s "
                "votes): the text adds the next ones. May stand: %(standing)s.",
                needed=self._format(step["needed"]),
                standing=standing,
            )
        if step["needed"]:
            return self.env._(
                "May stand with 12.5 %% of the registered voters (%(needed)s votes): "
                "%(standing)s.",
                needed=self._format(step["needed"]),
                standing=standing,
            )
        return self.env._("The first two stand, after withdrawals: %s.", standing)

    def _sentence_equal(self, step, names):
        tied = ", ".join(names.get(key, "") for key in step["lists"])
        if step["asks"] == "oldest":
            return self.env._(
                "Equal votes for %s: the oldest is elected. Enter the ages.", tied
            )
        return self.env._(
            "Equal votes for %s: no text says who comes first. Ask the préfecture.",
            tied,
        )
