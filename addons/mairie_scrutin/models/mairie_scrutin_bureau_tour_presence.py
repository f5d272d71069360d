from datetime import datetime, timezone

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.station_people import TWO_MEMBERS
from .mairie_scrutin_membre import COUNTED_ROLES


# One file for each concern of a station: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinBureauTour(models.Model):
    """Who is in the station now: two members at all times (R42)."""

    _inherit = "mairie.scrutin.bureau.tour"

    present_count = fields.Integer(
        "Members Present",
        compute="_compute_present",
        help="President, assessors, secretary: two at all times (R42).",
    )
    presence_alert = fields.Boolean(compute="_compute_present")

    @api.depends("membre_ids")
    def _compute_present(self):
        present = self.env["mairie.scrutin.presence"]._get_present(self)
        members = present.filtered(
            lambda row: row.role in (*COUNTED_ROLES, "secretaire")
        ).grouped("bureau_tour_id")
        for station in self:
            here = members.get(station._origin, members.get(station, ()))
            station.present_count = len(here)
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
        known = set(self.sudo().membre_ids.ids)
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
        return self._get_presence_state()

    def _read_people(self, data, key):
        """The list of people in what a phone sent."""
        rows = data.get(key) if isinstance(data, dict) else data
        if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
            raise UserError(self.env._("This list of people cannot be read."))
        return rows

    def _bound_moment(self, moment, now):
        """A phone whose clock is wrong does not write the future."""
        if isinstance(moment, str):
            try:
                moment = datetime.fromisoformat(moment.replace("Z", "+00:00"))
            except ValueError:
                return now
            if moment.tzinfo:
                moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
        return min(moment.replace(microsecond=0), now) if moment else now

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
        """Members of the station for its phone: names and roles, nothing private."""
        self.ensure_one()
        present = self.env["mairie.scrutin.presence"]._get_present(self)
        labels = dict(
            self.env["mairie.scrutin.membre"]
            ._fields["role"]
            ._description_selection(self.env)
        )
        return [
            {
                "id": row.id,
                "name": row.display_name,
                "role": row.role,
                "role_label": labels[row.role],
                "list": row.candidature_id.name or "",
                "slot": row.slot_label,
                "present": row in present,
            }
            for row in self.sudo().membre_ids
            if row.state != "empeche"
        ]
