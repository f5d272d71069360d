import hashlib
import secrets

from odoo import api, fields, models
from odoo.tools import consteq


class MairieRdvAntsJeton(models.Model):
    """A token that the hub of France Titres shows when it asks us for times.

    Several may be valid at once: the next one is declared before the old one ends.
    Only a fingerprint is kept.
    """

    _name = "mairie.rdv.ants.jeton"
    _description = "Token of the Hub"
    _order = "valid_until desc, id desc"

    compte_id = fields.Many2one(
        "mairie.rdv.ants.compte", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="compte_id.company_id", store=True)
    name = fields.Char(
        "Remark", required=True, default=lambda self: self.env._("Hub of France Titres")
    )
    valid_until = fields.Date(help="Empty: until it is deleted.")
    fingerprint = fields.Char(
        groups=fields.NO_ACCESS, readonly=True, export_string_translation=False
    )
    ending = fields.Char("Ends With", readonly=True)
    given = fields.Char(
        "Token Received",
        compute="_compute_given",
        inverse="_inverse_given",
        help="Paste it here if France Titres gave one; otherwise press « New token ».",
    )

    @api.depends("fingerprint")
    def _compute_given(self):
        self.given = False

    def _inverse_given(self):
        for jeton in self:
            if jeton.given:
                jeton._keep(jeton.given.strip())

    def _keep(self, token):
        self.sudo().write(
            {"fingerprint": self._fingerprint(token), "ending": token[-4:]}
        )

    @api.model
    def _fingerprint(self, token):
        return hashlib.sha256(token.encode()).hexdigest()

    def action_generate(self):
        """Make a token and show it once, to be given to France Titres."""
        self.ensure_one()
        self.check_access("write")
        token = secrets.token_urlsafe(32)
        self._keep(token)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Give this token to France Titres"),
                "message": self.env._("%s: it is not shown again.", token),
                "type": "info",
                "sticky": True,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _find_company(self, token):
        """Return the company that a token opens, or None; all are compared."""
        fingerprint = self._fingerprint(token or "")
        today = fields.Date.today()
        company = None
        for jeton in self.sudo().search([("fingerprint", "!=", False)]):
            is_alive = not jeton.valid_until or jeton.valid_until >= today
            if consteq(jeton.fingerprint, fingerprint) and is_alive:
                company = jeton.company_id
        return company
