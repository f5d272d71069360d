from odoo import fields, models
from odoo.exceptions import UserError

from ..models.mairie_mandat import civil_name, reduced_name


class MairieScrutinEluRestore(models.TransientModel):
    """The mandate that had ended goes on, the one of the successor goes away."""

    _inherit = "mairie.scrutin.elu.restore"

    def _restore(self, successors):
        ended = self._get_ended_mandate()
        called = ended.search([("replaces_id", "in", ended.ids)])
        self._check_unused(called)
        result = super()._restore(successors)
        # whoever restores may end and open mandates, not delete them
        called.unlink()
        ended.date_to = False
        return result

    def _get_ended_mandate(self):
        """The mandate that ended with this replacement, sudoed; empty if none was."""
        elu = self.sudo().elu_id
        mandates = (
            self.env["mairie.mandat"]
            .sudo()
            .search(
                [
                    ("company_id", "=", elu.company_id.id),
                    ("date_to", "=", fields.Date.to_string(elu.left_date)),
                ]
            )
        )
        name = reduced_name(civil_name(elu.candidat_id))
        return mandates.filtered(lambda row: reduced_name(row.partner_id.name) == name)

    def _check_unused(self, mandates):
        convocations = self.env["mairie.convocation"].sudo()
        if convocations.search_count([("mandat_id", "in", mandates.ids)], limit=1):
            raise UserError(
                self.env._(
                    "%s was already convened: end the mandates one by one instead.",
                    ", ".join(mandates.partner_id.mapped("name")),
                )
            )
