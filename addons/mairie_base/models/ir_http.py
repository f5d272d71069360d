from odoo import models

from ..controllers.stale_form import answer_stale_form


class IrHttp(models.AbstractModel):
    """What the web client is told when a session starts, visitors when theirs ends."""

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

    @classmethod
    def _handle_error(cls, exception):
        """Give visitors their form back where Odoo says « session expired »."""
        response = super()._handle_error(exception)
        page = answer_stale_form(exception)
        if not page:
            return response
        cls._post_dispatch(page)
        return page
