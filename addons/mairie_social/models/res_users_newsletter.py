from odoo import api, fields, models
from odoo.tools import verify_hash_signed

from .mairie_social_newsletter_send import UNSUBSCRIBE_SCOPE


class ResUsers(models.Model):
    """Each one says whether the internal letter also comes by e-mail."""

    _inherit = "res.users"

    mairie_newsletter_mail = fields.Boolean(
        "Internal Letter by E-mail",
        default=True,
        help="It stays in the feed in any case.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["mairie_newsletter_mail"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["mairie_newsletter_mail"]

    @api.model
    def _get_newsletter_user(self, token):
        """:return: the user named by the signed address of an e-mail, sudoed, or none"""
        try:
            values = verify_hash_signed(self.env(su=True), UNSUBSCRIBE_SCOPE, token)
        except ValueError:
            values = None
        return self.sudo().browse(values[0] if values else []).exists()
