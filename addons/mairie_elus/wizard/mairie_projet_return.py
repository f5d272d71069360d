from odoo import fields, models


class MairieProjetReturn(models.TransientModel):
    _name = "mairie.projet.return"
    _description = "Send a Draft Back"

    projet_id = fields.Many2one(
        "mairie.projet", "Draft", required=True, readonly=True, ondelete="cascade"
    )
    reason = fields.Text("What is to be changed", required=True)

    def action_return(self):
        self.ensure_one()
        self.projet_id._send_back(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
