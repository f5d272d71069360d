from odoo import api, models


class MairieIntegrity(models.AbstractModel):
    _inherit = "mairie.integrity"

    @api.model
    def _get_faults(self):
        # Every one of them: pylint: disable-next=no-search-all
        tours = self.env["mairie.scrutin.tour"].sudo().search([])
        return self._get_chain_faults(tours) + super()._get_faults()

    @api.model
    def _get_sealed(self, modules):
        sealed = super()._get_sealed(modules)
        count = self.env["mairie.scrutin.maillon"].sudo().search_count([])
        if "mairie_scrutin" in modules and count:
            return [*sealed, self.env._("%s sealed lines of elections", count)]
        return sealed

    def _get_chain_faults(self, tours):
        """Links of the rounds' chains, and rows that they are about, that differ."""
        return [
            f"{tour.display_name} : {tour._get_faulty_sentence(fault)}"
            for tour in tours
            for fault in tour._check_integrity()[1]
        ]
