from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib import roll


class MairieDeport(models.Model):
    """A member takes no part in an item: neither debate nor vote."""

    _name = "mairie.deport"
    _description = "Member Standing Aside"
    _order = "point_id, id"

    point_id = fields.Many2one(
        "mairie.point", "Item", required=True, ondelete="cascade", index=True
    )
    seance_id = fields.Many2one(related="point_id.seance_id", store=True)
    company_id = fields.Many2one(related="point_id.company_id", store=True)
    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, ondelete="restrict"
    )
    ground = fields.Selection(
        [
            (roll.PERSONAL, "Personal interest (L2131-11)"),
            (roll.CONTRACT, "Represents the body that gets the contract (L1111-6)"),
            (roll.BARRED, "Barred by law (the mayor and his or her accounts)"),
        ],
        required=True,
        default=roll.PERSONAL,
    )

    _once = models.Constraint(
        "UNIQUE (point_id, partner_id)", "This member already stands aside."
    )

    @api.model_create_multi
    def create(self, vals_list):
        deports = super().create(vals_list)
        deports._check_not_voted()
        return deports

    def write(self, vals):
        self._check_not_voted()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_before_vote(self):
        self._check_not_voted()

    def _check_not_voted(self):
        if any(point._is_counted() for point in self.point_id):
            raise UserError(
                self.env._(
                    "This item was voted on: who stood aside does not change any more."
                )
            )
