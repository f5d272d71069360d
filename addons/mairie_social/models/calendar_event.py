from odoo import fields, models


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    mairie_group_id = fields.Many2one(
        "mairie.social.group", "Group", index="btree_not_null", ondelete="set null"
    )
