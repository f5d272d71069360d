"""A date was lost to a closing: what its citizen reads, and the date he takes."""

from odoo import api, models
from odoo.exceptions import UserError

from ..exceptions import SlotTaken
from ..lib.slots import to_local, to_minutes
from .wording import moment_label


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    # -- the citizen chooses -------------------------------------------------------

    @api.model
    def _get_dates_public(self, token):
        """Return the dates offered to the owner of a token, or None.

        :return: dict with ``rdv``, ``dates`` (slots) and ``until``
        """
        rdv = self._find_public(token)
        if not rdv or not rdv.closure_id:
            return None
        dates = rdv._get_open_dates()
        return {
            "rdv": rdv._prepare_public_vals(),
            "reason": rdv._get_public_reason(),
            "until": dates and rdv._get_limit_label("closed") or "",
            "dates": [
                {
                    **rdv.demarche_id._prepare_slot(
                        rdv.lieu_id, to_minutes(hold.start)
                    ),
                    "until": rdv._get_sooner_limit(hold),
                }
                for hold in dates
            ],
        }

    @api.model
    def _choose_public(self, token, value):
        """Take one of the dates offered; the appointment keeps its code and link.

        :return: True, or None when the token is unknown
        :raise SlotTaken: this date is no longer kept
        """
        rdv = self._find_public(token)
        if not rdv or not rdv.closure_id:
            return None
        rdv._choose_date(rdv.lieu_id._read_start(value))
        return True

    def _choose_date(self, start):
        """Be received on a date that is kept; the others are given back.

        :raise SlotTaken: this date is no longer kept
        """
        self.ensure_one()
        if self.state == "confirmed" and self.start == start:
            return
        if self.state != "cancelled_mairie":
            raise UserError(self.env._("Your appointment has changed meanwhile."))
        if not start or start not in self._get_open_dates().mapped("start"):
            raise SlotTaken(self.env._("This date is no longer kept for you."))
        self._give_dates_back()
        vals = {"state": "confirmed", "cancelled_at": False}
        self._keep_time(start, {**vals, "move_count": self.move_count + 1})
        self._notify("moved")

    # -- the message -----------------------------------------------------------------

    def _get_dates_text(self, kind):
        if kind != "closed":
            return super()._get_dates_text(kind)
        lines = []
        for date in self._get_open_dates():
            sooner = self._get_sooner_limit(date)
            words = self.env._("kept until %s", sooner) if sooner else ""
            lines.append(f"- {date._get_when()}" + (f" ({words})" if words else ""))
        return "\n".join(lines)

    def _get_limit_label(self, kind):
        if kind == "closed" and (dates := self._get_open_dates()):
            return self._get_moment(max(dates.mapped("hold_until")))
        if self.proposal_of_id and self.hold_until:
            return self._get_moment(self.hold_until)
        return super()._get_limit_label(kind)

    def _get_sooner_limit(self, date):
        """Return until when one of the dates is kept, when not as long as the others."""
        last = max(self._get_open_dates().mapped("hold_until"))
        return self._get_moment(date.hold_until) if date.hold_until < last else ""

    def _get_moment(self, moment):
        zone = self.lieu_id._get_zone_info()
        return moment_label(self.env, to_local(to_minutes(moment), zone))

    def _get_public_reason(self):
        reason = self.closure_id.public_reason
        return reason or self.env._("Something unexpected obliges us to close.")
