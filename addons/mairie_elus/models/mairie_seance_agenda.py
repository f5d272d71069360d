from odoo import models
from odoo.exceptions import UserError, ValidationError

from ..lib import ballot


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
        if point._is_counted():
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

    def console_doors(self, point_id, asked, by_president, pour):
        """The assembly votes, without debate, on going on without the public.

        :param asked: members who ask for it
        :param pour: votes for it, of the members present or represented
        """
        self._check_console()
        self._check_not_suspended()
        point = self._find_point(point_id)
        if not point.opened_at:
            raise ValidationError(self.env._("Put the item to discussion first."))
        if not ballot.may_ask_doors(
            int(asked or 0), by_president=bool(by_president), epci=self.kind == "epci"
        ):
            raise ValidationError(
                self.env._(
                    "Three members or the mayor may ask for closed doors (five members "
                    "in an intercommunal council)."
                )
            )
        room = self._get_roll(point)
        total = len(room.present) + len(room.represented)
        if not 0 <= int(pour or 0) <= total:
            raise ValidationError(
                self.env._("%s members are present or represented.", total)
            )
        closed = ballot.closes_doors(int(pour or 0), total)
        who = "le président" if by_president else f"{asked} membres"
        verdict = "prononcé" if closed else "refusé"
        self._note(
            "doors",
            point,
            f"Huis clos demandé par {who} : {pour} voix pour sur {total} membres "
            f"présents ou représentés, {verdict}.",
        )
        if closed:
            point.sudo().is_huis_clos = True
        return self.console_read()
