from odoo import models


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Listen to the places of which one is; what comes there is a number only."""
        channels = super()._build_bus_channel_list(list(channels))
        if self.env.user.has_group("mairie_rdv.group_accueil"):
            channels.extend(self.env["mairie.rdv.lieu"]._get_own_lieux())
        return channels
