from odoo import api, fields, models
from odoo.exceptions import AccessError


class MairieSocialDataLog(models.Model):
    """Who exported or erased whose data, and what the purges took: added to, never cut."""

    _name = "mairie.social.data.log"
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
    by_id = fields.Many2one("res.users", readonly=True)
    create_date = fields.Datetime("On", readonly=True)

    def write(self, vals):
        if vals:
            raise AccessError(self.env._("This record is never changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("This record is never deleted."))
