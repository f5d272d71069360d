from odoo import fields, models

from ..lib import ballot


class MairieVoteNom(models.Model):
    """How one member voted, where names are kept: never in a secret ballot."""

    _name = "mairie.vote.nom"
    _description = "Vote of a Member"
    _inherit = ["mairie.sealed.mixin"]
    _order = "vote_id, id"

    vote_id = fields.Many2one(
        "mairie.vote", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, ondelete="restrict"
    )
    choice = fields.Selection(
        [
            (ballot.POUR, "For"),
            (ballot.CONTRE, "Against"),
            (ballot.ABSTENTION, "Abstention"),
        ],
        required=True,
    )
    holder_id = fields.Many2one(
        "res.partner", "By pouvoir to", ondelete="restrict", help="Who cast the vote."
    )

    _once = models.Constraint(
        "UNIQUE (vote_id, partner_id)", "A member votes once in his own name."
    )
