from urllib.parse import quote

from odoo.addons.mairie_base.controllers.public import PublicController
from odoo.exceptions import ValidationError
from odoo.http import content_disposition, request, route
from werkzeug.exceptions import NotFound

LINK = "/elus/convocation/<int:convocation_id>/<string:token>"
SESSION = "/elus/seances/<int:convocation_id>"
SHOW = {"type": "http", "auth": "public", "website": True, "sitemap": False}


def routes(suffix=""):
    """Both addresses of a page: by personal link and by session."""
    return [LINK + suffix, SESSION + suffix]


class ElusController(PublicController):
    """The member's own pages. Showing never changes anything; a tap does."""

    @route("/elus/seances", methods=["GET"], **(SHOW | {"auth": "user"}))
    def my_seances(self, **params):
        rows = request.env["mairie.convocation"]._get_my_seances(request.env.user)
        return self._render_public("mairie_elus.public_seances", {"rows": rows})

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
        values.update(
            point=points[rank],
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

    def _find(self, convocation_id, token):
        """Return the notice, sudoed: the token or the session is the right to it."""
        Convocation = request.env["mairie.convocation"]
        if token:
            return Convocation._find_by_token(convocation_id, token)
        return Convocation._find_for_user(convocation_id, request.env.user)

    def _get_via(self, token):
        return "link" if token else "session"

    def _show(self, template, convocation_id, token):
        convocation = self._find(convocation_id, token)
        if not convocation:
            return self._refuse(token)
        return self._render_public(template, convocation._prepare_page_vals(token))

    def _refuse(self, token):
        """Answer alike for a wrong link, an old one and a withdrawn meeting."""
        if not token and request.env.user._is_public():
            path = quote(request.httprequest.path)
            return request.redirect(f"/web/login?redirect={path}", code=303)
        if not token:
            return self._public_not_found()
        phone = self._get_public_company().sudo().phone or ""
        return self._render_public(
            "mairie_elus.public_dead_link", {"help_phone": phone}, status=404
        )

    def _send(self, document):
        """Send a document that its model has given: name, bytes."""
        if not document:
            raise NotFound()
        name, content = document
        kind = (
            "application/pdf" if name.endswith(".pdf") else "application/octet-stream"
        )
        inline = kind == "application/pdf"
        return request.make_response(
            content,
            [
                ("Content-Type", kind),
                (
                    "Content-Disposition",
                    content_disposition(name, "inline" if inline else "attachment"),
                ),
                ("Content-Length", len(content)),
                ("X-Content-Type-Options", "nosniff"),
                ("Content-Security-Policy", "default-src 'none'"),
                ("Cache-Control", "private, no-store"),
            ],
        )
