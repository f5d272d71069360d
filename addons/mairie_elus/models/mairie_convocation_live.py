import zlib

from odoo import models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from .mairie_vote import SIDES


class MairieConvocation(models.Model):
    """The member in the room: the item that is on, his vote on his own device."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.convocation"

    def _get_live_version(self):
        """Return what changes whenever the page of the room does for this member."""
        self.ensure_one()
        self.env.flush_all()
        facts = self.env.execute_query(self._get_live_query())
        elections = self.seance_id.current_point_id.nomination_ids._get_version()
        return f"{zlib.crc32(repr((facts, elections)).encode()):08x}"

    def _get_live_query(self):
        """Return the SELECT of what the page shows: one row.

        A hundred devices ask it every three seconds: no record is read.
        """
        return SQL(
            """
            SELECT s.state, s.suspended_at, s.current_point_id,
                   (SELECT array_agg(v.id ORDER BY v.id) FROM mairie_vote v
                     WHERE v.point_id = s.current_point_id),
                   (SELECT array_agg((o.id, o.closed_at)::text ORDER BY o.id)
                      FROM mairie_vote_ouvert o WHERE o.seance_id = s.id),
                   (SELECT array_agg(v.id ORDER BY v.id) FROM mairie_vote_voix v
                      JOIN mairie_vote_ouvert o ON o.id = v.ouvert_id
                     WHERE o.seance_id = s.id AND v.cast_by_id = %(member)s),
                   (SELECT array_agg(p.id ORDER BY p.id) FROM mairie_presence p
                     WHERE p.seance_id = s.id AND p.partner_id = %(member)s),
                   (SELECT array_agg((p.id, p.revoked_on)::text ORDER BY p.id)
                      FROM mairie_pouvoir p WHERE p.seance_id = s.id)
              FROM mairie_seance s WHERE s.id = %(seance)s
            """,
            member=self.partner_id.id,
            seance=self.seance_id.id,
        )

    def _prepare_live_vals(self, token=None, picked=None):
        """Return what the page of the room shows: plain values.

        :param picked: (id of the member in whose name, choice) that waits for its
            confirmation
        """
        self.ensure_one()
        seance, by_link = self.seance_id, bool(token)
        point = seance.current_point_id
        return {
            "path": self._get_path(token),
            "assembly": seance.instance_id.name,
            "when": seance._get_when(),
            "state": seance.state,
            "suspended": bool(seance.suspended_at),
            "is_opened": self._is_opened(),
            "version": self._get_live_version(),
            "point": point._prepare_live(by_link) if point else None,
            "total": len(seance.point_ids),
            "cards": self._prepare_live_cards(picked),
            "closed": self._get_live_closed(),
            "help_phone": self.company_id.phone or "",
        }

    def _prepare_live_cards(self, picked=None):
        """Return one card per vote that this member may cast now; empty without vote.

        :return: list of dicts ``member`` (id), ``title``, ``choice`` (cast, or ""),
            ``picked`` (waits for its confirmation, or ""), ``subject``
        """
        running = self.seance_id._get_running_vote()
        if not running:
            return []
        room = self.seance_id._get_roll(running.point_id)
        cast = {row.partner_id.id: row.choice for row in running.voix_ids}
        own = self.partner_id
        givers = [key for key, holder in room.represented.items() if holder == own.id]
        entitled = [own.id] if own.id in room.voters else []
        return [
            {
                "vote": running.id,
                "member": key,
                "is_own": key == own.id,
                "giver": "" if key == own.id else own.browse(key).name,
                "choice": cast.get(key, ""),
                "picked": picked[1]
                if picked and picked[0] == key and picked[1] in SIDES
                else "",
                "subject": running.subject or "",
            }
            for key in [*entitled, *givers]
        ]

    def _get_live_closed(self):
        """Return the hour at which the last vote of the item was closed, "" if none."""
        seance = self.seance_id
        closed = seance.vote_ouvert_ids.filtered(
            lambda row: row.closed_at and row.point_id == seance.current_point_id
        )
        if not closed or seance._get_running_vote():
            return ""
        return f"{self.company_id._mairie_localize(closed.sorted('id')[-1:].closed_at):%H:%M}"

    def _cast_vote(self, vote_id, member_id, choice):
        """Confirm a vote.

        :raise ValidationError: the sentence says why it cannot be taken
        """
        self.ensure_one()
        ouvert = self.seance_id.vote_ouvert_ids.filtered(lambda row: row.id == vote_id)
        if not ouvert:
            raise ValidationError(self.env._("No vote is open."))
        giver = self.env["res.partner"].browse(member_id)
        ouvert._cast(self.partner_id, choice, giver)

    def _prepare_page_vals(self, token=None):
        vals = super()._prepare_page_vals(token)
        seance = self.seance_id
        return {
            **vals,
            "is_live": seance.state == "open",
            "my_votes": seance._prepare_own_votes(self.partner_id)
            if seance.state == "closed"
            else [],
        }
