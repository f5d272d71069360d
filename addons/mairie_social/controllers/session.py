from odoo.addons.web.controllers.session import Session
from odoo.http import request, route

from .kiosk import KIOSK_COOKIE


class MairieSession(Session):
    """Signing out takes the device off the pushes, whatever its browser does."""

    def _never_readonly(self, rule, args):
        """Odoo's two routes only read; these also take a device off."""
        return False

    @route(readonly=_never_readonly)
    def logout(self, redirect="/odoo"):
        self._forget_device()
        response = super().logout(redirect=redirect)
        if request.httprequest.cookies.get(KIOSK_COOKIE):
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    @route(readonly=_never_readonly)
    def destroy(self):
        self._forget_device()
        return super().destroy()

    def _forget_device(self):
        if request.session.uid and request.db:
            devices = request.env["mail.push.device"].sudo()
            devices._forget_session(request.session.sid)
