from odoo import models
from odoo.exceptions import UserError, ValidationError


class MairieSeance(models.Model):
    """What the meeting does to its agenda."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    def console_add_point(self, name, reason):
        """Add an item that was not on the notice; the reason stays with it."""
        self._check_console()
        name, reason = (name or "").strip(), (reason or "").strip()
        if not name or not reason:
            raise UserError(
                self.env._("An added item needs its subject, and why it cannot wait.")
            )
        last = max(self.point_ids.mapped("sequence"), default=0)
        point = (
            self.env["mairie.point"]
            .sudo()
            .create(
                {
                    "seance_id": self.id,
                    "sequence": last + 10,
                    "name": name,
                    "is_added": True,
                    "added_reason": reason,
                }
            )
        )
        self._note("added", point, reason)
        return self.console_read()

    def console_defer(self, point_id, reason=""):
        """Put an item off to another meeting, or take it back on."""
        self._check_console()
        point = self._find_point(point_id)
        if point.vote_ids:
            raise UserError(self.env._("This item was voted on: it stays."))
        point.sudo().is_deferred = not point.is_deferred
        if point.is_deferred:
            self._note("deferred", point, reason)
        return self.console_read()

    def console_add_amendment(self, point_id, text, author_id=False):
        """Somebody proposes to change the item before it is voted on."""
        self._check_console()
        point = self._find_point(point_id)
        if not (text or "").strip():
            raise ValidationError(self.env._("Write what the amendment changes."))
        if author_id and author_id not in self._get_members().ids:
            raise UserError(self.env._("Whoever amends sits in the assembly."))
        point._check_amendment_in_time(text)
        self.env["mairie.amendement"].create(
            {
                "point_id": point.id,
                "number": max(point.amendement_ids.mapped("number"), default=0) + 1,
                "author_id": author_id,
                "text": text.strip(),
            }
        )
        return self.console_read()
