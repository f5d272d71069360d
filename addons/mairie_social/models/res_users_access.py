import secrets

from odoo import api, models
from odoo.exceptions import AccessDenied, UserError
from odoo.fields import Domain


class ResUsers(models.Model):
    """Agents without e-mail: how they sign in, and what they are never sent."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        """Whoever has no e-mail is told inside, never by e-mail."""
        for vals in vals_list:
            if not vals.get("email") and "notification_type" not in vals:
                is_internal = not vals.get("share")
                vals.update({"notification_type": "inbox"} if is_internal else {})
        users = super().create(vals_list)
        portal = users.filtered(
            lambda user: user.share and user.notification_type == "inbox"
        )
        portal.notification_type = "email"
        return users

    def _get_mairie_login_domains(self, login):
        """A staff number opens, also where the login is something else."""
        domains = super()._get_mairie_login_domains(login)
        number = (login or "").strip()
        if number.isalnum():
            staff = Domain("barcode", "=", number)
            domains.insert(0, Domain("employee_ids", "any", staff))
        return domains

    def _login(self, credential, user_agent_env):
        """Count wrong passwords by account, and answer unknown accounts as slowly."""
        if credential.get("type", "password") != "password":
            return super()._login(credential, user_agent_env)
        login = credential.get("login") or ""
        user = self.sudo().search(self._get_login_domain(login), limit=1)
        Lockout = self.env["mairie.social.lockout"]
        key = Lockout._get_key(user, login)
        Lockout._check(key)
        try:
            info = super()._login(credential, user_agent_env)
        except AccessDenied:
            Lockout._count_failure(key)
            if not user:
                self._crypt_context().hash(credential.get("password") or "")
            raise
        Lockout._forget(key)
        return info

    def _check_uid_passwd(self, uid, passwd):
        """Programs that give a password with each call are counted as people are."""
        Lockout = self.env["mairie.social.lockout"]
        key = Lockout._get_key(self.browse(uid), "")
        Lockout._check(key)
        try:
            return super()._check_uid_passwd(uid, passwd)
        except AccessDenied:
            Lockout._count_failure(key)
            raise

    def _action_reset_password(self, signup_type="reset"):
        """Whoever has no e-mail gets a letter, not an error about an address."""
        without = self.filtered(lambda user: not user.email)
        if without and not self.env.context.get("create_user"):
            raise UserError(
                self.env._(
                    "%s has no e-mail: print a new letter under Accesses and letters.",
                    ", ".join(without.mapped("name")),
                )
            )
        return super(ResUsers, self - without)._action_reset_password(signup_type)

    def _notify_security_setting_update(self, subject, content, mail_values=None, **kw):
        """No e-mail without a recipient; Odoo would queue one for ever."""
        reached = self.filtered("email")
        if not reached:
            return None
        return super(ResUsers, reached)._notify_security_setting_update(
            subject, content, mail_values=mail_values, **kw
        )

    def _mairie_sign_out_everywhere(self):
        """End every session of ``self``: keys, password and pushes of a lost telephone."""
        for user in self.sudo():
            user.auth_passkey_key_ids.unlink()
            user._change_password(secrets.token_urlsafe(32))
        devices = self.env["mail.push.device"].sudo()
        devices.search([("partner_id", "in", self.partner_id.ids)]).unlink()
