from markupsafe import Markup
from odoo.addons.mairie_base.controllers.public import PublicController
from odoo.http import request, route

from .resultats import FRESH_SECONDS, OPTIONS


class MairieScrutinEcran(PublicController):
    """Screens of rooms: the same figures as the page, read from fifteen metres."""

    @route("/ecran/<string:token>", **OPTIONS)
    def screen(self, token, **params):
        found = request.env["mairie.scrutin.ecran"]._get_by_token(token)
        if not found:
            return self._public_not_found()
        fragment = request.env["ir.qweb"]._render(
            "mairie_scrutin.screen_fragment", found._prepare_screen()
        )
        values = {
            "fragment": Markup(fragment),  # made by our own template
            "screen_url": f"/ecran/{token}/direct",
            "theme": found.theme,
            "screen_name": found.name,
        }
        response = self._render_public("mairie_scrutin.screen_page", values)
        return self._in_our_frame(response)

    @route("/ecran/<string:token>/direct", **OPTIONS)
    def live(self, token, **params):
        found = request.env["mairie.scrutin.ecran"]._get_by_token(token)
        if not found:
            return self._public_not_found()
        etag = found._get_version()
        response = request.make_response("", [("Content-Type", "text/html")])
        response.set_etag(etag)
        response.headers["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        self._drop_language_cookie()
        if etag in request.httprequest.headers.get("If-None-Match", ""):
            response.status_code = 304
            return response
        html = request.env["ir.qweb"]._render(
            "mairie_scrutin.screen_fragment", found._prepare_screen()
        )
        response.set_data(str(html))
        return response

    def _in_our_frame(self, response):
        """The form of the screen shows it in a frame; its address goes nowhere else."""
        policy = response.headers["Content-Security-Policy"].replace(
            "frame-ancestors 'none'", "frame-ancestors 'self'"
        )
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
