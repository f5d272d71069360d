from odoo.addons.mairie_base.controllers.public import PublicController
from odoo.exceptions import ValidationError
from odoo.http import content_disposition, request, route

from .pages import SHOW, ElusPages, routes


class ElusController(ElusPages, PublicController):
    """The member's own pages. Showing never changes anything; a tap does."""

    @route("/elus/seances", methods=["GET"], **(SHOW | {"auth": "user"}))
    def my_seances(self, **params):
        user = request.env.user
        rows = request.env["mairie.convocation"]._get_my_seances(user)
        path = request.env["mairie.elu.agenda"]._get_path_of(user.partner_id)
        feed = path and request.env["mairie.elu.agenda"].get_base_url() + path
        return self._render_public(
            "mairie_elus.public_seances", {"rows": rows, "feed": feed}
        )

    @route(routes(), methods=["GET"], **SHOW)
    def convocation(self, convocation_id, token=None, **params):
        return self._show("mairie_elus.public_convocation", convocation_id, token)

    @route(routes("/ouvrir"), methods=["POST"], **SHOW)
    def open(self, convocation_id, token=None, **form):
        convocation = self._find(convocation_id, token)
        if not convocation:
            return self._refuse(token)
        convocation._open(self._get_via(token))
        return request.redirect(convocation._get_path(token), code=303)

    @route(routes("/point/<int:rank>"), methods=["GET"], **SHOW)
    def point(self, convocation_id, rank, token=None, **params):
        convocation = self._find(convocation_id, token)
        values = convocation and convocation._prepare_page_vals(token)
        if not values or not values["is_opened"]:
            return self._refuse(token)
        points = {point["rank"]: point for point in values["points"]}
        if rank not in points:
            return self._public_not_found()
        is_open = self._may_read_notes(convocation, token)
        values.update(
            point=points[rank],
            notes_open=is_open,
            notes=convocation._prepare_page_notes(rank) if is_open else [],
            previous=points.get(rank - 1),
            following=points.get(rank + 1),
        )
        return self._render_public("mairie_elus.public_point", values)

    @route(routes("/repondre"), methods=["GET"], **SHOW)
    def reply_form(self, convocation_id, token=None, **params):
        return self._show("mairie_elus.public_reply", convocation_id, token)

    @route(routes("/repondre"), methods=["POST"], **SHOW)
    def reply(self, convocation_id, token=None, answer="", **form):
        convocation = self._find(convocation_id, token)
        if not convocation:
            return self._refuse(token)
        try:
            convocation._reply(answer, self._get_via(token))
        except ValidationError as error:
            values = convocation._prepare_page_vals(token)
            values["error"] = error.args[0]
            return self._render_public("mairie_elus.public_reply", values, status=400)
        return request.redirect(f"{convocation._get_path(token)}/reponse", code=303)

    @route(routes("/reponse"), methods=["GET"], **SHOW)
    def replied(self, convocation_id, token=None, **params):
        return self._show("mairie_elus.public_replied", convocation_id, token)

    @route(routes("/dossier.pdf"), methods=["GET"], **SHOW)
    def dossier(self, convocation_id, token=None, **params):
        convocation = self._find(convocation_id, token)
        return self._send(
            convocation and convocation._read_dossier(self._get_via(token))
        )

    @route(routes("/convocation.pdf"), methods=["GET"], **SHOW)
    def notice(self, convocation_id, token=None, **params):
        convocation = self._find(convocation_id, token)
        return self._send(convocation and convocation._read_notice())

    @route(routes("/piece/<int:annexe_id>"), methods=["GET"], **SHOW)
    def piece(self, convocation_id, annexe_id, token=None, **params):
        convocation = self._find(convocation_id, token)
        via = self._get_via(token)
        return self._send(convocation and convocation._read_piece(annexe_id, via))

    @route(routes("/piece/<int:annexe_id>/original"), methods=["GET"], **SHOW)
    def original(self, convocation_id, annexe_id, token=None, **params):
        """The file as it came: the page opens the PDF that was made from it."""
        convocation = self._find(convocation_id, token)
        via = self._get_via(token)
        return self._send(convocation and convocation._read_piece(annexe_id, via, True))

    @route(routes("/seance.ics"), methods=["GET"], **SHOW)
    def calendar(self, convocation_id, token=None, **params):
        convocation = self._find(convocation_id, token)
        if not convocation:
            return self._refuse(token)
        return request.make_response(
            convocation._prepare_calendar_file(),
            [
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", content_disposition("seance.ics")),
                ("Cache-Control", "no-store"),
            ],
        )
