from odoo import api, models
from odoo.exceptions import AccessError, UserError

ACTIVE = [("uri", "!=", False)]
NOWHERE = ".invalid"  # RFC 2606: a name that never leads anywhere
FOREIGN_RELAYS = ("google", "twilio", "mozilla", "cloudflare")


class MairieSocialSovereignty(models.AbstractModel):
    """What leaves for a third party, one line each: « coupé » or « sort de France »."""

    _name = "mairie.social.sovereignty"
    _description = "Third Parties"

    @api.model
    def get_checks(self):
        """:return: list of dict key, name, is_cut, detail, may_cut (a button cuts it)"""
        self._check_may_see()
        return [
            self._check_relay(),
            self._check_sfu(),
            self._check_param(
                "gif",
                self.env._("Moving pictures (Tenor, Google)"),
                "discuss.tenor_api_key",
            ),
            self._check_param(
                "translate",
                self.env._("Translation of messages (Google)"),
                "mail.google_translate_api_key",
            ),
            self._check_previews(),
            self._check_iap(),
            self._check_sms(),
            self._check_push(),
        ]

    @api.model
    def cut(self, key):
        """Cut one third party; what would have gone there no longer does.

        :return: see :meth:`get_checks`
        """
        self._check_may_see()
        params = {
            "gif": ("discuss.tenor_api_key", False),
            "translate": ("mail.google_translate_api_key", False),
            "preview": ("mail.link_preview_throttle", "0"),
            "relay": ("mail.use_twilio_rtc_servers", False),
            "iap": ("iap.endpoint", f"https://coupe{NOWHERE}"),
        }
        if key not in params:
            raise UserError(
                self.env._("This one is cut by the person in charge of IT.")
            )
        name, value = params[key]
        self.env["ir.config_parameter"].sudo().set_param(name, value)
        if key == "relay":
            servers = self.env["mail.ice.server"].sudo().search(ACTIVE)
            servers.filtered(self._is_foreign).unlink()
        return self.get_checks()

    @api.model
    def _is_all_green(self):
        return all(line["is_cut"] for line in self._get_checks_sudo())

    @api.model
    def _get_checks_sudo(self):
        return self.sudo().get_checks()

    @api.model
    def _prepare_check(self, key, name, is_cut, detail="", may_cut=False):
        return {
            "key": key,
            "name": name,
            "is_cut": bool(is_cut),
            "detail": detail,
            "may_cut": may_cut and not is_cut,
        }

    @api.model
    def _get_param(self, name):
        return self.env["ir.config_parameter"].sudo().get_param(name)

    @api.model
    def _check_param(self, key, name, param):
        is_set = self._get_param(param)
        detail = self.env._("A key is set.") if is_set else self.env._("No key is set.")
        return self._prepare_check(key, name, not is_set, detail, may_cut=True)

    @api.model
    def _is_foreign(self, server):
        return any(word in (server.uri or "").lower() for word in FOREIGN_RELAYS)

    @api.model
    def _check_relay(self):
        servers = self.env["mail.ice.server"].sudo().search(ACTIVE)
        foreign = servers.filtered(self._is_foreign)
        uses_twilio = self._get_param("mail.use_twilio_rtc_servers")
        detail = ", ".join(foreign.mapped("uri")) or self.env._(
            "The town's own server."
        )
        return self._prepare_check(
            "relay",
            self.env._("Relay of video calls (STUN, TURN)"),
            not foreign and not uses_twilio,
            detail,
            may_cut=True,
        )

    @api.model
    def _check_sfu(self):
        url = self._get_param("mail.sfu_server_url") or ""
        host = self.get_base_url().split("://")[-1].split("/")[0].split(":")[0]
        town = ".".join(host.split(".")[-2:])
        return self._prepare_check(
            "sfu",
            self.env._("Server of calls of more than three people"),
            not url or town in url,
            url or self.env._("None: calls go from one telephone to the other."),
        )

    @api.model
    def _check_previews(self):
        throttle = self._get_param("mail.link_preview_throttle")
        is_cut = throttle == "0"
        detail = (
            self.env._("Links stay links.")
            if is_cut
            else self.env._("The server opens each address that is written.")
        )
        return self._prepare_check(
            "preview", self.env._("Previews of links"), is_cut, detail, may_cut=True
        )

    @api.model
    def _check_iap(self):
        endpoint = self._get_param("iap.endpoint") or ""
        is_cut = endpoint.endswith(NOWHERE)
        detail = (
            self.env._("Their address leads nowhere.")
            if is_cut
            else self.env._("Names typed in forms may be sent there to be completed.")
        )
        return self._prepare_check(
            "iap",
            self.env._("Paid services of the publisher (IAP)"),
            is_cut,
            detail,
            may_cut=True,
        )

    @api.model
    def _check_sms(self):
        modules = self.env["ir.module.module"].sudo()
        found = modules.search(
            [("name", "in", ("sms", "sms_twilio")), ("state", "=", "installed")]
        )
        sends = self._get_param("mairie_rdv.sms_provider")
        return self._prepare_check(
            "sms",
            self.env._("Text messages"),
            not found or not sends,
            self.env._("Nothing is sent.")
            if not (found and sends)
            else self.env._("A provider is set: check where it stands."),
        )

    @api.model
    def _check_push(self):
        """Pushes pass by the makers of browsers; encrypted, without a name, optional."""
        count = self.env["mail.push.device"].sudo().search_count([])
        return self._prepare_check(
            "push",
            self.env._("Notifications of telephones"),
            True,
            self.env._(
                "%s Encrypted end to end, no name inside; each one may refuse.",
                self._count_devices(count),
            ),
        )

    @api.model
    def _count_devices(self, count):
        """:return: one sentence, right for none, one or several"""
        if count > 1:
            return self.env._("%s devices.", count)
        return self.env._("1 device.") if count else self.env._("No device.")

    @api.model
    def _check_may_see(self):
        user = self.env.user
        if not self.env.su and not (
            user.has_group("mairie_base.group_manager")
            or user.has_group("mairie_social.group_dpo")
        ):
            raise AccessError(self.env._("Only a manager or the DPO sees this page."))
