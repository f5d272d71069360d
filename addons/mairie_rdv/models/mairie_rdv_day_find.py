"""Who stands at the desk: a scanned link, six signs, a name, a telephone number."""

import re

from odoo import api, fields, models

from ..lib.codes import ALPHABET, spell
from ..lib.slots import to_local, to_minutes
from .mairie_rdv_public import TOKEN
from .wording import date_label, time_label

LINK = re.compile(r"/rdv/[mp]/([A-Za-z0-9_-]{22})(?:[/?#]|$)")
CODE = re.compile(f"[{ALPHABET}]{{6}}")
FOUND = 8
LIVE = ("confirmed", "arrived", "in_progress", "done", "no_show")


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    @api.model
    def find_at_desk(self, lieu_id, text):
        """Return who a scan or a typed word means; a ticket of today checks in.

        :return: dict with ``kind``: ``arrived`` (done, may be undone), ``choices``,
            ``already``, ``other_day``, ``other_place`` or ``unknown``, and its sentence
        """
        lieu = self._get_own_lieu(lieu_id)
        rdv = self._find_ticket(text or "")
        if rdv:
            return rdv._receive_ticket(lieu)
        found = self._search_at_desk(lieu, text or "")
        if not found:
            return {
                "kind": "unknown",
                "message": self.env._("Unknown code. Search by name."),
            }
        return {
            "kind": "choices",
            "message": self.env._("%s found.", len(found)),
            "rdvs": [
                {
                    **rdv._prepare_desk_line(),
                    "day_label": date_label(self.env, rdv._get_local_start().date()),
                    "is_today": rdv._get_local_start().date() == lieu._get_today(),
                }
                for rdv in found
            ],
        }

    def _find_ticket(self, text):
        """Return the appointment of a link or of a code, if the user may see it."""
        link = LINK.search(text)
        if link or TOKEN.fullmatch(text.strip()):
            token = link[1] if link else text.strip()
            found = self._find_public(token)
        else:
            code = re.sub(r"[\s-]", "", text).upper()
            if not CODE.fullmatch(code):
                return self.browse()
            found = self.sudo().search([("code", "=", code)], limit=1)
        found = found.filtered(lambda rdv: rdv.state in LIVE)
        return self.search([("id", "in", found.ids)])

    def _receive_ticket(self, lieu):
        """Check a ticket in when it is of today and of here, else say what it is."""
        self.ensure_one()
        line = self._prepare_desk_line()
        if self.lieu_id != lieu:
            message = self.env._("Appointment at %s.", self.lieu_id.name)
            return {"kind": "other_place", "message": message, "rdv": line}
        local = self._get_local_start()
        if local.date() != lieu._get_today():
            return {
                "kind": "other_day",
                "message": self._get_other_day_sentence(lieu),
                "rdv": line,
            }
        if self.state not in ("confirmed", "no_show"):
            state = dict(self._fields["state"]._description_selection(self.env))
            message = self.env._(
                "%(code)s: the appointment is already « %(state)s ».",
                code=spell(self.code),
                state=state[self.state],
            )
            return {"kind": "already", "message": message, "rdv": line}
        self.action_arrive()
        return {
            "kind": "arrived",
            "message": self._get_arrival_sentence(),
            "rdv": self._prepare_desk_line(),
        }

    def _get_arrival_sentence(self):
        self.ensure_one()
        return self.env._(
            "Arrival noted: %(name)s, %(desk)s.",
            name=self.contact_name or spell(self.code),
            desk=self.guichet_id.name,
        )

    def _get_other_day_sentence(self, lieu):
        local = self._get_local_start()
        hour = time_label(self.env, local.time())
        days = (local.date() - lieu._get_today()).days
        if days == 1:
            return self.env._("Appointment of tomorrow, %s.", hour)
        if days == -1:
            return self.env._("Appointment of yesterday, %s.", hour)
        return self.env._(
            "Appointment of %(day)s, %(hour)s.",
            day=date_label(self.env, local.date()),
            hour=hour,
        )

    def _search_at_desk(self, lieu, text):
        """Return the appointments of a name or a number, nearest to now first."""
        words = text.strip()[:60]
        if len(words) < 2:
            return self.browse()
        domain = [("contact_name", "ilike", words)]
        digits = re.sub(r"\D", "", words)
        if len(digits) >= 4 and self.env.user.has_group("mairie_rdv.group_agent"):
            domain = [("phone", "like", digits.removeprefix("0"))]
        start, _stop = lieu._get_day_span(lieu._get_today())
        return self.search(
            [*domain, ("lieu_id", "=", lieu.id), ("state", "in", LIVE),
             ("start", ">=", start)],
            limit=FOUND,
        )  # fmt: skip

    # -- the card ------------------------------------------------------------------

    @api.readonly
    def get_desk_card(self):
        """Return what the card beside the day shows, as far as the user may read."""
        self.ensure_one()
        self._check_desk_access()
        card = {
            **self._prepare_desk_line(),
            "desk": self.guichet_id.name,
            "history": self._prepare_history(),
            "origin": dict(self._fields["origin"]._description_selection(self.env))[
                self.origin
            ],
            "applications": self._get_application_summary(),
            "has_begun": self.start <= fields.Datetime.now(),
        }
        if self.env.user.has_group("mairie_rdv.group_agent"):
            card |= {
                "phone": _mask_phone(self.phone),
                "note": self.note or "",
                "visits": self._count_visits(),
            }
        return card

    def _get_application_summary(self):
        """Return a sentence on the pre-demande numbers, and whether all is well.

        Hook of the exchange with France Titres, which knows their states.
        """
        self.ensure_one()
        count = len(self.sudo().personne_ids.filtered("application_id"))
        if not self.demarche_id.asks_pre_demande:
            return {"label": "", "role": "upcoming"}
        if not count:
            return {"label": self.env._("No pre-demande number"), "role": "todo"}
        return {
            "label": self.env._("%s pre-demande numbers", count),
            "role": "upcoming",
        }

    def _count_visits(self):
        """Return how often the same contact was received here before."""
        self.ensure_one()
        contacts = [
            (field, "=", self[field]) for field in ("email", "phone") if self[field]
        ]
        if not contacts:
            return 0
        same = fields.Domain.OR([contact] for contact in contacts)
        return self.search_count(same & fields.Domain("state", "=", "done"))

    def _prepare_history(self):
        """Return what happened to the appointment: sentence and hour."""
        tz = self.lieu_id._get_zone_info()
        steps = [
            (self.create_date, self.env._("Booked")),
            (self.arrived_at, self.env._("Arrived")),
            (self.called_at, self.env._("Called")),
            (self.done_at, self.env._("Done or absent")),
            (self.cancelled_at, self.env._("Cancelled")),
        ]
        lines = []
        for moment, label in steps:
            if moment:
                local = to_local(to_minutes(moment), tz)
                lines.append(
                    {
                        "label": label,
                        "when": f"{date_label(self.env, local.date())}, {local:%H:%M}",
                    }
                )
        return lines


def _mask_phone(phone):
    """Return a number that its owner recognises: "06 .. .. .. 78"."""
    if not phone:
        return ""
    digits = re.sub(r"^\+33", "0", phone)
    return f"{digits[:2]} .. .. .. {digits[-2:]}"
