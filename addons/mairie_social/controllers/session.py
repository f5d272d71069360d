from odoo.addons.web.controllers.session import Session
from odoo.http import request, route

from .kiosk import KIOSK_COOKIE


class MairieSession(Session):
    """Signing out takes the device off the pushes, whatever its browser does."""

    @route()
    def logout(self, redirect="/odoo"):
        self._forget_device()
        response = super().logout(redirect=redirect)
        if request.httprequest.cookies.get(KIOSK_COOKIE):
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    @route()
    def destroy(self):
        self._forget_device()
        return super().destroy()

    def _forget_device(self):
        """In a transaction of its own: these two routes only read."""
        if not request.session.uid or not request.db:
            return
        with request.env.registry.cursor() as cr:
            devices = request.env(cr=cr)["mail.push.device"].sudo()
            devices._forget_session(request.session.sid)
