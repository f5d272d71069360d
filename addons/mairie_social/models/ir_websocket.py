from odoo import models


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Listen to one's own audiences; what comes there says nothing by itself."""
        channels = super()._build_bus_channel_list(list(channels))
        if self.env.user._is_internal():
            Audience = self.env["mairie.social.audience"]
            channels.extend(Audience.browse(Audience._get_ids_of_user()))
        return channels
