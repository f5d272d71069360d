from odoo import models


class IrHttp(models.AbstractModel):
    """What the web client is told when a session starts."""

    _inherit = "ir.http"

    def session_info(self):
        """Keep the web client from sending the town's address to the publisher.

        Where the stock autocompletion is installed, the first administrator who signs
        in would make the server ask a company abroad about the commune.
        """
        info = super().session_info()
        if "iap_company_enrich" in info:
            info["iap_company_enrich"] = False
        return info
