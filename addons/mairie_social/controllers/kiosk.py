from odoo.addons.mairie_base.controllers.public import PublicController
from odoo.http import request, route

KIOSK_COOKIE = "mairie_kiosk"
YEAR = 365 * 24 * 3600
SHOW = {"type": "http", "auth": "public", "website": True, "sitemap": False}


class KioskController(PublicController):
    """« Borne »: a tablet that everybody uses, at the depot or in the break room."""

    @route("/borne", methods=["GET"], **SHOW)
    def kiosk(self, **params):
        return self._render_public(
            "mairie_social.public_kiosk",
            {"is_kiosk": bool(request.httprequest.cookies.get(KIOSK_COOKIE))},
        )

    @route("/borne", methods=["POST"], **SHOW)
    def make_kiosk(self, shared="", **form):
        """Make this tablet a shared one, or give it back to one person."""
        response = request.redirect("/borne", code=303)
        if shared:
            response.set_cookie(
                KIOSK_COOKIE, "1", max_age=YEAR, httponly=True, samesite="Lax"
            )
        else:
            response.delete_cookie(KIOSK_COOKIE)
        return response
