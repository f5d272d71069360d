from odoo.addons.web.controllers.home import Home
from odoo.http import request, route

from .kiosk import KIOSK_COOKIE


class MairieHome(Home):
    """The web client of a shared tablet asks « Toujours là ? »."""

    @route()
    def web_client(self, s_action=None, **kw):
        response = super().web_client(s_action, **kw)
        info = (getattr(response, "qcontext", None) or {}).get("session_info")
        if info is not None:
            info["mairie_kiosk_seconds"] = self._get_kiosk_seconds()
        return response

    def _get_kiosk_seconds(self):
        """:return: seconds at rest before the question; 0 on the device of one person"""
        if not request.httprequest.cookies.get(KIOSK_COOKIE):
            return 0
        return request.env.company.mairie_social_kiosk_seconds
