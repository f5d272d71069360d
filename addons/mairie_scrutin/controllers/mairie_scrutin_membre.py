from odoo.addons.mairie_base.controllers.public import PublicController
from odoo.exceptions import UserError
from odoo.http import Controller, request, route
from werkzeug.exceptions import NotFound

SHOW = {"type": "http", "auth": "public", "website": True, "sitemap": False}
LINK = "/bureaux/convocation/<string:token>"


class MembreController(PublicController):
    """The member's own page. Showing never changes anything; a tap does."""

    @route(LINK, methods=["GET"], **SHOW)
    def convocation(self, token, **params):
        return self._show(token)

    @route(LINK, methods=["POST"], **SHOW)
    def answer(self, token, answer="", **form):
        membre = request.env["mairie.scrutin.membre"]._find_by_token(token)
        if not membre:
            return self._public_not_found()
        try:
            membre._answer(answer)
        except UserError as error:
            return self._show(token, error=error.args[0], status=400)
        return request.redirect(f"/bureaux/convocation/{token}", code=303)

    def _show(self, token, error="", status=200):
        membre = request.env["mairie.scrutin.membre"]._find_by_token(token)
        if not membre:
            return self._public_not_found()
        values = dict(membre._prepare_convocation(), error=error)
        return self._render_public(
            "mairie_scrutin.public_membre", values, status=status
        )


class MembreFileController(Controller):
    @route(
        "/mairie_scrutin/<int:tour_id>/heures.csv",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def hours(self, tour_id, **params):
        tour = request.env["mairie.scrutin.tour"].browse(tour_id)
        content = tour._get_hours_file()
        if content is None:
            raise NotFound()
        return request.make_response(
            content,
            [
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", 'attachment; filename="heures.csv"'),
                ("Cache-Control", "no-store"),
            ],
        )
