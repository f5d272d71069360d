from odoo import models


class MairieSeance(models.Model):
    """The documents of a meeting are read once its members are convened."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    def _convene(self, *args, **kwargs):
        result = super()._convene(*args, **kwargs)
        self.env.ref("mairie_elus.cron_read_texts").sudo()._trigger()
        return result
