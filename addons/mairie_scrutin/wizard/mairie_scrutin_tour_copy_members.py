from odoo import fields, models
from odoo.exceptions import UserError


class MairieScrutinTourCopyMembers(models.TransientModel):
    """Take the members of a former round into this one."""

    _name = "mairie.scrutin.tour.copy_members"
    _description = "Copy the Members of Another Round"

    tour_id = fields.Many2one("mairie.scrutin.tour", "Round", required=True)
    company_id = fields.Many2one(related="tour_id.company_id")
    source_id = fields.Many2one(
        "mairie.scrutin.tour",
        "From",
        domain="[('id', '!=', tour_id), ('company_id', '=', company_id)]",
    )

    def action_copy(self):
        self.ensure_one()
        if not self.source_id:
            raise UserError(self.env._("Choose the round to copy from."))
        created, left = self.tour_id._copy_members_from(self.source_id)
        message = self.env._(
            "%(done)s members copied, %(left)s left out.",
            done=len(created),
            left=len(left),
        )
        if left:
            names = ", ".join(f"{row.code} {row.display_name}" for row in left[:10])
            message = f"{message} {names}"
        action = self.tour_id._notify_done(message)
        action["params"]["next"] = {"type": "ir.actions.act_window_close"}
        return action
