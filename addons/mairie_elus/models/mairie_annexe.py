from odoo import api, fields, models
from odoo.fields import Domain


class MairieAnnexe(models.Model):
    """A document of an agenda item, with its own access: its file has no other parent."""

    _name = "mairie.annexe"
    _description = "Document of an Agenda Item"
    _inherit = ["mairie.piece.mixin"]
    _order = "point_id, sequence, id"

    point_id = fields.Many2one(
        "mairie.point", "Item", required=True, ondelete="cascade", index=True
    )
    seance_id = fields.Many2one(related="point_id.seance_id", store=True, index=True)
    company_id = fields.Many2one(related="point_id.company_id", store=True)

    @api.model_create_multi
    def create(self, vals_list):
        annexes = super().create(vals_list)
        annexes.point_id._check_agenda_open()
        return annexes

    def write(self, vals):
        self.point_id._check_agenda_open()
        result = super().write(vals)
        if {"point_id", "seance_id"} & vals.keys():
            self.point_id._check_agenda_open()
            self.seance_id._check_not_convened()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_while_open(self):
        self.point_id._check_agenda_open()

    @api.model
    def _get_waiting_domain(self):
        open_agenda = Domain("seance_id.state", "in", ("draft", "ready"))
        return super()._get_waiting_domain() & open_agenda
