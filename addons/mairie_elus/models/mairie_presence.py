from odoo import fields, models
from odoo.exceptions import UserError

from ..lib.roll import Move


class MairiePresence(models.Model):
    """A member comes into the room or leaves it, while an item is on."""

    _name = "mairie.presence"
    _description = "Arrival or Departure"
    _order = "seance_id, id"

    seance_id = fields.Many2one(
        "mairie.seance", "Meeting", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="seance_id.company_id", store=True)
    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, ondelete="restrict"
    )
    enters = fields.Boolean("Comes in", required=True)
    point_id = fields.Many2one(
        "mairie.point",
        "During",
        ondelete="restrict",
        help="Item that was on; empty at the opening.",
    )
    at = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", "Noted by", default=lambda self: self.env.user, readonly=True
    )

    def _prepare_move(self, numbers):
        """Return this move for the roll.

        :param numbers: item -> its place in the order in which items are taken
        What happens once an item was voted on counts from the next one; a correction
        made later is that of the room which voted.
        """
        self.ensure_one()
        number = numbers.get(self.point_id, 0)
        vote = self.point_id.vote_ids.filtered(
            lambda row: not row.subject and not row.replaces_id
        )
        voted = vote and vote.closed_at <= self.at
        return Move(self.partner_id.id, number + bool(voted), self.enters)

    def _check_no_vote_since(self):
        """A member who voted on an item was there: the move stays."""
        for move in self:
            counted = move.seance_id.point_ids._get_counting_times()
            if any(moment >= move.at for moment in counted):
                raise UserError(
                    self.env._(
                        "A vote was recorded since: note the person's return or "
                        "departure instead of taking this one back."
                    )
                )
