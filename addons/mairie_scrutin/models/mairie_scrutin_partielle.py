from odoo import fields, models


class MairieScrutin(models.Model):
    """A partial election: only its own constituency votes."""

    _inherit = "mairie.scrutin"

    is_partial = fields.Boolean(
        "Partial Election",
        help="Results open at the last closing of the constituency, not of the whole "
        "country (Code électoral, L52-2).",
    )
