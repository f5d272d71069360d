from odoo import fields, models

TITLE = "Registre des traitements"


class MairieRdvTraitement(models.Model):
    """A line of the register of article 30 (RGPD): editable, by the DPO."""

    _name = "mairie.rdv.traitement"
    _description = "Record of Processing"
    _inherit = ["mairie.traitement.mixin"]

    coverage = fields.Text(
        "Fields",
        help="One model per line, then its fields; * means all others.",
        groups="base.group_no_one,mairie_rdv.group_dpo",
    )
