"""Booking and calling from the desk: an agent is never blocked, he is warned."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import mute_logger
from psycopg2.errors import ExclusionViolation

from ..exceptions import SlotTaken
from ..lib.slots import to_datetime, to_local, windows
from .wording import date_label, time_label

NEXT_PLACES = 6
WINDOWS = (3, 14, 60)
EXTRA_TRIES = 5
CONTACT_FIELDS = ("first_name", "last_name", "phone", "email")


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    @api.model
    @api.readonly
    def get_next_places(self, lieu_id, demarche_id, persons=1, rdv_id=False, day=False):
        """Return the next free places, for somebody at the desk or on the telephone.

        :param rdv_id: appointment that moves: its own time counts as free
        :param day: ISO date to search from, the day on the screen; else from today
        :return: list of {start, label, desk}
        """
        lieu = self._get_own_lieu(lieu_id)
        demarche = self.env["mairie.rdv.demarche"].browse(demarche_id)
        demarche.check_access("read")
        ignore = self.search([("id", "=", rdv_id)]) if rdv_id else None
        places = []
        first, last = demarche._get_day_bounds(lieu, online=False)
        first = max(first, fields.Date.to_date(day) or first)
        for begin, stop in windows(first, last, WINDOWS):
            calendar = lieu._load_calendar(begin, stop, ignore)
            found = demarche._find_free(calendar, lieu, max(persons, 1), online=False)
            places += [
                self._prepare_place(lieu, start, free[0].desk)
                for start, free in found[lieu.id].items()
            ]
            if len(places) >= NEXT_PLACES:
                break
        return places[:NEXT_PLACES]

    @api.readonly
    def get_move_places(self):
        """Return the next free places for an appointment that moves."""
        self.ensure_one()
        self.check_access("write")
        args = self.lieu_id.id, self.demarche_id.id, self.persons, self.id
        return self.get_next_places(*args)

    @api.model
    @api.readonly
    def read_desk_time(self, lieu_id, day, time):
        """Return a wall time of a place as the text of a UTC datetime.

        :raise ValidationError: it is not an hour
        """
        start = self._get_own_lieu(lieu_id)._read_start(f"{day}T{time}")
        if not start:
            raise ValidationError(self.env._("Write an hour: 09:20."))
        return fields.Datetime.to_string(start)

    def _prepare_place(self, lieu, start, guichet_id):
        local = to_local(start, lieu._get_zone_info())
        is_today = local.date() == lieu._get_today()
        hour = time_label(self.env, local.time())
        day = self.env._("today") if is_today else date_label(self.env, local.date())
        return {
            "start": fields.Datetime.to_string(to_datetime(start)),
            "label": self.env._("%(day)s, %(hour)s", day=day, hour=hour),
            "desk": self.env["mairie.rdv.guichet"].browse(guichet_id).name,
            "is_today": is_today,
        }

    @api.model
    def book_at_desk(self, lieu_id, vals, extra=False):
        """Book for somebody at the desk or on the telephone.

        Whoever stands there for a time of today is in the waiting room at once.

        :param vals: demarche_id, start, persons, origin, contact, ``guichet_id`` when
            one desk is wanted
        :param extra: receive on top of the others, or outside opening hours
        :return: dict: ``rdv`` (line) and ``message``, or ``extra`` when nothing is
            free then: the screen proposes an extra appointment
        """
        lieu = self._get_own_lieu(lieu_id)
        self.check_access("create")
        values = self._read_desk_vals(lieu, vals)
        guichet_id = vals.get("guichet_id")
        try:
            rdv = self._keep_for_agent(values, guichet_id, extra, self.create)
        except SlotTaken:
            return self._propose_extra()
        if values["origin"] == "guichet" and rdv._is_of_today():
            rdv._move_to("arrived")
        return {"rdv": rdv._prepare_desk_line(), "message": rdv._get_booked_sentence()}

    def _propose_extra(self):
        """Return what the screen asks when nothing is free: agents are never blocked."""
        return {
            "extra": True,
            "message": self.env._(
                "Outside opening hours, or full: add as an extra appointment?"
            ),
        }

    def _read_desk_vals(self, lieu, vals):
        """Return what an agent may set when he books."""
        if not vals.get("last_name"):
            raise ValidationError(self.env._("Write the last name."))
        origin = vals.get("origin")
        return {
            "lieu_id": lieu.id,
            "demarche_id": vals.get("demarche_id"),
            "start": fields.Datetime.to_datetime(vals.get("start")),
            "persons": vals.get("persons") or 1,
            "origin": origin if origin in ("guichet", "telephone") else "telephone",
            "user_id": self.env.uid,
            **{field: vals.get(field) for field in CONTACT_FIELDS if vals.get(field)},
        }

    def _keep_for_agent(self, vals, guichet_id, extra, keep):
        """Take a place for an agent: first among the free ones, else as an extra.

        :param keep: called with the values; creates or writes, and returns the record
        :raise SlotTaken: nothing is free then and ``extra`` was not asked
        """
        ignore = self[:1] or None
        demarche = self.env["mairie.rdv.demarche"].browse(vals["demarche_id"])
        lieu = self.env["mairie.rdv.lieu"].browse(vals["lieu_id"])
        start, persons = vals["start"], vals["persons"]
        free = demarche._get_free_places(
            lieu, start, persons, online=False, ignore=ignore
        )
        for desk_id, place in free:
            if guichet_id in (desk_id, None, False):
                self._expire_holds(desk_id, place)
                where = {"guichet_id": desk_id, "place": place, "is_extra": False}
                if rdv := self._try_to_keep({**vals, **where}, keep):
                    return rdv
        if not extra:
            raise SlotTaken(self.env._("This time has just been taken."))
        return self._keep_extra(vals, guichet_id, keep)

    def _keep_extra(self, vals, guichet_id, keep):
        """Take a place on top of the others: web bookings are not affected."""
        guichets = self.env["mairie.rdv.guichet"].search(
            [("lieu_id", "=", vals["lieu_id"]),
             ("demarche_ids", "in", vals["demarche_id"])]
        )  # fmt: skip
        wanted = guichets.filtered(lambda guichet: guichet.id == guichet_id)
        guichet = wanted or guichets[:1]
        if not guichet:
            raise UserError(self.env._("No desk here takes this procedure."))
        for _attempt in range(EXTRA_TRIES):
            draft = self.new({**vals, "guichet_id": guichet.id, "is_extra": True})
            place = draft._get_extra_place(guichet)
            where = {"guichet_id": guichet.id, "place": place, "is_extra": True}
            if rdv := self._try_to_keep({**vals, **where}, keep):
                return rdv
        raise SlotTaken(self.env._("This time has just been taken."))

    def _try_to_keep(self, vals, keep):
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                rdv = keep(vals)
                self.env.flush_all()
                return rdv
        except ExclusionViolation:
            return None

    def _is_of_today(self):
        self.ensure_one()
        return self._get_local_start().date() == self.lieu_id._get_today()

    def _get_booked_sentence(self):
        self.ensure_one()
        return self.env._(
            "%(name)s: %(when)s, %(desk)s.",
            name=self.contact_name,
            when=self._get_when(),
            desk=self.guichet_id.name,
        )

    # -- calling -------------------------------------------------------------------

    def call_at_desk(self, guichet_id=False):
        """Call somebody, to the desk of whoever calls when it is another one."""
        self.ensure_one()
        self._check_desk_access()
        rdv = self.sudo()
        if guichet_id and guichet_id != rdv.guichet_id.id:
            guichet = self.env["mairie.rdv.guichet"].search(
                [("id", "=", guichet_id), ("lieu_id", "=", self.lieu_id.id)]
            )
            if guichet:
                rdv._change_desk(guichet)
        rdv._move_to("in_progress")
        return self._prepare_desk_line()

    def _change_desk(self, guichet):
        """Receive at another desk at the same hour, on a place that nobody has."""
        for _attempt in range(EXTRA_TRIES):
            place = self._get_extra_place(guichet)
            vals = {"guichet_id": guichet.id, "place": place}
            if self._try_to_keep(vals, lambda found: self.write(found)):
                return
        raise SlotTaken(self.env._("This time has just been taken."))
