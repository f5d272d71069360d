from odoo import models


class MairieScrutinAcces(models.Model):
    _inherit = "mairie.scrutin.acces"

    def _get_phone_texts(self):
        return {}
