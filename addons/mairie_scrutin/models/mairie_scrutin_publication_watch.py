"""What changes the published figures has the proxy's files written anew."""

from odoo import api, models


# pylint: disable=consider-merging-classes-inherited
class MairieScrutinBureauTour(models.Model):
    _inherit = "mairie.scrutin.bureau.tour"

    def write(self, vals):
        result = super().write(vals)
        if {"state", "saisie_id", "inscrits"} & set(vals):
            self.env["mairie.scrutin.publication"]._notify_changed()
        return result


# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    _inherit = "mairie.scrutin.tour"

    def write(self, vals):
        result = super().write(vals)
        self.env["mairie.scrutin.publication"]._notify_changed()
        return result


# pylint: disable=consider-merging-classes-inherited
class MairieScrutinAttribution(models.Model):
    _inherit = "mairie.scrutin.attribution"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        self.env["mairie.scrutin.publication"]._notify_changed()
        return rows

    def write(self, vals):
        result = super().write(vals)
        self.env["mairie.scrutin.publication"]._notify_changed()
        return result
