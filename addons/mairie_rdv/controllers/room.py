"""The kiosk at the entrance and the screen of the waiting room.

The token of the address is the only right: it opens one place, one use, and is renewed
by the manager. The kiosk's form has no session, hence ``csrf=False``: whoever posts
must know the token.
"""

import json

from odoo.addons.mairie_base.controllers.public import (
    READ_ONLY_PAGE,
    PublicController,
)
from odoo.http import request, route

from .pages import OPTIONS


class RoomController(PublicController):
    @route("/rdv/salle/<string:token>", **READ_ONLY_PAGE)
    def screen(self, token, **params):
        room = request.env["mairie.rdv.lieu"]._get_room(token)
        if not room:
            return self._public_not_found()
        return self._render_public(
            "mairie_rdv.public_room", {"room": room, "token": token}
        )

    @route("/rdv/salle/<string:token>/etat.json", **READ_ONLY_PAGE)
    def state(self, token, **params):
        room = request.env["mairie.rdv.lieu"]._get_room(token)
        if not room:
            return self._public_not_found()
        response = request.make_response(
            json.dumps(room, ensure_ascii=False),
            [
                ("Content-Type", "application/json; charset=utf-8"),
                ("Cache-Control", "public, max-age=2"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
        response.add_etag()
        self._drop_language_cookie()
        return response.make_conditional(request.httprequest.environ)

    @route("/rdv/borne/<string:token>", **READ_ONLY_PAGE)
    def kiosk(self, token, **params):
        kiosk = request.env["mairie.rdv.lieu"]._get_kiosk(token)
        if not kiosk:
            return self._public_not_found()
        return self._render_kiosk(token, kiosk, None)

    @route(
        "/rdv/borne/<string:token>",
        **{**OPTIONS, "methods": ["POST"], "save_session": False, "csrf": False},
    )
    def check_in(self, token, code="", **params):
        lieux = request.env["mairie.rdv.lieu"]
        kiosk = lieux._get_kiosk(token)
        if not kiosk:
            return self._public_not_found()
        return self._render_kiosk(token, kiosk, lieux._check_in(token, code))

    def _render_kiosk(self, token, kiosk, result):
        values = {"kiosk": kiosk, "result": result, "token": token}
        return self._render_public("mairie_rdv.public_kiosk", values)
