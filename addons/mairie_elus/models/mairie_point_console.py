from odoo import models

from ..lib import ballot
from .mairie_point_vote import VOTED_KINDS


class MairiePoint(models.Model):
    """An item as the table of the secretary shows it."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.point"

    def _prepare_console_row(self):
        vote = self.vote_id
        return {
            "id": self.id,
            "rank": self.rank,
            "name": self.name,
            "kind": self.kind,
            "opened": bool(self.opened_at),
            "voted": bool(vote),
            "adopted": vote.is_adopted,
            "is_huis_clos": self.is_huis_clos,
            "deferred": self.is_deferred,
            "added": self.is_added,
        }

    def _prepare_console_item(self, room):
        """Return the item under discussion."""
        vote = self.vote_id
        return {
            **self._prepare_console_row(),
            "rapporteur": self.rapporteur_id.name or "",
            "opened_at": self.opened_at
            and f"{self.company_id._mairie_localize(self.opened_at):%H:%M}",
            "debate": self.debate or "",
            "counted": self.quorum_counted,
            "needed": self.quorum_needed,
            "reached": self.quorum_reached,
            "is_voted_kind": self.kind in VOTED_KINDS,
            "voters": room.vote_count,
            "present_voters": len(room.voters),
            "pouvoirs": len(room.represented),
            "due_public": ballot.requests_for(ballot.PUBLIC, len(room.present)),
            "due_secret": ballot.requests_for(ballot.SECRET, len(room.present)),
            "device": self._prepare_console_device(room),
            "amendments": [row._prepare_console() for row in self.amendement_ids],
            "added_reason": self.added_reason or "",
            "deferred": self.is_deferred,
            "vote": vote._prepare_console_vote() if vote else False,
            "other_votes": [
                row._prepare_console_vote()
                for row in self.vote_ids._get_current()
                if row.subject
            ],
        }
