from odoo import api, models


class MairieIntegrity(models.AbstractModel):
    _inherit = "mairie.integrity"

    @api.model
    def _get_faults(self):
        # Every one of them: pylint: disable-next=no-search-all
        companies = self.env["res.company"].sudo().search([])
        return self._get_journal_faults(companies) + super()._get_faults()

    @api.model
    def _get_sealed(self, modules):
        sealed = super()._get_sealed(modules)
        count = self.env["mairie.elus.journal"].sudo().search_count([])
        if "mairie_elus" in modules and count:
            words = self.env._("%s lines of the journal of the assemblies", count)
            return [*sealed, words]
        return sealed

    def _get_journal_faults(self, companies):
        """Lines of the communes' journals that are not as they were sealed."""
        journal = self.env["mairie.elus.journal"]
        return [
            self.env._(
                "Journal of the assemblies of %(town)s, line %(line)s: it has changed.",
                town=company.name,
                line=number,
            )
            for company in companies
            for number, _what in journal._get_faults(company)
        ]
