from odoo import fields, models


class MairieSeanceConveneBlocker(models.TransientModel):
    """One thing to settle before sending, with the way to it."""

    _name = "mairie.seance.convene.blocker"
    _description = "What Stops a Sending"

    convene_id = fields.Many2one("mairie.seance.convene", ondelete="cascade")
    name = fields.Char("To settle", readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)

    def action_open(self):
        """Open the record where it is mended."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
            "target": "current",
        }
