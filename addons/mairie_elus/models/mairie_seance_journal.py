from odoo import fields, models

from ..lib import timing


class MairieSeanceJournal(models.Model):
    """What happened in a meeting, in its order: items taken, suspensions, the end."""

    _name = "mairie.seance.journal"
    _description = "Journal of a Meeting"
    _inherit = ["mairie.sealed.mixin"]
    _order = "seance_id, at, id"

    seance_id = fields.Many2one(
        "mairie.seance", "Meeting", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    kind = fields.Selection(
        [
            ("opened", "Meeting opened"),
            (timing.ITEM, "Item put to discussion"),
            (timing.SUSPENDED, "Meeting suspended"),
            (timing.RESUMED, "Meeting resumed"),
            ("deferred", "Item put off"),
            ("added", "Item added"),
            ("doors", "Closed doors asked for"),
            (timing.CLOSED, "Meeting closed"),
        ],
        "What",
        required=True,
    )
    point_id = fields.Many2one("mairie.point", "Item", ondelete="restrict")
    note = fields.Char("Why")
    at = fields.Datetime("When", required=True)
    user_id = fields.Many2one("res.users", "Noted by", required=True)
