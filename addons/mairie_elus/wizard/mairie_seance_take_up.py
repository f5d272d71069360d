from odoo import api, fields, models
from odoo.exceptions import UserError


class MairieSeanceTakeUp(models.TransientModel):
    """Take items up from a past meeting: those that come back each time."""

    _name = "mairie.seance.take.up"
    _description = "Copy from a Past Meeting"

    seance_id = fields.Many2one(
        "mairie.seance", "Meeting", required=True, readonly=True, ondelete="cascade"
    )
    instance_id = fields.Many2one(related="seance_id.instance_id")
    date_start = fields.Datetime(related="seance_id.date_start")
    source_id = fields.Many2one(
        "mairie.seance",
        "Copy from",
        required=True,
        domain="[('instance_id', '=', instance_id), ('date_start', '<', date_start), "
        "('id', '!=', seance_id), ('state', '!=', 'cancelled')]",
    )
    point_ids = fields.Many2many(
        "mairie.point",
        string="Items",
        compute="_compute_point_ids",
        store=True,
        readonly=False,
        domain="[('seance_id', '=', source_id)]",
    )
    with_notes = fields.Boolean("With their notes and texts", default=True)
    with_pieces = fields.Boolean("With their documents")

    @api.depends("source_id")
    def _compute_point_ids(self):
        for wizard in self:
            wizard.point_ids = wizard.source_id.point_ids

    def action_copy(self):
        """Add the items at the end of the agenda, in their order."""
        self.ensure_one()
        if not self.point_ids:
            raise UserError(self.env._("Choose one item at least."))
        last = max(self.seance_id.point_ids.mapped("sequence"), default=0)
        for rank, point in enumerate(self.point_ids.sorted("rank"), 1):
            copied = point.copy({**self._prepare_copy_vals(), "sequence": last + rank})
            if not self.with_pieces:
                copied.annexe_ids.unlink()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _prepare_copy_vals(self):
        """Return what changes in a copied item."""
        vals = {"seance_id": self.seance_id.id}
        if not self.with_notes:
            vals.update(note=False, text=False)
        return vals
