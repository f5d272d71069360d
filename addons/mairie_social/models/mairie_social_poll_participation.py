from odoo import fields, models


class MairieSocialPollParticipation(models.Model):
    """« Émargement »: this person has voted. Neither when, nor what."""

    _name = "mairie.social.poll.participation"
    _description = "Person Who Has Voted"
    _log_access = False
    _rec_name = "user_id"

    poll_id = fields.Many2one(
        "mairie.social.poll", required=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="cascade"
    )

    _once = models.Constraint("UNIQUE(poll_id, user_id)", "You have already voted.")
