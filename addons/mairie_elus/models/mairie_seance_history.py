from odoo import api, models
from odoo.fields import Domain

from ..lib import nomination


class MairieSeance(models.Model):
    """What a member did at past meetings, as far as the law lets names be kept."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    @api.model
    def _get_own_history(self, partner):
        """Return a member's past meetings with his part in them, the latest first.

        Those that he was sent, and those older than this software where he is noted.
        """
        noted = Domain.OR(
            Domain(path, "=", partner.id)
            for path in (
                "convocation_ids.partner_id",
                "presence_ids.partner_id",
                "pouvoir_ids.giver_id",
            )
        )
        past = self.sudo().search(
            Domain("state", "=", "closed") & noted, order="date_start desc, id desc"
        )
        return [seance._prepare_own_history(partner) for seance in past]

    def _prepare_own_history(self, partner):
        """Return one meeting; ``path`` is empty where no notice was sent by us."""
        self.ensure_one()
        notice = self.convocation_ids.filtered(lambda row: row.partner_id == partner)
        came = self.presence_ids.filtered(
            lambda row: row.enters and row.partner_id == partner
        )
        return {
            "path": notice[:1]._get_path() if notice else "",
            "assembly": self.instance_id.name,
            "when": self._get_when(),
            "came": bool(came),
            "given": self._get_given(partner).holder_id.name or "",
            "carried": self._get_carried(partner).giver_id.name or "",
            "votes": self._prepare_own_votes(partner),
        }

    def _prepare_own_votes(self, partner):
        """Return a member's part in each vote and each election, item by item.

        :return: list of dicts ``rank``, ``item``, ``result``, ``own`` (a side,
            ``"secret"``, ``"unnamed"``, ``"unopposed"`` or ``"out"``), ``by`` (who cast
            it for him), ``carried`` (list of (giver, side)), ``is_elected``
        """
        self.ensure_one()
        return [
            row
            for point in self.sudo().point_ids.sorted("rank")
            for row in point._prepare_own_votes(partner)
        ]


# One file for the history of a member, whichever model tells it.
# pylint: disable=consider-merging-classes-inherited
class MairiePoint(models.Model):
    _inherit = "mairie.point"

    def _prepare_own_votes(self, partner):
        took_part = self._took_part(partner)
        votes = [
            vote._prepare_own(partner, took_part)
            for vote in self.vote_ids._get_current()
        ]
        elections = [
            election._prepare_own(partner, took_part)
            for election in self.nomination_ids
            if election.tour_ids
        ]
        return votes + elections

    def _took_part(self, partner):
        room = self.seance_id._get_roll(self)
        return partner.id in room.voters or partner.id in room.represented


class MairieVote(models.Model):
    _inherit = "mairie.vote"

    def _prepare_own(self, partner, took_part):
        """Return a member's part in a vote, by name where names are kept."""
        named = self.nom_ids.filtered(lambda row: row.partner_id == partner)
        carried = self.nom_ids.filtered(lambda row: row.holder_id == partner)
        unnamed = "secret" if self.mode == "secret" else "unnamed"
        return {
            "rank": self.point_id.rank,
            "item": self.subject or self.point_id.name,
            "result": self.sentence,
            "own": named.choice or (unnamed if took_part else "out"),
            "by": named.holder_id.name or "",
            "carried": [(row.partner_id.name, row.choice) for row in carried],
            "is_elected": False,
        }


class MairieNomination(models.Model):
    _inherit = "mairie.nomination"

    def _prepare_own(self, partner, took_part):
        """Return a member's part in an election, by its last round.

        No name is ever kept of its votes.
        """
        last = self._get_rounds()[-1:]
        own = "unnamed" if self.by_hand else "secret"
        if last.rule == nomination.UNOPPOSED:
            own = "unopposed"
        elif not took_part:
            own = "out"
        return {
            "rank": self.point_id.rank,
            "item": self.name,
            "result": last.sentence,
            "own": own,
            "by": "",
            "carried": [],
            "is_elected": partner.id in (last.elected_id.member_ids or []),
        }
