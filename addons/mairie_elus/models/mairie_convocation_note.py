from odoo import models
from odoo.exceptions import ValidationError


class MairieConvocation(models.Model):
    """The private notes of a member, on his own page."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.convocation"

    def _get_notes(self):
        """Return this member's own notes on the meeting, whoever asks in whatever way."""
        self.ensure_one()
        return (
            self.env["mairie.elu.note"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", self.partner_id.id),
                    ("point_id.seance_id", "=", self.seance_id.id),
                ]
            )
        )

    def _save_note(self, rank, text, note_id=None, annexe_id=None, page=None):
        """Keep a note on an item; an empty text erases it.

        :param rank: number of the item
        :param note_id: the note that is changed, one of this member's
        :raise ValidationError: no such item, document or page
        """
        self.ensure_one()
        point = self.seance_id.point_ids.filtered(lambda row: row.rank == rank)
        if not point or not self._is_opened():
            raise ValidationError(self.env._("This item is not open to you."))
        known = self._get_notes().filtered(
            lambda note: note.id == note_id and note.point_id == point
        )
        text = (text or "").strip()
        if not text:
            known.unlink()
            return
        annexe = point.annexe_ids.filtered(lambda row: row.id == annexe_id)
        vals = {"text": text, "annexe_id": annexe.id, "page": page or 0}
        if known:
            known.write(vals)
            return
        self.env["mairie.elu.note"].sudo().create(
            {"partner_id": self.partner_id.id, "point_id": point.id, **vals}
        )

    def _prepare_page_notes(self, rank=None):
        """Return this member's notes as plain values, of one item or of all."""
        return [
            {
                "id": note.id,
                "rank": note.point_id.rank,
                "item": note.point_id.name,
                "annexe_id": note.annexe_id.id,
                "annexe": note.annexe_id.name or "",
                "page": note.page or "",
                "text": note.text,
            }
            for note in self._get_notes()
            if rank is None or note.point_id.rank == rank
        ]
