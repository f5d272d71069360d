import hashlib
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq, hmac

SCOPE = "mairie_scrutin.device"
#: what a request of a phone reads of it, in one query
KNOWN = (
    *("acces_id", "company_id", "name", "secret_hash", "expires", "revoked"),
    *("last_seen", "last_seq"),
)


class MairieScrutinDevice(models.Model):
    """One phone that the president's code let in, bound to one access."""

    _name = "mairie.scrutin.device"
    _inherit = ["mairie.scrutin.protected"]
    _description = "Phone of a Station"
    _order = "id desc"
    _protected_fields = ("acces_id", "secret_hash", "expires", "revoked")

    acces_id = fields.Many2one(
        "mairie.scrutin.acces", "Access", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="acces_id.company_id", store=True)
    bureau_id = fields.Many2one(related="acces_id.bureau_id", store=True)
    name = fields.Char("Device", required=True)
    secret_hash = fields.Char(
        groups="base.group_system", export_string_translation=False
    )
    expires = fields.Datetime(readonly=True)
    revoked = fields.Boolean(readonly=True, copy=False)
    last_seen = fields.Datetime(readonly=True)
    last_seq = fields.Integer(
        "Last Number Sent", readonly=True, help="Grows with each sending of this phone."
    )
    skew_seconds = fields.Integer(
        "Clock Difference (s)",
        readonly=True,
        help="Clock of the phone minus clock of the server.",
    )

    @api.model
    def _let_in(self, acces, name):
        """Register a phone. :return: (device, its token, kept nowhere else)"""
        secret = secrets.token_urlsafe(16)
        device = self.sudo().create(
            {
                "acces_id": acces.id,
                "name": (name or "").strip()[:60] or self.env._("Phone"),
                "secret_hash": hashlib.sha256(secret.encode()).hexdigest(),
                "expires": acces.expires,
                "last_seen": fields.Datetime.now(),
            }
        )
        body = f"{device.id}.{secret}"
        return device, f"{body}.{device._sign(body)}"

    def _sign(self, body):
        """Binds the token to this phone, this station and this database."""
        message = (body, self.acces_id.id, self.acces_id.bureau_tour_id.id)
        return hmac(self.env(su=True), SCOPE, message)

    @api.model
    def _find(self, token):
        """Return the living device behind a token, sudoed, or an empty set."""
        nothing = self.sudo().browse()
        parts = (token or "").split(".")
        if len(parts) != 3 or not parts[0].isdigit() or len(token) > 200:
            return nothing
        if len(parts[0]) > 9 or not token.isascii():
            return nothing
        device = self.sudo().search_fetch([("id", "=", int(parts[0]))], KNOWN)
        if not device or device.revoked or not device.acces_id.token_hash:
            return nothing
        digest = hashlib.sha256(parts[1].encode()).hexdigest()
        signed = consteq(device._sign(".".join(parts[:2])), parts[2])
        if not (signed and consteq(digest, device.secret_hash)):
            return nothing
        return device if device.expires > fields.Datetime.now() else nothing

    def action_revoke(self):
        """This phone sends nothing any more; what it sent stays."""
        self.acces_id._check_manager()
        for device in self.filtered(lambda row: not row.revoked):
            device.sudo().revoked = True
            acces = device.acces_id
            acces.tour_id.sudo()._log(
                "revocation", device.name, stations=acces.bureau_tour_id
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Revoke this phone instead: the journal names it."))
