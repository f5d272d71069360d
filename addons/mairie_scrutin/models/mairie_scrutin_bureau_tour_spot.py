from odoo import models
from odoo.exceptions import UserError

SPOT_ROLES = ("assesseur", "secretaire")


# One file for each concern of a station: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinBureauTour(models.Model):
    """Voters present who complete the bureau on the day (R42, R44)."""

    _inherit = "mairie.scrutin.bureau.tour"

    def _record_spot_members(self, data, source="phone", uuid=None, device=None):
        """Seat voters present; each is noted as arrived, and the same one once.

        :param data: {"people": [{"name", "firstname", "birth_date" (ISO or French),
            "role": "assesseur" or "secretaire", "at": naive UTC or ISO text}], "gone":
            ids of those who were noted by mistake}
        :return: as ``_get_presence_state``
        :raise UserError: a name or a birth date is missing, somebody under 18, or who
            sits in another station (R42)
        """
        self.ensure_one()
        self.tour_id._check_open()
        station = self.sudo()
        if isinstance(data, dict) and data.get("gone"):
            station._remove_spot_members(data["gone"], source, uuid)
        for person in self._read_people(data, "people"):
            membre = station._seat_spot_member(station._prepare_spot_member(person))
            row = {"membre": membre.id, "present": True, "at": person.get("at")}
            station._record_presence([row], source, uuid)
            role = self._get_role_labels()[membre.role]
            station.tour_id._log("spot", role, stations=self)
        return self._get_presence_state()

    def _prepare_spot_member(self, person):
        role = person.get("role", "assesseur")
        if not isinstance(role, str) or role not in SPOT_ROLES:
            raise UserError(
                self.env._(
                    "A voter present is an assessor or the secretary (R42, R44)."
                )
            )
        return {**self._prepare_elector(person), "role": role, "is_spot": True}

    def _seat_spot_member(self, vals):
        """The new member, or the one of that name who was noted before."""
        known = self._get_spot_members()
        wanted = (known._make_identity(vals), vals["birth_date"])
        same = known.filtered(
            lambda row: (row._get_identity(), row.birth_date) == wanted
        )
        if not same:
            return known.create(vals)
        same[0].write(vals | {"state": "designe"})
        return same[0]

    def _get_spot_members(self):
        return self.membre_ids.filtered("is_spot")

    def _remove_spot_members(self, ids, source, uuid):
        """Take back what was noted by mistake: the row stays, nobody sits."""
        found = self._get_spot_members()
        if not isinstance(ids, list) or any(row not in found.ids for row in ids):
            raise UserError(
                self.env._("This person was not taken among the voters present.")
            )
        gone = found.browse(ids)
        self._record_presence(
            [{"membre": row.id, "present": False} for row in gone], source, uuid
        )
        gone.write({"state": "empeche"})
