from odoo import SUPERUSER_ID, api, models
from odoo.fields import Domain


class IrRule(models.Model):
    _inherit = "ir.rule"

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        """A dialog of ours is its author's alone: what he typed is not shared yet.

        Odoo says so of every dialog, and leaves it to the rules of each. Lines may be
        worked out in the name of the system.
        """
        domain = super()._compute_domain(model_name, mode)
        if self.env[model_name]._transient and model_name.startswith("mairie."):
            domain &= Domain("create_uid", "in", (self.env.uid, SUPERUSER_ID))
        return domain
