from odoo import api, models


class MairieMandat(models.Model):
    """A mandate opens the group of the council, and closes it."""

    _inherit = "mairie.mandat"

    @api.model_create_multi
    def create(self, vals_list):
        mandats = super().create(vals_list)
        mandats._sync_council_groups()
        return mandats

    def write(self, vals):
        result = super().write(vals)
        if {"date_from", "date_to", "partner_id"} & vals.keys():
            self._sync_council_groups()
        return result

    def unlink(self):
        companies = self.company_id
        result = super().unlink()
        self._sync_council_groups(companies)
        return result

    def _sync_council_groups(self, companies=None):
        companies = companies or self.company_id
        councils = (
            self.env["mairie.instance"]
            .sudo()
            .search([("kind", "=", "council"), ("company_id", "in", companies.ids)])
        )
        councils._sync_social_groups()
