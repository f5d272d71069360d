from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize

# Shorter than any French number: a staff number or a name with figures in it.
PHONE_DIGITS = 9


class ResUsers(models.Model):
    """Agents and members of the council sign in with what they remember."""

    _inherit = "res.users"

    @api.model
    def _get_login_domain(self, login):
        """Accept the login itself first, else an e-mail or a telephone number.

        What several users share opens nothing: a password must meet one person.
        """
        domain = super()._get_login_domain(login)
        users = self.sudo()
        if users.search_count(domain, limit=1):
            return domain
        for other in self._get_mairie_login_domains(login):
            found = users.search(other, limit=2)
            if len(found) == 1:
                return Domain("id", "=", found.id)
        return domain

    def _get_mairie_login_domains(self, login):
        """Hook: other ways to name a user, the surest first."""
        email = email_normalize(login)
        if email:
            return [Domain("partner_id.email_normalized", "=", email)]
        if sum(map(str.isdigit, login)) < PHONE_DIGITS:
            return []
        country = self.env.company.country_id or self.env.ref("base.fr")
        phone = self._phone_format(number=login, country=country)
        domains = [Domain("partner_id.phone_mobile_search", "=", login)]
        if phone:
            domains.insert(0, Domain("partner_id.phone_sanitized", "=", phone))
        return domains

    def _mfa_type(self):
        """A second proof for sensitive accounts: by e-mail where there is no other."""
        known = super()._mfa_type()
        if known is None and self._is_mairie_strong():
            return "totp_mail"
        return known

    def _is_mairie_strong(self):
        """Whether the town hall asks two proofs of this user."""
        return self._asks_mairie_strong_login() and any(
            self.sudo().all_group_ids.mapped("mairie_is_sensitive")
        )

    @api.model
    def _asks_mairie_strong_login(self):
        """Whether the town hall asks two proofs of sensitive accounts."""
        params = self.env["ir.config_parameter"].sudo()
        return params.get_param("mairie_base.strong_login") == "True"

    @api.model
    def _get_mairie_without_proof(self):
        """Users with a sensitive role who could give no second proof."""
        groups = self.env["res.groups"]._get_mairie_sensitive()
        users = self.sudo().search([("all_group_ids", "in", groups.ids)])
        return users.filtered(
            lambda user: (
                not user.email
                and not user.totp_enabled
                and not user.auth_passkey_key_ids
            )
        )

    @api.model
    def _find_mairie_holders(self, group, company):
        """Return the active users of a group in a commune, sudoed.

        :param group: xmlid of the group; those who imply it count
        """
        users = self.env.ref(group).sudo().all_user_ids
        return users.filtered(lambda user: user.active and company in user.company_ids)

    def _init_odoobot(self):
        """No robot starts a conversation with whoever signs in for the first time.

        Called where the stock robot is installed; its state is then "disabled".
        """
        if "odoobot_state" in self._fields:
            self.sudo().odoobot_state = "disabled"
        return self.env["discuss.channel"]
