from odoo import fields, models
from odoo.exceptions import UserError

from ..lib.station_layout import best_table, layout
from ..lib.station_people import is_of_age
from ..lib.table_file import read_day


# One file for each concern of a station: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinBureauTour(models.Model):
    """Tellers ("scrutateurs"), found among the voters during the day (L65)."""

    _inherit = "mairie.scrutin.bureau.tour"

    def _record_scrutateurs(self, data, source="phone", uuid=None, device=None):
        """Add tellers to the station, or change the list and the table of those there.

        :param data: [{"name", "firstname", "birth_date" (ISO or French), "list":
            candidature id, panel or None, "table": from 1, or None for the best one}],
            or {"people": the same list, "gone": ids of tellers who leave}
        :return: {"count", "needed", "late": bool, "sentence"}
        :raise UserError: a name or a birth date is missing, a list or a table unknown
        """
        self.ensure_one()
        self.tour_id._check_open()
        station = self.sudo()
        tellers = station._get_tellers(leaving=True)
        known = {(row._get_identity(), row.birth_date): row for row in tellers}
        for person in self._read_people(data, "people"):
            vals = station._prepare_scrutateur(person)
            key = (tellers._make_identity(vals), vals["birth_date"])
            teller = known.get(key, tellers.browse())
            vals["table_number"] = station._choose_table(
                person.get("table") or teller.table_number, vals["candidature_id"]
            )
            if teller:
                teller.write(vals | {"state": "designe"})
            else:
                known[key] = tellers.create(vals)
        if isinstance(data, dict) and data.get("gone"):
            station._find_tellers(data["gone"]).write({"state": "empeche"})
        return self._get_scrutateurs_state()

    def _get_tellers(self, leaving=False):
        """Tellers of the station, with those who left again when asked."""
        return self.membre_ids.filtered(
            lambda row: row.role == "scrutateur" and (leaving or row.state != "empeche")
        )

    def _find_tellers(self, ids):
        found = self._get_tellers(leaving=True)
        if not isinstance(ids, list) or any(row not in found.ids for row in ids):
            raise UserError(
                self.env._("This person is not a teller of station %s.", self.code)
            )
        return found.browse(ids)

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

    def _get_phone_tellers(self):
        """Tellers for the phone of the station: never a birth date."""
        self.ensure_one()
        return {
            "needed": self.scrutateurs_needed,
            "tables": self._get_table_total(),
            "people": [
                {
                    "id": row.id,
                    "name": row.display_name,
                    "list": row.candidature_id.name or "",
                    "table": row.table_number,
                }
                for row in self.sudo()._get_tellers().sorted("table_number")
            ],
        }

    def _get_table_total(self):
        return layout(self.inscrits, self.table_count or None).tables

    def _prepare_elector(self, person):
        """Names and birth date of a voter whom a phone noted, checked."""
        name = self._read_name(person.get("name"))
        firstname = self._read_name(person.get("firstname"))
        if not name or not firstname:
            raise UserError(self.env._("Write the first and the last name."))
        return {
            "bureau_tour_id": self.id,
            "name": name,
            "firstname": firstname,
            "birth_date": self._read_birth(person, f"{firstname} {name}"),
        }

    def _prepare_scrutateur(self, person):
        return {
            **self._prepare_elector(person),
            "role": "scrutateur",
            "candidature_id": self._find_list(person.get("list")).id,
        }

    def _read_name(self, text):
        return str(text or "").replace("\0", "").strip()[:80]

    def _read_birth(self, person, name):
        born = read_day(str(person.get("birth_date") or ""))
        if not born or born >= self.tour_id.date:
            raise UserError(
                self.env._(
                    "Write the birth date of %s as day, month, year: 12/05/1974.", name
                )
            )
        if not is_of_age(born, self.tour_id.date):
            raise UserError(
                self.env._("%s is under 18: only electors do this (L2, L65).", name)
            )
        return born

    def _choose_table(self, wanted, list_id):
        """The table that was asked for, or the one that spreads the lists best."""
        total = self._get_table_total()
        if wanted:
            if not isinstance(wanted, int) or not 0 < wanted <= total:
                raise UserError(
                    self.env._("This station has tables 1 to %s.", max(total, 1))
                )
            return wanted
        seated = [
            (row.table_number, row.candidature_id.id) for row in self._get_tellers()
        ]
        return best_table(total, seated, list_id)

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
