from odoo import fields, models


class MairieNominationTour(models.Model):
    """A round of an election, counted and sealed; secret: totals, never names."""

    _name = "mairie.nomination.tour"
    _description = "Round of an Election of the Assembly"
    _inherit = ["mairie.sealed.mixin"]
    _order = "nomination_id, number, id"

    nomination_id = fields.Many2one(
        "mairie.nomination", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    number = fields.Integer("Round", required=True)
    counts = fields.Json("Votes counted", help="Candidate id as text -> votes.")
    blanc = fields.Integer("Blank")
    nul = fields.Integer("Void")
    exprimes = fields.Integer("Votes expressed")
    needed = fields.Integer("Absolute majority")
    present_count = fields.Integer("Present", required=True)
    pouvoir_count = fields.Integer("Pouvoirs", required=True)
    elected_id = fields.Many2one("mairie.nomination.candidat", ondelete="restrict")
    rule = fields.Char(required=True)
    sentence = fields.Char(required=True)
    closed_at = fields.Datetime("Counted", required=True)
    closed_by_id = fields.Many2one("res.users", "Recorded by", required=True)
    replaces_id = fields.Many2one(
        "mairie.nomination.tour", "Corrects", ondelete="restrict"
    )
    reason = fields.Char("Reason of the correction")

    _once = models.UniqueIndex(
        "(nomination_id, number) WHERE replaces_id IS NULL",
        "This round was recorded by somebody else meanwhile. Read it again.",
    )
    _replaced_once = models.UniqueIndex(
        "(replaces_id) WHERE replaces_id IS NOT NULL",
        "This round was corrected by somebody else meanwhile. Read it again.",
    )
