from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib.codes import PreDemandeError, clean_pre_demande


class MairieRdvPersonne(models.Model):
    """One of the people received, with the pre-demande number of France Titres."""

    _name = "mairie.rdv.personne"
    _description = "Person Received"
    _order = "rdv_id, sequence, id"
    _rec_name = "sequence"

    rdv_id = fields.Many2one(
        "mairie.rdv", "Appointment", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="rdv_id.company_id", store=True, index=True)
    sequence = fields.Integer("Number", default=1)
    application_id = fields.Char(
        "Pre-demande Number",
        groups="mairie_rdv.group_agent",
        help="Ten letters and digits, received at the end of the online request. One "
        "per person and per title.",
    )

    @api.constrains("application_id")
    def _check_application_id(self):
        for number in filter(None, self.mapped("application_id")):
            try:
                well_formed = clean_pre_demande(number) == number
            except PreDemandeError:
                well_formed = False
            if not well_formed:
                raise ValidationError(
                    self.env._("A pre-demande number has 10 letters and digits.")
                )
