from odoo import models


class IrWebsocket(models.AbstractModel):
    """Operators hear that the night room changed; the message holds no figure."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        channels = super()._build_bus_channel_list(list(channels))
        if self.env.user.has_group("mairie_scrutin.group_operateur"):
            channels.append(self.env.ref("mairie_scrutin.group_operateur").sudo())
        return channels
