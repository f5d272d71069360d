from odoo import api, fields, models


class MairiePoint(models.Model):
    """An item in the meeting: put to discussion, debated, voted on."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.point"

    opened_at = fields.Datetime("Put to discussion", readonly=True, copy=False)
    quorum_counted = fields.Integer("Counted in the quorum", readonly=True, copy=False)
    quorum_needed = fields.Integer("Quorum of the item", readonly=True, copy=False)
    quorum_reached = fields.Boolean(readonly=True, copy=False)
    debate = fields.Text(
        copy=False, help="Substance of the debate, as the minutes will give it."
    )
    deport_ids = fields.One2many("mairie.deport", "point_id", "Stand aside", copy=False)
    vote_ids = fields.One2many("mairie.vote", "point_id", "Votes", copy=False)
    vote_id = fields.Many2one("mairie.vote", compute="_compute_vote_id")
    result = fields.Char(compute="_compute_vote_id")

    @api.depends("vote_ids", "nomination_ids.tour_ids")
    def _compute_vote_id(self):
        for point in self:
            vote = point.vote_ids._get_current().filtered(lambda row: not row.subject)
            point.vote_id = vote[:1]
            point.result = vote.sentence or point.nomination_ids._get_result_text()

    def _get_free_fields(self):
        return super()._get_free_fields() | {
            "opened_at",
            "quorum_counted",
            "quorum_needed",
            "quorum_reached",
            "debate",
            "deport_ids",
        }

    def _open_debate(self):
        """Put the item to discussion: the quorum is counted now (L2121-17)."""
        self.ensure_one()
        if self.opened_at:
            return
        self._check_may_be_taken()
        self.opened_at = self.seance_id._get_gesture_time()
        self._count_quorum()

    def _count_quorum(self):
        """Count the quorum of the item, until its vote."""
        self.ensure_one()
        roll = self.seance_id._get_roll(self)
        self.quorum_counted = roll.attendance.counted
        self.quorum_needed = roll.attendance.needed
        self.quorum_reached = roll.reached
