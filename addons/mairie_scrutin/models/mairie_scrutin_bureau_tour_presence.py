from datetime import UTC, datetime, time

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.station_people import TWO_MEMBERS, sitting
from .mairie_scrutin_membre import COUNTED_ROLES

SEATED_ROLES = (*COUNTED_ROLES, "secretaire")


# One file for each concern of a station: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinBureauTour(models.Model):
    """Who is in the station now: two members at all times (R42)."""

    _inherit = "mairie.scrutin.bureau.tour"

    present_count = fields.Integer(
        "Members Present",
        compute="_compute_present",
        help="President, assessors, secretary: two at all times (R42). A deputy "
        "beside his titular is not counted twice (R44).",
    )
    presence_alert = fields.Boolean(compute="_compute_present")

    @api.depends("membre_ids")
    def _compute_present(self):
        present = set(self.env["mairie.scrutin.presence"]._get_present(self).ids)
        for station in self:
            people = [p for p in station._get_people() if p.key in present]
            station.present_count = len(sitting(people))
            station.presence_alert = (
                station._is_open_now() and station.present_count < TWO_MEMBERS
            )

    def _is_open_now(self):
        """Whether the poll is going on, in the local time of the commune."""
        self.ensure_one()
        local = self.company_id._mairie_localize(fields.Datetime.now())
        opening, closing = self._get_hours()
        hour = local.hour + local.minute / 60
        return local.date() == self.tour_id.date and opening <= hour < closing

    def _record_presence(self, data, source="phone", uuid=None, device=None):
        """Note who came and who left; the same ``uuid`` is noted once.

        :param data: [{"membre": id, "present": bool, "at": naive UTC, ISO text or
            None}], or {"checkins": the same list}
        :return: {"present": members of the bureau who are there, "alert": bool,
            "sentence": what to do, or ""}
        :raise UserError: somebody of another station, or nothing that can be read
        """
        self.ensure_one()
        checkins = self._read_people(data, "checkins")
        log = self.env["mairie.scrutin.presence"].sudo()
        known = self.sudo().membre_ids.ids
        if any(row.get("membre") not in known for row in checkins):
            raise UserError(
                self.env._("This person is not a member of station %s.", self.code)
            )
        done = set()
        if uuid:
            done = set(log.search([("uuid", "=", uuid)]).membre_id.ids)
        now = fields.Datetime.now()
        log.create(
            [
                {
                    "membre_id": row["membre"],
                    "is_arrival": bool(row.get("present")),
                    "moment": self._bound_moment(row.get("at"), now),
                    "source": source,
                    "uuid": uuid,
                }
                for row in checkins
                if row["membre"] not in done
            ]
        )
        self.invalidate_recordset(["present_count", "presence_alert"])
        self.tour_id.sudo()._touch_night()
        return self._get_presence_state()

    def _read_people(self, data, key):
        """The list of people in what a phone sent."""
        rows = data.get(key) if isinstance(data, dict) else data
        if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
            raise UserError(self.env._("This list of people cannot be read."))
        return rows

    def _bound_moment(self, moment, now):
        """A phone whose clock is wrong writes neither the future nor another day."""
        if isinstance(moment, str):
            try:
                moment = datetime.fromisoformat(moment.replace("Z", "+00:00"))
            except ValueError:
                return now
            if moment.tzinfo:
                moment = moment.astimezone(UTC).replace(tzinfo=None)
        if not isinstance(moment, datetime):
            return now
        midnight = datetime.combine(self.tour_id.date, time())
        if moment < self.company_id._mairie_to_utc(midnight):
            return now
        return min(moment.replace(microsecond=0), now)

    def _get_presence_state(self):
        """Plain values for the phone: how many are there, and what to do."""
        self.ensure_one()
        sentence = ""
        if self.presence_alert:
            sentence = self.env._(
                "Station %(code)s: %(count)s member present, two are needed at all "
                "times. Call the town hall.",
                code=self.code,
                count=self.present_count,
            )
        return {
            "present": self.present_count,
            "alert": self.presence_alert,
            "sentence": sentence,
        }

    def _get_phone_people(self):
        """Members of the bureau for its phone: names and roles, nothing private.

        ``replaces``: id of the titular whose seat a deputy takes; ``since``: when the
        person came or left, ISO.
        """
        self.ensure_one()
        last = self.env["mairie.scrutin.presence"]._get_last_lines(self)
        seats = {person.key: person.replaces for person in self.sudo()._get_people()}
        labels = self._get_role_labels()
        return [
            {
                "id": row.id,
                "name": row.display_name,
                "kind": row.role,
                "role": labels[row.role],
                "spot": row.is_spot,
                "list": row.candidature_id.name or "",
                "slot": row.slot_label,
                "replaces": seats[row.id],
                "present": bool(row in last and last[row].is_arrival),
                "since": f"{last[row].moment.isoformat()}Z" if row in last else None,
            }
            for row in self.sudo().membre_ids
            if row.role in SEATED_ROLES
            and (row.state != "empeche" or (row in last and not row.is_spot))
        ]

    def _get_role_labels(self):
        field = self.env["mairie.scrutin.membre"]._fields["role"]
        return dict(field._description_selection(self.env))
