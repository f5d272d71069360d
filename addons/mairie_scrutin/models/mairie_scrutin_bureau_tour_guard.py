from odoo import api, models


class MairieScrutinBureauTour(models.Model):
    """What does not move under a result: its round, its station, its voters."""

    _inherit = "mairie.scrutin.bureau.tour"

    @api.model_create_multi
    def create(self, vals_list):
        stations = super().create(vals_list)
        stations.tour_id._check_open()
        return stations

    def write(self, vals):
        moved = not {"tour_id", "bureau_id"}.isdisjoint(vals)
        if moved or "inscrits" in vals:
            self.tour_id._check_open()
        if moved:
            self._unlink_if_no_entry()
        result = super().write(vals)
        if moved:
            self.tour_id._check_open()
        return result
