import secrets
import zlib

from odoo import fields, models
from odoo.tools import consteq


class MairieSeance(models.Model):
    """The screen of the room: what the public sees while the council sits."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    screen_token = fields.Char(groups="base.group_system", copy=False)

    def console_screen(self):
        """Return the address of the screen, made on the first demand."""
        self._check_console()
        seance = self.sudo()
        if not seance.screen_token:
            seance.screen_token = secrets.token_urlsafe(16)
        return f"/elus/ecran/{self.id}/{seance.screen_token}"

    def _find_screen(self, seance_id, token):
        """Return the meeting that this screen shows, nothing for a wrong address."""
        seance = self.sudo().browse(seance_id).exists()
        known = seance.screen_token or ""
        if not known or not token.isascii() or not consteq(known, token):
            return self.browse()
        return seance if seance.state in ("open", "closed") else self.browse()

    def _get_screen_version(self):
        """Return what changes whenever the screen does."""
        self.ensure_one()
        point = self.current_point_id
        facts = (
            self.state,
            self.suspended_at,
            point.id,
            point.vote_ids.ids,
            point.nomination_ids._get_version(),
            point.amendement_ids.ids,
            self.vote_ouvert_ids.mapped(lambda row: (row.closed_at, len(row.voix_ids))),
            len(self.presence_ids),
        )
        return f"{zlib.crc32(repr(facts).encode()):08x}"

    def _prepare_screen_vals(self):
        """Return what the screen shows: plain values."""
        self.ensure_one()
        point = self.current_point_id
        room = self._get_roll(point)
        return {
            "assembly": self.instance_id.name,
            "when": self._get_when(),
            "state": self.state,
            "suspended": bool(self.suspended_at),
            "version": self._get_screen_version(),
            "point": point._prepare_live() if point else None,
            "total": len(self.point_ids),
            "voters": room.vote_count,
            "present": len(room.present),
            "counted": room.attendance.counted,
            "needed": room.attendance.needed,
            "reached": room.reached,
            "second_call": self.call == "second_call",
        }
