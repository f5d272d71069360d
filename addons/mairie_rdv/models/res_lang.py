from odoo import models


class ResLang(models.Model):
    _inherit = "res.lang"

    def write(self, vals):
        """A language that is switched on finds the ready-made procedures in it."""
        done = super().write(vals)
        if vals.get("active"):
            demarches = self.env["mairie.rdv.demarche"].sudo()
            demarches._translate_ready_made(self.mapped("code"))
        return done
