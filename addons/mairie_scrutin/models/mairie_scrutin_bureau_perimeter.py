from datetime import date, timedelta

from odoo import fields, models
from odoo.exceptions import UserError


# One file for each concern of a station: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinBureau(models.Model):
    """Perimeters change on 1 January; what was before stays, with its results (R40)."""

    _inherit = "mairie.scrutin.bureau"

    def action_new_perimeter(self):
        """End these stations on 31 December and open their successors on 1 January."""
        self.env["mairie.scrutin.membre"]._check_organiser()
        today = fields.Date.context_today(self)
        start = date(today.year + 1, 1, 1)
        if self.filtered("active_to"):
            raise UserError(
                self.env._("Station %s already has an end.", self[0].display_name)
            )
        self.write({"active_to": start - timedelta(days=1)})
        successors = self.browse()
        for bureau in self:
            successor = bureau.copy({"active_from": start, "predecessor_id": bureau.id})
            successors |= successor
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_bureau_action"
        )
        return dict(action, domain=[("id", "in", (self | successors).ids)])

    def action_import_map(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_bureau_map_action"
        )

    def action_import_table(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_table_import_action"
        )
