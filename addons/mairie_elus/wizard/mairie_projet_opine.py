from odoo import api, fields, models
from odoo.exceptions import UserError


class MairieProjetOpine(models.TransientModel):
    _name = "mairie.projet.opine"
    _description = "Give an Opinion"

    projet_id = fields.Many2one(
        "mairie.projet", "Draft", required=True, readonly=True, ondelete="cascade"
    )
    service_id = fields.Many2one(related="projet_id.service_id")
    note = fields.Html(related="projet_id.note")
    text = fields.Html(related="projet_id.text")
    comment = fields.Text("Your remarks")
    due_date = fields.Date(compute="_compute_due_date")

    @api.depends("projet_id")
    @api.depends_context("uid")
    def _compute_due_date(self):
        for wizard in self:
            wizard.due_date = wizard._get_avis().due_date

    def _get_avis(self):
        return self.projet_id.avis_ids.filtered(
            lambda avis: avis.user_id == self.env.user
        )

    def action_favourable(self):
        return self._give("favourable")

    def action_reserved(self):
        return self._give("reserved")

    def action_unfavourable(self):
        return self._give("unfavourable")

    def _give(self, opinion):
        self.ensure_one()
        avis = self._get_avis()
        if not avis:
            raise UserError(self.env._("No opinion is asked of you here."))
        avis._give(opinion, self.comment)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
