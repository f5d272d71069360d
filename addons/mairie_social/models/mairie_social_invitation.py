import base64
import io
import secrets
from datetime import timedelta

import qrcode
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import consteq

from ..lib.access_code import clean_code, digest, make_code, show_code

KEPT_DAYS = 90


class MairieSocialInvitation(models.Model):
    """A letter that opens one account once, by a QR code or a code typed by hand.

    Of both only digests are kept: a letter cannot be printed twice, another one is
    made and the former dies.
    """

    _name = "mairie.social.invitation"
    _description = "Letter of Access"
    _order = "id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="cascade"
    )
    token_hash = fields.Char(
        readonly=True, groups="base.group_system", export_string_translation=False
    )
    code_hash = fields.Char(
        readonly=True, groups="base.group_system", export_string_translation=False
    )
    expires_at = fields.Datetime("Valid Until", required=True, readonly=True)
    used_at = fields.Datetime("Used On", readonly=True)
    revoked_at = fields.Datetime("Cancelled On", readonly=True)
    create_uid = fields.Many2one("res.users", "Printed By", readonly=True)
    create_date = fields.Datetime("Printed On", readonly=True)

    _token_uniq = models.UniqueIndex("(token_hash) WHERE token_hash IS NOT NULL")
    _alive_uniq = models.UniqueIndex(
        "(user_id) WHERE used_at IS NULL AND revoked_at IS NULL"
    )

    @api.model
    def _renew(self, users):
        """Make one letter for each of ``users``; their former letters die.

        :return: list of dict user, token, code, expires_at; nothing of the secrets stays
        """
        self._revoke_for(users)
        until = fields.Datetime.now() + timedelta(days=self._get_days())
        letters = []
        for user in users:
            token, code = secrets.token_urlsafe(16), make_code(secrets.choice)
            letters.append(
                {"user": user, "token": token, "code": code, "expires_at": until}
            )
            self.env["mairie.social.lockout"]._forget(f"user:{user.id}")
        self.sudo().create([self._prepare_vals(letter) for letter in letters])
        return letters

    def _prepare_vals(self, letter):
        return {
            "user_id": letter["user"].id,
            "token_hash": digest(letter["token"]),
            "code_hash": digest(letter["code"]),
            "expires_at": letter["expires_at"],
        }

    @api.model
    def _revoke_for(self, users):
        """Kill the letters of ``users`` that nobody has used."""
        alive = [("used_at", "=", False), ("revoked_at", "=", False)]
        domain = [("user_id", "in", users.ids), *alive]
        self.sudo().search(domain).revoked_at = fields.Datetime.now()
        self.flush_model()

    @api.model
    def _get_days(self):
        """:return: days for which a letter is good, 21 unless the town says otherwise"""
        return self.env.company.mairie_social_letter_days

    @api.model
    def _find(self, token):
        """:return: the living letter behind a QR code, sudoed, or an empty set"""
        found = self.sudo()
        if token and len(token) <= 64:
            found = found.search([("token_hash", "=", digest(token))])
        return found if found and found._is_alive() else found.browse()

    @api.model
    def _find_used(self, token):
        """:return: a letter that is known but opens nothing any more, sudoed"""
        if not token or len(token) > 64:
            return self.sudo().browse()
        return self.sudo().search([("token_hash", "=", digest(token))])

    @api.model
    def _find_by_code(self, login, typed):
        """Find a letter by what is typed by hand; mistakes are counted by account.

        :param login: staff number, telephone or e-mail
        :param typed: code of the letter, as typed
        :return: the letter, sudoed, or an empty set
        :raise AccessDenied: too many mistakes for this account
        """
        Users = self.env["res.users"].sudo()
        Lockout = self.env["mairie.social.lockout"]
        user = Users.search(Users._get_login_domain((login or "").strip()), limit=1)
        key = Lockout._get_key(user, login)
        Lockout._check(key)
        alive = [("used_at", "=", False), ("revoked_at", "=", False)]
        letter = self.sudo().search([("user_id", "=", user.id), *alive])
        wanted = digest(clean_code(typed) or " ")
        if letter and letter._is_alive() and consteq(letter.code_hash, wanted):
            Lockout._forget(key)
            return letter
        Lockout._count_failure(key)
        return self.sudo().browse()

    def _is_alive(self):
        self.ensure_one()
        return (
            not self.used_at
            and not self.revoked_at
            and self.expires_at > fields.Datetime.now()
            and self.user_id.active
        )

    def _consume(self):
        """Use a letter, once: of two visitors at the same moment one is refused.

        :raise AccessError: it was used in between
        """
        self.ensure_one()
        letter = self.sudo().try_lock_for_update()
        letter.invalidate_recordset()
        if not letter or not letter._is_alive():
            raise AccessError(self.env._("This letter has already been used."))
        letter.used_at = fields.Datetime.now()
        letter.flush_recordset()

    @api.model
    def _draw_qr(self, url):
        """:return: a QR code as a ``data:`` address

        Points, not curves: a PDF of two hundred letters takes a third less time.
        """
        target = io.BytesIO()
        qrcode.make(url, border=2).save(target, "PNG")
        data = base64.b64encode(target.getvalue()).decode()
        return f"data:image/png;base64,{data}"

    @api.model
    def _prepare_letter(self, letter, helper):
        """:return: dict of what the sheet of one agent shows"""
        user, company = letter["user"], letter["user"].company_id
        base = self.get_base_url()
        return {
            "name": user.name,
            "number": user.login,
            "qr": self._draw_qr(f"{base}/entrer/{letter['token']}"),
            "address": f"{base}/entrer".split("://", 1)[1],
            "code": show_code(letter["code"]),
            "until": company._mairie_local_date(letter["expires_at"]),
            "helper": helper.name or "",
            "phone": helper.phone or company.phone or "",
            "company": company,
        }

    @api.autovacuum
    def _gc_old(self):
        """Letters are forgotten ninety days after they died."""
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.sudo().search([("expires_at", "<", limit)]).unlink()
