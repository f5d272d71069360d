import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import code


class MairieConvocationCode(models.Model):
    """A code sent to a member: it signs a pouvoir, or opens his private notes."""

    _name = "mairie.convocation.code"
    _description = "Code Sent to a Member"
    _order = "id desc"

    convocation_id = fields.Many2one(
        "mairie.convocation", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="convocation_id.company_id", store=True)
    purpose = fields.Selection(
        [("pouvoir", "Signs a pouvoir"), ("notes", "Opens the private notes")],
        required=True,
    )
    holder_id = fields.Many2one("res.partner", "Pouvoir to", ondelete="cascade")
    reason = fields.Selection(
        [("illness", "Illness, duly noted"), ("maternity", "Maternity leave")]
    )
    salt = fields.Char(required=True)
    digest = fields.Char(required=True)
    expires_at = fields.Datetime(required=True)
    tries = fields.Integer()
    used_at = fields.Datetime()

    @api.model
    def _send(self, convocation, purpose, **vals):
        """Send a code to the member of this notice.

        :raise ValidationError: no address is known, or too many were asked for
        """
        if not convocation.email:
            raise ValidationError(
                self.env._(
                    "No e-mail address of yours is known here: hand the signed paper to "
                    "the town hall, it counts as well."
                )
            )
        hour_ago = fields.Datetime.now() - timedelta(hours=1)
        asked = self.search_count(
            [
                ("convocation_id", "=", convocation.id),
                ("create_date", ">", hour_ago),
            ]
        )
        if asked >= code.MAX_PER_HOUR:
            raise ValidationError(
                self.env._("Too many codes in an hour: call the town hall.")
            )
        plain = f"{secrets.randbelow(10**code.DIGITS):0{code.DIGITS}d}"
        salt = secrets.token_hex(8)
        sent = self.create(
            {
                "convocation_id": convocation.id,
                "purpose": purpose,
                "salt": salt,
                "digest": code.digest(plain, salt),
                "expires_at": fields.Datetime.now() + code.LIFETIME,
                **vals,
            }
        )
        convocation._queue_code_mail(code.pretty(plain), purpose)
        return sent

    @api.model
    def _get_last(self, convocation, purpose):
        """Return the last code sent for this purpose that has not served yet."""
        domain = [
            ("convocation_id", "=", convocation.id),
            ("purpose", "=", purpose),
        ]
        last = self.search(domain, limit=1)
        return last.filtered(lambda row: not row.used_at)

    def _get_problem(self, typed):
        """Try a code: return None when it is right, else the sentence to show.

        A wrong one is counted, right ones serve once.
        """
        if not self:
            return self.env._("Ask for a code first.")
        verdict = code.verdict(
            typed or "",
            self.digest,
            self.salt,
            expires_at=self.expires_at,
            tries=self.tries,
            used=bool(self.used_at),
            now=fields.Datetime.now(),
        )
        if verdict == "ok":
            self.used_at = fields.Datetime.now()
            return None
        if verdict == "wrong":
            self.tries += 1
            return self.env._(
                "This is not the code. Read it again, or ask for another."
            )
        return self.env._("This code is not valid any more: ask for another.")

    @api.autovacuum
    def _gc_codes(self):
        """Forget codes the day after."""
        limit = fields.Datetime.now() - timedelta(days=1)
        self.sudo().search([("expires_at", "<", limit)]).unlink()
