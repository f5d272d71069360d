"""The day of an agent: who came, who is at the desk, and undo rather than ask."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..lib.codes import spell

#: state -> the states that it may follow, and the field that dates it
TRANSITIONS = {
    "arrived": (("confirmed", "no_show"), "arrived_at"),
    "in_progress": (("confirmed", "arrived"), "called_at"),
    "done": (("confirmed", "arrived", "in_progress"), "done_at"),
    "no_show": (("confirmed",), "done_at"),
    "cancelled_mairie": (("confirmed", "arrived", "no_show"), "cancelled_at"),
    "cancelled_usager": (("confirmed",), "cancelled_at"),
}
#: what reception notes, and may take back
DESK_STATES = {"arrived", "in_progress"}
UNDO_DAYS = 7


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    @api.model_create_multi
    def create(self, vals_list):
        """Confirm by e-mail what an agent books; pages of citizens do it themselves."""
        rdvs = super().create(vals_list)
        if not self.env.su:
            rdvs.filtered(lambda rdv: rdv._is_coming())._queue_message("confirmed")
        return rdvs

    def write(self, vals):
        """Tell the citizen that an agent gave him another time."""
        if self.env.su or "start" not in vals:
            return super().write(vals)
        before = {rdv: rdv.start for rdv in self if rdv.state == "confirmed"}
        result = super().write(vals)
        for rdv, start in before.items():
            if rdv.start != start:
                rdv._announce_change()
        return result

    def _announce_change(self):
        """Count a change and tell of it: once for several made before it leaves."""
        for rdv in self.sudo():
            rdv.move_count += 1
            rdv._unqueue_message("moved")
            if rdv._is_coming():
                rdv._queue_message("moved")

    def _is_coming(self):
        """Tell whether the citizen is still expected."""
        self.ensure_one()
        return self.state == "confirmed" and self.start > fields.Datetime.now()

    def action_arrive(self):
        self._check_desk_access()
        self._move_to("arrived")
        return self._get_undo_action(self.env._("Arrived."))

    def action_call(self):
        self._check_desk_access()
        self._move_to("in_progress")
        return self._get_undo_action(self.env._("At the desk."))

    def action_done(self):
        self.check_access("write")
        self._move_to("done")
        return self._get_undo_action(self.env._("Appointment done."))

    def action_no_show(self):
        self.check_access("write")
        self._move_to("no_show")
        return self._get_undo_action(self.env._("Marked absent."))

    def action_cancel(self):
        self.check_access("write")
        self._move_to("cancelled_mairie")
        self._queue_message("cancelled_mairie")
        return self._get_undo_action(self.env._("Appointment cancelled."))

    def action_undo(self):
        """Put the appointment back in the state that it was in before the last one.

        Reception takes back arrivals and calls only, which it notes itself.
        """
        self._check_desk_access()
        if not DESK_STATES.issuperset(self.mapped("state")):
            self.check_access("write")
        limit = fields.Datetime.now() - timedelta(days=UNDO_DAYS)
        for rdv in self.sudo():
            if not rdv.previous_state or rdv.write_date < limit:
                raise UserError(self.env._("There is nothing left to undo."))
            was_told = rdv._take_cancellation_back()
            rdv.write({"state": rdv.previous_state, "previous_state": False})
            if was_told:
                rdv._announce_change()
        return True

    def _take_cancellation_back(self):
        """Take the message of a cancellation back; tell whether it had left already.

        :raise UserError: the citizen cancelled, and was told that it was done
        """
        self.ensure_one()
        if self.state not in ("cancelled_mairie", "cancelled_usager"):
            return False
        is_ours = self.state == "cancelled_mairie"
        kind = "cancelled_mairie" if is_ours else "cancelled"
        self._unqueue_message(kind)
        was_told = kind in self.envoi_ids.filtered(
            lambda envoi: envoi.number == self.move_count
        ).mapped("kind")
        if was_told and not is_ours:
            raise UserError(
                self.env._(
                    "The citizen cancelled and was told that it is done: book another "
                    "appointment."
                )
            )
        return was_told

    def _check_desk_access(self):
        """Whoever reads an appointment at the desk may note who has come."""
        self.check_access("read")
        is_reception = self.env.user.has_group("mairie_rdv.group_accueil")
        if not (self.env.su or is_reception):
            raise AccessError(
                self.env._("This page does not exist, or it is not open to you.")
            )

    def _move_to(self, state):
        """Change the state, date the change, remember what to go back to."""
        allowed, stamp = TRANSITIONS[state]
        for rdv in self.sudo():
            if rdv.state not in allowed:
                raise UserError(
                    self.env._(
                        "%(code)s: the appointment is already « %(state)s ».",
                        code=spell(rdv.code),
                        state=dict(
                            rdv._fields["state"]._description_selection(self.env)
                        )[rdv.state],
                    )
                )
            rdv.write(
                {
                    "state": state,
                    "previous_state": rdv.state,
                    stamp: fields.Datetime.now(),
                }
            )

    def _get_undo_action(self, message):
        """Return the client action that says what was done and offers to undo it."""
        return {
            "type": "ir.actions.client",
            "tag": "mairie_undo",
            "params": {
                "message": message,
                "model": self._name,
                "method": "action_undo",
                "ids": self.ids,
            },
        }
