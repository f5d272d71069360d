from odoo import api, fields, models

# Minutes without a gesture, then the person says again who he is (ASVS 5, 7.3.1).
INACTIVITY = 30


class ResGroups(models.Model):
    """Some groups hold what must not fall into a stranger's hands."""

    _inherit = "res.groups"

    mairie_is_sensitive = fields.Boolean(
        "Sensitive Accounts",
        help="Its members sign in with two proofs, where the town hall asks for it.",
    )

    @api.model
    def _get_mairie_sensitive(self):
        return self.sudo().search([("mairie_is_sensitive", "=", True)])

    @api.model
    def _set_mairie_strong_login(self, wanted):
        """Ask again who sits there after half an hour, or no longer.

        A shorter time that somebody chose stays.
        """
        for group in self._get_mairie_sensitive():
            known = group.lock_timeout_inactivity
            if wanted and not 0 < known <= INACTIVITY:
                group.lock_timeout_inactivity = INACTIVITY
            elif not wanted and known == INACTIVITY:
                group.lock_timeout_inactivity = 0
