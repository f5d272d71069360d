from odoo import api, models


class MairieNominationTour(models.Model):
    """A round of an election enters the sealed journal when it is counted."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.nomination.tour"

    @api.model_create_multi
    def create(self, vals_list):
        rounds = super().create(vals_list)
        journal = self.env["mairie.elus.journal"]
        for turn in rounds:
            journal._append(
                turn.company_id,
                "vote",
                turn._get_journal_subject(),
                turn._prepare_journal_facts(),
            )
        return rounds

    def _get_journal_subject(self):
        """Return what was voted on, in words that outlive this database."""
        self.ensure_one()
        point = self.nomination_id.point_id
        parts = [point.seance_id.name, f"point {point.rank}", self.nomination_id.name]
        return " / ".join([*filter(None, parts), f"tour {self.number}"])

    def _prepare_journal_facts(self):
        """Return totals, never a name of a voter: it is a secret ballot."""
        self.ensure_one()
        counts = self.counts or {}  # one candidate, appointed without a vote
        names = {str(row.id): row.name for row in self.nomination_id.candidat_ids}
        return {
            "mode": "secret",
            "counts": {names.get(key, key): count for key, count in counts.items()},
            "blanc": self.blanc,
            "nul": self.nul,
            "expressed": self.exprimes,
            "needed": self.needed,
            "elected": self.elected_id.name or "",
            "rule": self.rule,
            "reason": self.reason or "",
        }
