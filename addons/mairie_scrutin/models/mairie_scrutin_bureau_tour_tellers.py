from odoo import fields, models
from odoo.exceptions import UserError

from ..lib.table_file import read_day


# One file for each concern of a station: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinBureauTour(models.Model):
    """Tellers ("scrutateurs"), found among the voters during the day (L65)."""

    _inherit = "mairie.scrutin.bureau.tour"

    def _record_scrutateurs(self, data, source="phone", uuid=None, device=None):
        """Add tellers to the station; somebody already there is not added twice.

        :param data: [{"name", "firstname", "birth_date" (ISO or French), "list":
            candidature id, panel or None}], or {"people": the same list}
        :return: {"count", "needed", "late": bool, "sentence"}
        :raise UserError: a name or a birth date is missing, a list is unknown
        """
        self.ensure_one()
        self.tour_id._check_open()
        station = self.sudo()
        known = {
            (row._get_identity(), row.birth_date)
            for row in station.membre_ids
            if row.role == "scrutateur"
        }
        rows = [
            station._prepare_scrutateur(person)
            for person in self._read_people(data, "people")
        ]
        members = self.env["mairie.scrutin.membre"].sudo()
        new = []
        for vals in rows:
            key = (members._make_identity(vals), vals["birth_date"])
            if key not in known:
                known.add(key)
                new.append(vals)
        members.create(new)
        return self._get_scrutateurs_state()

    def _get_scrutateurs_state(self):
        """Plain values for the phone: how many tellers, how many are needed."""
        self.ensure_one()
        late = fields.Datetime.now() > self._get_scrutateurs_deadline()
        missing = self.scrutateurs_needed - self.scrutateur_count
        sentence = ""
        if missing > 0 and late:
            sentence = self.env._(
                "%s tellers are missing: the members of the station may count (L65).",
                missing,
            )
        elif missing > 0:
            sentence = self.env._("%s tellers are still to be found.", missing)
        return {
            "count": self.scrutateur_count,
            "needed": self.scrutateurs_needed,
            "late": late,
            "sentence": sentence,
        }

    def _prepare_scrutateur(self, person):
        name = str(person.get("name") or "").strip()[:80]
        firstname = str(person.get("firstname") or "").strip()[:80]
        if not name or not firstname:
            raise UserError(self.env._("Write the first and the last name."))
        born = read_day(str(person.get("birth_date") or ""))
        if not born or born >= self.tour_id.date:
            raise UserError(
                self.env._(
                    "Write the birth date of %s as day, month, year: 12/05/1974.",
                    f"{firstname} {name}",
                )
            )
        return {
            "bureau_tour_id": self.id,
            "role": "scrutateur",
            "name": name,
            "firstname": firstname,
            "birth_date": born,
            "candidature_id": self._find_list(person.get("list")).id,
        }

    def _find_list(self, wanted):
        """The list of this round by its id or its panel; empty for none."""
        lists = self.tour_id.candidature_ids
        if not wanted:
            return lists.browse()
        panel = str(wanted).strip().zfill(3)
        found = lists.filtered(lambda row: row.id == wanted or row.panneau == panel)
        if not found:
            raise UserError(self.env._("This list does not stand in this round."))
        return found[:1]
