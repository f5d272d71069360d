from odoo import api, fields, models


class MairieSocialPollVote(models.Model):
    """An answer chosen by somebody, in a named poll or a quiz only."""

    _name = "mairie.social.poll.vote"
    _description = "Named Vote"
    _rec_name = "user_id"

    option_id = fields.Many2one(
        "mairie.social.poll.option", required=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="cascade"
    )

    _once = models.Constraint(
        "UNIQUE(option_id, user_id)", "You have already chosen this answer."
    )

    @api.model
    def _replace(self, poll, options):
        """Put the answers of the current user in place of those given before."""
        mine = self.search(
            [("option_id", "in", poll.option_ids.ids), ("user_id", "=", self.env.uid)]
        )
        mine.filtered(lambda vote: vote.option_id not in options).unlink()
        self.create(
            [
                {"option_id": option.id, "user_id": self.env.uid}
                for option in options - mine.exists().option_id
            ]
        )
