from odoo import models
from odoo.exceptions import ValidationError


class MairiePoint(models.Model):
    """What members cast on their devices enters the vote as it is."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.point"

    def _get_cast_names(self, subject):
        """Return id of member -> choice cast on the devices for this vote.

        The last time it was opened counts.
        """
        self.ensure_one()
        opened = self.seance_id.sudo().vote_ouvert_ids
        same = opened.filtered(
            lambda row: (
                row.point_id == self and (row.subject or False) == (subject or False)
            )
        ).sorted("id")
        return same[-1:]._get_names() if same else {}

    def _check_votable(self, subject):
        """Refuse to open a vote that could not be recorded, with what to do."""
        self.ensure_one()
        if not self.opened_at:
            raise ValidationError(self.env._("Put the item to discussion first."))
        self._check_item_quorum()
        done = self.vote_ids.filtered(
            lambda vote: (vote.subject or False) == (subject or False)
        )
        if done:
            raise ValidationError(self.env._("This was voted on already."))
        self._check_amendment_in_time(subject)

    def _check_cast_names(self, vals):
        """What a member confirmed on his device is recorded as he cast it."""
        cast = self._get_cast_names(vals["subject"])
        if not cast or vals["reason"]:
            return
        if vals["mode"] != "public":
            raise ValidationError(
                self.env._("Members voted by name on their devices: record it so.")
            )
        changed = [key for key, side in cast.items() if vals["names"].get(key) != side]
        if changed:
            names = self.env["res.partner"].browse(changed).mapped("name")
            raise ValidationError(
                self.env._(
                    "Confirmed on their devices, it is recorded as it was cast: %s.",
                    ", ".join(names),
                )
            )
