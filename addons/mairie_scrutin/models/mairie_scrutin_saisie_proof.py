from odoo import api, models


class MairieScrutinSaisie(models.Model):
    """Each entry gets its link in the chain of the round."""

    _inherit = "mairie.scrutin.saisie"

    @api.model_create_multi
    def create(self, vals_list):
        entries = super().create(vals_list)
        for tour, rows in entries.grouped(
            lambda row: row.bureau_tour_id.tour_id
        ).items():
            tour.sudo()._seal_after_commit("saisie", rows)
        return entries


class MairieScrutinParticipation(models.Model):
    """So does each turnout."""

    _inherit = "mairie.scrutin.participation"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        for tour, told in rows.grouped("tour_id").items():
            tour.sudo()._seal_after_commit("participation", told)
        return rows
