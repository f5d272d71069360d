import psycopg2
from odoo import fields, models
from odoo.exceptions import ValidationError
from odoo.tools import mute_logger

from .mairie_vote import SIDES


class MairieVoteOuvert(models.Model):
    """A public vote that members cast on their own devices, in the room.

    Opened and closed by the secretary. Votes are rows that are only ever added. Closing
    writes the row that every added vote locks: a vote is in before it, or refused.
    """

    _name = "mairie.vote.ouvert"
    _description = "Vote on the Members' Devices"
    _order = "id desc"

    point_id = fields.Many2one(
        "mairie.point", "Item", required=True, ondelete="restrict", index=True
    )
    seance_id = fields.Many2one(
        "mairie.seance", "Meeting", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    subject = fields.Char(help="An amendment; empty for the item itself.")
    opened_at = fields.Datetime(required=True)
    closed_at = fields.Datetime(copy=False)
    user_id = fields.Many2one("res.users", "Opened by", required=True)
    voix_ids = fields.One2many("mairie.vote.voix", "ouvert_id", "Votes cast")

    _one_running = models.UniqueIndex(
        "(seance_id) WHERE closed_at IS NULL",
        "Another vote is running: close it first.",
    )

    def _close(self):
        """Close the vote: nobody votes any more. Closing twice changes nothing."""
        for ouvert in self.filtered(lambda row: not row.closed_at):
            ouvert.closed_at = fields.Datetime.now()

    def _cast(self, member, choice, giver=None):
        """A member confirms a vote, in his own name or by pouvoir.

        A second tap on the same vote changes nothing: what was confirmed stays.

        :param member: res.partner who holds the device
        :param giver: res.partner in whose name, by default his own
        :raise ValidationError: the sentence says why this vote cannot be taken
        """
        self.ensure_one()
        giver = giver or member
        if choice not in SIDES:
            raise ValidationError(self.env._("A vote is for, against or abstention."))
        if self._has_cast(giver):
            return
        self._check_entitled(member, giver)
        if self.closed_at:
            raise ValidationError(self._get_closed_text())
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env["mairie.vote.voix"].create(
                    {
                        "ouvert_id": self.id,
                        "company_id": self.company_id.id,
                        "partner_id": giver.id,
                        "cast_by_id": member.id,
                        "choice": choice,
                        "cast_at": fields.Datetime.now(),
                    }
                )
        except psycopg2.errors.CheckViolation as error:  # closed in between
            raise ValidationError(self._get_closed_text()) from error
        except psycopg2.errors.UniqueViolation:  # a double tap: the first one stays
            self.invalidate_recordset(["voix_ids"])

    def _has_cast(self, partner):
        own = [("ouvert_id", "=", self.id), ("partner_id", "=", partner.id)]
        return bool(self.env["mairie.vote.voix"].search_count(own, limit=1))

    def _check_entitled(self, member, giver):
        room = self.seance_id._get_roll_of(member | giver, self.point_id)
        own = giver == member and member.id in room.voters
        carried = room.represented.get(giver.id) == member.id
        if not own and not carried:
            raise ValidationError(
                self.env._(
                    "This vote is not yours to cast: tell the secretary, who notes who "
                    "is in the room and who votes for whom."
                )
            )

    def _get_closed_text(self):
        local = self.company_id._mairie_localize(
            self.closed_at or fields.Datetime.now()
        )
        return self.env._("Vote closed at %s.", f"{local:%H:%M}")

    def _get_names(self):
        """Return id of member -> choice, once the vote is closed; empty before."""
        self.ensure_one()
        if not self.closed_at:
            return {}
        return {row.partner_id.id: row.choice for row in self.voix_ids}

    def _prepare_console(self, room):
        """Return what the table shows: how many have voted, never how before the end."""
        self.ensure_one()
        cast = set(self.voix_ids.partner_id.ids)
        entitled = [*room.voters, *room.represented]
        local = self.company_id._mairie_localize
        return {
            "id": self.id,
            "subject": self.subject or "",
            "opened_at": f"{local(self.opened_at):%H:%M}",
            "closed_at": self.closed_at and f"{local(self.closed_at):%H:%M}",
            "cast": len(cast),
            "voters": len(entitled),
            "waiting": [member for member in entitled if member not in cast],
            "names": {str(key): side for key, side in self._get_names().items()},
        }
