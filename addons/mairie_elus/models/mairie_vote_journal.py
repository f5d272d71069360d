from odoo import api, models


class MairieVote(models.Model):
    """A vote enters the sealed journal when it closes."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.vote"

    @api.model_create_multi
    def create(self, vals_list):
        votes = super().create(vals_list)
        journal = self.env["mairie.elus.journal"]
        for vote in votes:
            journal._append(
                vote.company_id,
                "vote",
                vote._get_journal_subject(),
                vote._prepare_journal_facts(),
            )
        return votes

    def _get_journal_subject(self):
        """Return what was voted on, in words that outlive this database."""
        self.ensure_one()
        seance, point = self.seance_id, self.point_id
        parts = [seance.name, f"point {point.rank}", point.name, self.subject]
        return " / ".join(filter(None, parts))

    def _prepare_journal_facts(self):
        """Return figures and result; of a secret ballot there is nothing more."""
        self.ensure_one()
        return {
            "mode": self.mode,
            "pour": self.pour,
            "contre": self.contre,
            "abstention": self.abstention,
            "blanc": self.blanc,
            "nul": self.nul,
            "president": self.president_vote or "",
            "present": self.present_count,
            "pouvoirs": self.pouvoir_count,
            "adopted": self.is_adopted,
            "rule": self.rule,
            "reason": self.reason or "",
        }
