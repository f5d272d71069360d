"""The day on one screen: one method, as many queries for thirty desks as for one."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..lib.codes import spell
from ..lib.day import free_spans, open_spans, places_within
from ..lib.slots import local_to_minutes, to_datetime, to_local, to_minutes
from .wording import date_label

#: what the screen of the day shows; cancelled ones have left it
DAY_STATES = ("hold", "confirmed", "arrived", "in_progress", "done", "no_show")
#: fields that a screen of the day must learn of
WATCHED = {"state", "start", "guichet_id", "place", "persons", "lieu_id", "last_name"}
NOON = 12 * 60


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    @api.model_create_multi
    def create(self, vals_list):
        rdvs = super().create(vals_list)
        rdvs._notify_days()
        return rdvs

    def write(self, vals):
        result = super().write(vals)
        if WATCHED.intersection(vals):
            self._notify_days()
        return result

    def _notify_days(self):
        """Wake the screens of the day; other days are read when they are opened."""
        now = fields.Datetime.now()
        near = self.sudo().filtered(
            lambda rdv: rdv.start and abs((rdv.start - now).days) <= 1
        )
        near.lieu_id._notify_day()

    # -- the screen ----------------------------------------------------------------

    @api.model
    @api.readonly
    def get_desk_day(self, lieu_id=None, day=None):
        """Return all that the screen of the day shows.

        :param lieu_id: place wanted; the first of one's own when it is not one's own
        :param day: "2026-12-17", by default today at the place
        :return: dict, see ``_prepare_desk_day``; without any place, ``{"lieu": None}``
        """
        self._check_desk_access()
        lieux = self.env["mairie.rdv.lieu"]._get_own_lieux()
        if not lieux:
            return {"lieu": None, "lieux": []}
        lieu = lieux.filtered(lambda own: own.id == lieu_id) or lieux[:1]
        day = fields.Date.to_date(day) or lieu._get_today()
        return {
            "lieux": [{"id": own.id, "name": own.name} for own in lieux],
            **self._prepare_desk_day(lieu, day),
        }

    @api.model
    @api.readonly
    def get_desk_version(self, lieu_id, day):
        """Return a word that changes with the day of a place: cheap to ask often."""
        return self._get_own_lieu(lieu_id)._get_day_version(fields.Date.to_date(day))

    def _get_own_lieu(self, lieu_id):
        """Return a place of the user.

        :raise AccessError: it is not one, or does not exist: the same words
        """
        self._check_desk_access()
        lieux = self.env["mairie.rdv.lieu"]._get_own_lieux()
        lieu = lieux.filtered(lambda own: own.id == lieu_id)
        if not lieu:
            raise AccessError(
                self.env._("This page does not exist, or it is not open to you.")
            )
        return lieu

    def _prepare_desk_day(self, lieu, day):
        """Return the day of a place: plain values, ready to draw."""
        rdvs = self._search_day(lieu, day)
        calendar = lieu._load_calendar(day, day)
        demarches = self._get_day_demarches(calendar)
        desks = self._prepare_desks(lieu, day, calendar, demarches)
        user = self.env.user
        return {
            "lieu": {"id": lieu.id, "name": lieu.name, "late": lieu.late_minutes},
            "day": day.isoformat(),
            "day_label": date_label(self.env, day),
            "is_today": day == lieu._get_today(),
            "now": fields.Datetime.to_string(fields.Datetime.now()),
            "version": lieu._get_day_version(day),
            "can_write": user.has_group("mairie_rdv.group_agent"),
            "rdvs": [rdv._prepare_desk_line() for rdv in rdvs],
            "desks": desks,
            "free": self._count_free(lieu, day, desks),
            "demarches": [
                {
                    "id": demarche.id,
                    "name": demarche.name,
                    "persons_max": demarche.persons_max,
                }
                for demarche in demarches.sorted()
            ],
        }

    def _search_day(self, lieu, day):
        start, stop = lieu._get_day_span(day)
        domain = Domain(
            [("lieu_id", "=", lieu.id), ("start", ">=", start), ("start", "<", stop),
             ("state", "in", DAY_STATES)]
        )  # fmt: skip
        held = Domain("state", "!=", "hold") | Domain(
            "hold_until", ">", fields.Datetime.now()
        )
        return self.search(domain & held)

    def _get_day_demarches(self, calendar):
        """Return the procedures received at the desks that the user may book."""
        ids = set().union(*(row.demarche_ids for row in calendar.values()))
        demarches = self.env["mairie.rdv.demarche"].search([("id", "in", list(ids))])
        return demarches.filtered(
            lambda demarche: (
                demarche.visibility != "draft"
                and (not demarche.user_ids or self.env.user in demarche.user_ids)
            )
        )

    def _prepare_desk_line(self):
        """Return one appointment as a line of the day. No contact: the card has it."""
        self.ensure_one()
        tz = self.lieu_id._get_zone_info()
        return {
            "id": self.id,
            "time": f"{to_local(to_minutes(self.start), tz):%H:%M}",
            "end": f"{to_local(to_minutes(self.stop), tz):%H:%M}",
            "start": fields.Datetime.to_string(self.start),
            "name": self.contact_name or "",
            "last_name": (self.last_name or "").title(),
            "persons": self.persons,
            "demarche": self.demarche_id.name,
            "guichet_id": self.guichet_id.id,
            "state": self.state,
            "code": spell(self.code),
            "is_extra": self.is_extra,
            "arrived_at": self.arrived_at
            and fields.Datetime.to_string(self.arrived_at)
            or False,
            "can_undo": bool(self.previous_state),
        }

    def _prepare_desks(self, lieu, day, calendar, demarches):
        """Return the desks of a day: open until when, and the gaps still free."""
        tz = lieu._get_zone_info()
        now = to_minutes(fields.Datetime.now())
        soon = now + (-now % 5)
        guichets = self.env["mairie.rdv.guichet"].search([("lieu_id", "=", lieu.id)])
        desks = []
        for guichet in guichets:
            row = calendar.get(guichet.id)
            opened = row and open_spans([b for b, _any in row.openings], row.closed)
            durations = [
                demarche._get_duration(1)
                for demarche in demarches
                if row and demarche.id in row.demarche_ids
            ]
            shortest = min(durations, default=15)
            gaps = row and free_spans(opened, row.busy, row.capacity, soon, shortest)
            desks.append(
                {
                    "id": guichet.id,
                    "name": guichet.name,
                    "usual": max(durations, default=15),
                    "demarche_ids": list(row.demarche_ids) if row else [],
                    **_status_of(opened or [], now, tz),
                    "gaps": [
                        {
                            "time": f"{to_local(start, tz):%H:%M}",
                            "start": fields.Datetime.to_string(to_datetime(start)),
                            "end": f"{to_local(stop, tz):%H:%M}",
                        }
                        for start, stop in gaps or []
                    ],
                    "spans": gaps or [],
                }
            )
        return desks

    def _count_free(self, lieu, day, desks):
        """Return how many people may still be received, before noon or after.

        The raw ranges of the desks are taken out: the screen does not need them.
        """
        tz = lieu._get_zone_info()
        noon = local_to_minutes(day, NOON, tz)
        is_morning = to_minutes(fields.Datetime.now()) < noon
        limit = noon if is_morning else local_to_minutes(day, 24 * 60, tz)
        count = sum(
            places_within(desk.pop("spans"), desk["usual"], limit) for desk in desks
        )
        return {"count": count, "is_morning": is_morning}


def _status_of(opened, now, tz):
    """Return whether a desk is open, until when, or when it opens next."""
    current = [stop for start, stop in opened if start <= now < stop]
    following = [start for start, _stop in opened if start > now]
    hour = current or following[:1]
    return {
        "is_open": bool(current),
        "hour": f"{to_local(hour[0], tz):%H:%M}" if hour else "",
    }
