from odoo import models

from .mairie_vote import MODES


class MairiePoint(models.Model):
    """An item as the room sees it."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.point"

    def _prepare_live(self, is_public=True):
        """Return the item for the screen of the room and the members' devices.

        Names are shown where the law has them in the minutes: a public vote.
        """
        self.ensure_one()
        hidden = is_public and self.is_huis_clos
        last = self.vote_ids._get_current().sorted("id")[-1:]
        running = self.seance_id._get_running_vote()
        running = running.filtered(lambda row: row.point_id == self)
        amendment = self.amendement_ids.filtered(
            lambda row: row.name == (running.subject or last.subject)
        )
        return {
            "rank": self.rank,
            "name": self.env._("Item closed to the public") if hidden else self.name,
            "is_hidden": hidden,
            "rapporteur": "" if hidden else self.rapporteur_id.name or "",
            "mode": running and "public" or last.mode or "",
            "modes": dict(MODES),
            "running": bool(running),
            "subject": running.subject or last.subject or "",
            "amendment": "" if hidden else amendment.text or "",
            "cast": len(running.voix_ids),
            "result": "" if hidden or running else last.sentence or "",
            "adopted": last.is_adopted,
            "names": [] if hidden or running else last._prepare_live_names(),
            "elections": [] if hidden else self._prepare_live_elections(),
        }

    def _prepare_live_elections(self):
        return [
            {
                "name": row.name,
                "rounds": [done.sentence for done in row._get_rounds()],
                "candidates": row.candidat_ids.mapped("name"),
                "elected": row.elected_id.name or "",
            }
            for row in self.nomination_ids
        ]
