from odoo import fields, models


class MairieScrutinBureauTourReopen(models.TransientModel):
    """Ask the reason before a validated station is opened again."""

    _name = "mairie.scrutin.bureau.tour.reopen"
    _description = "Reopen a Polling Station"

    bureau_tour_id = fields.Many2one(
        "mairie.scrutin.bureau.tour", "Station", required=True, readonly=True
    )
    reason = fields.Char(required=True)

    def action_reopen(self):
        self.ensure_one()
        self.bureau_tour_id._reopen(self.reason)
        return {"type": "ir.actions.act_window_close"}
