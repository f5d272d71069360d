"""Moving from the desk, and receiving now: the citizen is told only if the agent says so."""

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import ValidationError

from ..exceptions import SlotTaken
from ..lib.day import open_spans, subtract
from ..lib.slots import to_datetime, to_local, to_minutes


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    def move_at_desk(self, start, guichet_id=False, extra=False):
        """Give an appointment another time, another desk, or both; nobody is told.

        :return: dict: ``message``, ``before`` (to undo), or ``extra`` when nothing is
            free then
        """
        self.ensure_one()
        self.check_access("write")
        start = fields.Datetime.to_datetime(start)
        if not start:
            raise ValidationError(self.env._("This time is not on offer."))
        before = {
            "start": fields.Datetime.to_string(self.start),
            "guichet_id": self.guichet_id.id,
            "is_extra": self.is_extra,
        }
        try:
            self.sudo()._take_time(start, guichet_id, extra)
        except SlotTaken:
            return self._propose_extra()
        return {
            "message": self.env._("Moved to %s. Tell the citizen?", self._get_when()),
            "before": before,
            "rdv": self._prepare_desk_line(),
            "can_tell": self._is_coming(),
        }

    def _take_time(self, start, guichet_id, extra):
        """Move to another time, desk, or both: see ``_keep_for_agent``."""
        vals = {
            "lieu_id": self.lieu_id.id,
            "demarche_id": self.demarche_id.id,
            "persons": self.persons,
            "start": start,
        }

        def keep(found):
            names = ("start", "guichet_id", "place", "is_extra")
            self.write({name: found[name] for name in names})
            return self

        return self._keep_for_agent(vals, guichet_id, extra, keep)

    def tell_of_move(self):
        """Tell the citizen that his appointment was moved."""
        self.check_access("write")
        self._announce_change()
        return self.env._("The citizen will be told.")

    def take_now(self):
        """Receive now somebody who came on another day, where a desk is free."""
        self.ensure_one()
        self.check_access("write")
        now = to_minutes(fields.Datetime.now())
        start = to_datetime(now - now % 5)
        demarche, lieu = self.demarche_id, self.lieu_id
        for minutes in (0, 5, 10, 15, 20):
            moment = start + timedelta(minutes=minutes)
            result = self._take_gap(demarche, lieu, moment)
            if result:
                self._move_to("arrived")
                return {
                    "message": self._get_arrival_sentence(),
                    "rdv": self._prepare_desk_line(),
                    "before": result,
                }
        return {"message": self.env._("No desk is free in the next 20 minutes.")}

    def _take_gap(self, demarche, lieu, moment):
        """Move to a desk whose gap is long enough, off the grid; None when none is."""
        minutes = demarche._get_duration(self.persons)
        begin = to_minutes(moment)
        day = to_local(begin, lieu._get_zone_info()).date()
        for row in lieu._load_calendar(day, day, self).values():
            opened = open_spans([block for block, _any in row.openings], row.closed)
            gaps = subtract(opened, row.busy.get(1, ()))
            fits = any(a <= begin and begin + minutes <= b for a, b in gaps)
            if demarche.id not in row.demarche_ids or not fits:
                continue
            before = fields.Datetime.to_string(self.start)
            vals = {"start": moment, "guichet_id": row.id, "place": 1}
            if self.sudo()._try_to_keep(vals, lambda found: self.sudo().write(found)):
                return before
        return None
