from odoo.addons.mairie_base.controllers.public import PublicController
from odoo.exceptions import ValidationError
from odoo.http import request, route

from .elus_space import to_int
from .pages import POLL, SHOW, ElusPages, routes

SCREEN = "/elus/ecran/<int:seance_id>/<string:token>"


class ElusRoomController(ElusPages, PublicController):
    """In the room: the member's vote on his device, the screen that all look at."""

    @route(routes("/seance"), methods=["GET"], **SHOW)
    def live(self, convocation_id, token=None, pour="", choix="", **params):
        convocation = self._find(convocation_id, token)
        if not convocation:
            return self._refuse(token)
        picked = (to_int(pour), choix) if choix else None
        return self._render_public(
            "mairie_elus.public_live", convocation._prepare_live_vals(token, picked)
        )

    @route(routes("/seance/etat"), methods=["GET"], **POLL)
    def live_state(self, convocation_id, token=None, **params):
        convocation = self._find(convocation_id, token)
        if not convocation:
            return request.make_json_response({}, status=404)
        return self._answer_version(convocation._get_live_version())

    @route(routes("/seance/voter"), methods=["POST"], **SHOW)
    def vote(self, convocation_id, token=None, vote="", pour="", choix="", **form):
        convocation = self._find(convocation_id, token)
        if not convocation:
            return self._refuse(token)
        try:
            convocation._cast_vote(to_int(vote), to_int(pour), choix)
        except ValidationError as error:
            values = convocation._prepare_live_vals(token)
            values["error"] = error.args[0]
            return self._render_public("mairie_elus.public_live", values, status=400)
        return request.redirect(f"{convocation._get_path(token)}/seance", code=303)

    @route(SCREEN, methods=["GET"], **SHOW)
    def screen(self, seance_id, token, **params):
        seance = request.env["mairie.seance"]._find_screen(seance_id, token)
        if not seance:
            return self._public_not_found()
        values = seance._prepare_screen_vals()
        values["path"] = f"/elus/ecran/{seance_id}/{token}"
        return self._render_public("mairie_elus.public_screen", values)

    @route(SCREEN + "/etat", methods=["GET"], **POLL)
    def screen_state(self, seance_id, token, **params):
        seance = request.env["mairie.seance"]._find_screen(seance_id, token)
        if not seance:
            return request.make_json_response({}, status=404)
        return self._answer_version(seance._get_screen_version())

    def _answer_version(self, version):
        return request.make_json_response(
            {"version": version}, headers={"Cache-Control": "no-store"}
        )
