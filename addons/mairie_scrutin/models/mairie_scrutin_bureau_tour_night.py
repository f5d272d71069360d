from odoo import api, models
from odoo.exceptions import AccessError

# What changes the board when it is written on a station.
WATCHED = {
    "state",
    "saisie_id",
    "second_id",
    "inscrits",
    "phase",
    "opened_date",
    "closed_date",
    "validated_date",
}
CALLED_ROLES = ("president", "secretaire", "president_suppl")


# One file for each concern of a station: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinBureauTour(models.Model):
    """The side panel of the night room, and the word that something changed."""

    _inherit = "mairie.scrutin.bureau.tour"

    @api.model_create_multi
    def create(self, vals_list):
        stations = super().create(vals_list)
        stations.tour_id._touch_night()
        return stations

    def write(self, vals):
        result = super().write(vals)
        if not WATCHED.isdisjoint(vals):
            self.tour_id._touch_night()
        return result

    def get_night_station(self):
        """Figures, entries, alerts and call numbers of one station, as plain values."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("mairie_scrutin.group_operateur"):
            raise AccessError(self.env._("The evening is not open to you."))
        entries = self._get_night_entries()
        supervisor = self.env.user.has_group("mairie_scrutin.group_superviseur")
        open_round = self.tour_id.state != "proclame"
        settled = self.state in ("valide", "recense")
        label = dict(self._fields["state"]._description_selection(self.env))
        return {
            "id": self.id,
            "code": self.code,
            "place": self.place or "",
            "state": self.state,
            "state_label": label[self.state],
            "columns": [self._prepare_night_entry_head(entry) for entry in entries],
            "rows": self._prepare_night_rows(entries),
            "controls": [
                {
                    "id": row.id,
                    "level": row.level,
                    "message": row.message,
                    "reason": row.reason or "",
                    "signed": row.accepted_by_id.name or "",
                }
                for row in self.controle_ids
            ],
            "photos": self.photo_ids.ids,
            "people": self._get_night_people(),
            "comment": self.saisie_id.comment or "",
            "can_enter": open_round
            and not settled
            and self.state != "ecarts"
            and (self.state != "a_double_saisir" or self.can_enter_second),
            "can_validate": supervisor and open_round and self.state == "a_verifier",
            "can_reopen": supervisor and open_round and self.state == "valide",
            "can_choose": supervisor and open_round and self.state == "ecarts",
        }

    def _get_night_entries(self):
        """Entries side by side: the retained one, or both when they differ.

        Nobody reads the first entry who may still make the second.
        """
        if self.state == "a_double_saisir":
            return self.saisie_id.browse()
        if self.state != "ecarts":
            return self.saisie_id
        supervisor = self.env.user.has_group("mairie_scrutin.group_superviseur")
        both = self.saisie_id | self.second_id
        return both if supervisor else both.browse()

    def _prepare_night_entry_head(self, entry):
        local = self.company_id._mairie_localize(entry.create_date)
        return {
            "id": entry.id,
            "by": entry.sudo().create_uid.name,
            "at": f"{local:%H:%M}",
            "source": dict(entry._fields["source"]._description_selection(self.env))[
                entry.source
            ],
        }

    def _prepare_night_rows(self, entries):
        """One row a figure, one column an entry; a difference is told."""
        figures = ("inscrits", "emargements", "votants", "blancs", "nuls", "exprimes")
        labels = entries.fields_get(figures, ["string"])
        table = [
            (labels[name]["string"], [entry[name] for entry in entries])
            for name in figures
        ]
        votes = [
            {line.candidature_id.id: line.voix for line in entry.line_ids}
            for entry in entries
        ]
        lists = self.tour_id.candidature_ids if entries else []
        table += [(row.name, [one.get(row.id, 0) for one in votes]) for row in lists]
        return [
            {
                "label": label,
                "values": values,
                "differs": len(set(values)) > 1,
                "is_list": rank >= len(figures),
            }
            for rank, (label, values) in enumerate(table)
        ]

    def _get_night_people(self):
        """Whom to call: role, name, number."""
        members = self.env["mairie.scrutin.membre"].search(
            [("bureau_tour_id", "=", self.id), ("role", "in", CALLED_ROLES)]
        )
        roles = dict(members._fields["role"]._description_selection(self.env))
        people = [
            {
                "role": roles[row.role],
                "name": row.display_name,
                "phone": row.phone,
            }
            for row in members.sorted(lambda row: CALLED_ROLES.index(row.role))
            if row.phone
        ]
        site = self.bureau_id.sudo().location_id.address_id
        if site.phone:
            people.append(
                {
                    "role": self.env._("Place"),
                    "name": self.bureau_id.lieu_name or "",
                    "phone": site.phone,
                }
            )
        return people

    def action_night_choose(self, entry_id, reason):
        """Keep one of the two entries that differ, with its reason."""
        self.ensure_one()
        entries = {self.saisie_id.id: "first", self.second_id.id: "second"}
        if not entry_id or entry_id not in entries:
            raise AccessError(self.env._("This entry is of another station."))
        self._settle_difference(entries[entry_id], reason)
        return True

    def action_night_reopen(self, reason):
        """Reopen from the panel: the same rule and the same journal as the form."""
        self.ensure_one()
        self._reopen(reason)
        return True

    def action_night_reasons(self, reasons):
        """Write the reasons of the alerts from the panel.

        :param reasons: [[id of the control, reason], …]; others than those of this
            station are refused
        """
        self.ensure_one()
        self.tour_id._check_open()
        given = {int(key): reason for key, reason in reasons}
        controls = self.controle_ids.filtered(lambda row: row.id in given)
        if len(controls) != len(given):
            raise AccessError(self.env._("These alerts are of another station."))
        for control in controls:
            control.reason = (given[control.id] or "").strip()
        self.tour_id._touch_night()
        return True
