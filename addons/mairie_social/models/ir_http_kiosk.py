from odoo import models
from odoo.http import request

KIOSK_COOKIE = "mairie_kiosk"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell the web client of a shared tablet when to ask « Toujours là ? »."""
        info = super().session_info()
        is_kiosk = bool(request and request.httprequest.cookies.get(KIOSK_COOKIE))
        seconds = self.env.company.mairie_social_kiosk_seconds or 120
        info["mairie_kiosk_seconds"] = seconds if is_kiosk else 0
        return info
