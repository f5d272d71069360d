"""What citizens do, seen from the pages: plain values in, plain values out.

Controllers never hold a record: they give a token and the answers of a form, and
receive a dict. A wrong token gives None, as one that never existed.
"""

import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq

from ..exceptions import SlotTaken
from ..lib.codes import mask_email, mask_phone, spell
from ..lib.ical import event_file
from ..lib.slots import to_local, to_minutes
from .wording import date_label, time_label

TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    # -- finding ---------------------------------------------------------------

    @api.model
    def _find_public(self, token):
        """Return the appointment of a token, sudoed; empty when there is none."""
        if not TOKEN.fullmatch(token or ""):
            return self.sudo().browse()
        rdv = self.sudo().search([("access_token", "=", token)], limit=1)
        return rdv if rdv and consteq(rdv.access_token, token) else rdv.browse()

    @api.model
    def _get_public(self, token):
        """Return what the pages show of the appointment of a token, or None."""
        rdv = self._find_public(token)
        return rdv._prepare_public_vals() if rdv else None

    def _prepare_public_vals(self):
        """Return what the pages show of an appointment: plain values, no record.

        Once cancelled, neither name nor address is shown any more.
        """
        self.ensure_one()
        local = self._get_local_start()
        minutes = round((self.stop - self.start).total_seconds() / 60)
        return {
            "token": self.access_token,
            "state": self.state,
            "code": spell(self.code),
            "when": self._get_when(year=True),
            "when_short": self._get_when(),
            "day_label": date_label(self.env, local.date()),
            "time_label": time_label(self.env, local.time()),
            "day": local.date().isoformat(),
            "value": f"{local:%Y-%m-%dT%H:%M}",
            "persons": self.persons,
            "minutes": minutes,
            "demarche": self.demarche_id._prepare_public_vals(),
            "lieu": self.lieu_id._prepare_public_vals(),
            "can_change": self._is_changeable(),
            "cancel_hours": self.demarche_id.cancel_hours,
            "is_sent": "queued" not in self.envoi_ids.mapped("state"),
            "email": mask_email(self.email) if self.email else "",
            "wants_earlier": any(
                attente.state in ("waiting", "offered") for attente in self.attente_ids
            ),
            "has_dates": bool(self.closure_id and self._get_open_dates()),
            "has_sms": bool(self.sms_ok and self.phone),
            "phone": mask_phone(self.phone) if "sms" in self._get_channels() else "",
            "offers_sms": self.company_id._has_mairie_sms(),
            "prefill": self._prepare_prefill_vals(),
            **self._prepare_hold_vals(),
        }

    def _prepare_prefill_vals(self):
        """Return what the form knows already of who was invited or waited."""
        if self.state not in ("hold", "expired"):
            return {}
        names = ("first_name", "last_name", "email", "phone")
        return {name: self[name] or "" for name in names} | {"sms_ok": self.sms_ok}

    def _prepare_hold_vals(self):
        """Return how long the place is still held, for the page of the form."""
        if self.state != "hold" or not self.hold_until:
            return {"hold_seconds": 0, "hold_until": "", "can_extend": False}
        left = (self.hold_until - fields.Datetime.now()).total_seconds()
        until = to_local(to_minutes(self.hold_until), self.lieu_id._get_zone_info())
        return {
            "hold_seconds": max(int(left), 0),
            "hold_until": time_label(self.env, until.time()),
            "hold_minutes": self.demarche_id.hold_minutes,
            "can_extend": self._can_extend(),
        }

    def _is_changeable(self):
        """Tell whether the citizen may still move or cancel by himself."""
        self.ensure_one()
        limit = self.start - timedelta(hours=self.demarche_id.cancel_hours)
        return self.state == "confirmed" and fields.Datetime.now() <= limit

    # -- changing ----------------------------------------------------------------

    @api.model
    def _move_public(self, token, value):
        """Take another time; the old one is given back only if this succeeds.

        :return: True, or None when the token is unknown
        :raise SlotTaken: the new time is gone or is none; the old one is kept
        :raise UserError: too late to change online
        """
        rdv = self._find_public(token)
        if not rdv:
            return None
        start = rdv.lieu_id._read_start(value)
        if not start:
            raise SlotTaken(self.env._("This time is not on offer."))
        if start == rdv.start:
            return True
        rdv._check_changeable()
        rdv._keep_time(start, {"move_count": rdv.move_count + 1})
        rdv._queue_message("moved")
        return True

    @api.model
    def _cancel_public(self, token):
        """Cancel; a second call changes nothing. :return: True, or None if unknown"""
        rdv = self._find_public(token)
        if not rdv:
            return None
        if rdv.state != "cancelled_usager":
            rdv._check_changeable()
            rdv._move_to("cancelled_usager")
            rdv._queue_message("cancelled")
        return True

    def _check_changeable(self):
        if self._is_changeable():
            return
        hours, phone = self.demarche_id.cancel_hours, self.lieu_id._get_phone()
        if not phone:
            raise UserError(
                self.env._("Less than %s h before: it changes at the desk only.", hours)
            )
        raise UserError(
            self.env._(
                "Less than %(hours)s h before: call %(phone)s.",
                hours=hours,
                phone=phone,
            )
        )

    @api.model
    def _get_days_public(self, token, first=None):
        """Return the days to choose another time from; own time counts as free."""
        rdv = self._find_public(token)
        return rdv.demarche_id._search_days_or_say_until(
            rdv.lieu_id, rdv.persons, first, ignore=rdv
        )

    @api.model
    def _get_nearest_public(self, token, value=None):
        """Return the times nearest to the one that a token wanted."""
        rdv = self._find_public(token)
        start = rdv.lieu_id._read_start(value) or rdv.start
        return rdv.demarche_id._get_nearest_slots(
            rdv.lieu_id, start, rdv.persons, ignore=rdv
        )

    @api.model
    def _get_calendar_file(self, token):
        """Return the text of the calendar file of a token, or None.

        Its title tells neither the procedure nor the name: phones show it to others.
        """
        rdv = self._find_public(token)
        if not rdv or rdv.state in ("hold", "expired"):
            return None
        return event_file(
            uid=f"rdv-{rdv.id}@{rdv.company_id.id}.mairie",
            start=rdv.start,
            stop=rdv.stop,
            stamp=rdv.write_date,
            summary=self.env._("Appointment at the town hall"),
            location=f"{rdv.lieu_id.name}, {rdv.lieu_id._get_address()}",
            description=self.env._("Code: %s", spell(rdv.code)),
            sequence=rdv.move_count,
            cancelled=rdv.state.startswith("cancelled"),
        )

    def _get_manage_url(self):
        """Return the address of the citizen's page, for messages."""
        self.ensure_one()
        return f"{self.get_base_url()}/rdv/m/{self.sudo().access_token}"

    def _get_town_phone(self):
        self.ensure_one()
        return self.lieu_id._get_phone()
