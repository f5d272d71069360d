from odoo import api, fields, models
from odoo.exceptions import UserError


# One file for each concern of a station: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinBureauTour(models.Model):
    """The recensement: the evening is kept, a rectification is a reasoned version."""

    _inherit = "mairie.scrutin.bureau.tour"

    def _census(self):
        """Stamp validated results as collated; the evening's figures stay beside."""
        for station in self.sudo().filtered(lambda row: row.state == "valide"):
            station.write({"state": "recense", "evening_saisie_id": station.saisie_id})

    def _rectify(self, vals, reason):
        """Only after the recensement: a new version, by who collates (R69, R107).

        :param vals: as for ``_record_results``
        """
        self.ensure_one()
        self.tour_id._check_supervisor()
        self.tour_id._check_open()
        self._check_reason_given(reason)
        if self.state != "recense":
            raise UserError(self.env._("This result is not collated yet: reopen it."))
        vals = {**vals, "comment": reason, "settled": True}
        given = vals.pop("reasons", None) or {}
        entry = self._create_entries([vals])
        probe = self._get_result(entry)
        found = [row for row in self._check_alone(probe) if row.level == "error"]
        if found:
            told = [
                self.env["mairie.scrutin.controle"]._tell(row.code, row.params, self)
                for row in found
            ]
            raise UserError(" ".join(told))
        self.sudo().controle_ids.write({"active": False})
        self.sudo().saisie_id = entry
        self._run_controls(self.tour_id)
        self.sudo().state = "recense"
        entry._give_reasons(given)
        self.tour_id._log("rectification", reason, stations=self)

    def action_rectify(self):
        self.ensure_one()
        self.tour_id._check_supervisor()
        return self._prepare_action("enter", default_rectification=True)


# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    _inherit = "mairie.scrutin.tour"

    can_collate = fields.Boolean(compute="_compute_can_collate")

    @api.depends("state", "bureau_tour_ids.state")
    def _compute_can_collate(self):
        """Several stations, all validated and not all collated: the next step (R69)."""
        for tour in self:
            states = set(tour.sudo().bureau_tour_ids.mapped("state"))
            tour.can_collate = (
                tour.state != "proclame"
                and tour.station_count > 1
                and states <= {"valide", "recense"}
                and "valide" in states
            )

    def action_census(self):
        """Collate every station: possible once all of them are validated."""
        self.ensure_one()
        self._check_supervisor()
        self._check_open()
        missing = self.station_count - self.valid_count
        if missing or not self.station_count:
            raise UserError(
                self.env._(
                    "%(missing)s of %(total)s stations are not validated: the results "
                    "cannot be collated yet.",
                    missing=missing,
                    total=self.station_count,
                )
            )
        todo = self.bureau_tour_ids.filtered(lambda row: row.state == "valide")
        todo._census()
        self._log("census")
        return self._notify_done(self.env._("%s stations collated.", len(todo)))
