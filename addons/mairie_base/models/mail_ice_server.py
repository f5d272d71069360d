from urllib.parse import urlsplit

from odoo import models


class MailIceServer(models.Model):
    """Calls find their way through the town's own server, never through a third party's."""

    _inherit = "mail.ice.server"

    def _get_local_ice_servers(self):
        """Without any server, browsers would ask a company abroad for their address.

        The town's own host is named instead: a relay may be installed there; without
        one, calls still connect inside the same network.
        """
        servers = super()._get_local_ice_servers()
        return servers or [{"urls": f"stun:{self._get_mairie_relay_host()}:3478"}]

    def _get_mairie_relay_host(self):
        """Hook: the host of the town's relay, by default that of Odoo itself."""
        return urlsplit(self.get_base_url()).hostname or "localhost"
