from odoo import fields, models


class MairieSocialDataLog(models.Model):
    """Who exported or erased whose data, and what the purges took: added to, never cut."""

    _name = "mairie.social.data.log"
    _inherit = ["mairie.sealed.mixin"]
    _description = "Log of Personal Data"
    _order = "id desc"
    _rec_name = "action"

    action = fields.Selection(
        [("export", "Exported"), ("erase", "Erased"), ("purge", "Purged")],
        required=True,
        readonly=True,
    )
    number = fields.Char("Account", readonly=True)
    detail = fields.Char(readonly=True)
    count = fields.Integer(readonly=True)
    by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    create_date = fields.Datetime("On", readonly=True)
