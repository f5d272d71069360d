"""The list of the day, for whoever works there."""

import base64
from datetime import date

from odoo.exceptions import AccessError
from odoo.http import Controller, request, route


class DayController(Controller):
    @route(
        "/mairie_rdv/jour/<int:lieu_id>/<string:day>.pdf",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def day_list(self, lieu_id, day, **params):
        try:
            lieu = request.env["mairie.rdv"]._get_own_lieu(lieu_id)
            wanted = date.fromisoformat(day)
        except (AccessError, ValueError):
            raise request.not_found() from None
        content = base64.b64decode(lieu._render_day_list(wanted))
        return request.make_response(
            content,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", f'inline; filename="rendez-vous-{day}.pdf"'),
                ("Cache-Control", "no-store"),
            ],
        )


class FeedController(Controller):
    @route(
        "/rdv/agenda/<string:token>.ics",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        save_session=False,
        sitemap=False,
    )
    def feed(self, token, **params):
        """The calendar of an agent; unknown and revoked answer the same."""
        text = request.env["mairie.rdv.flux"]._get_file(token)
        if not text:
            raise request.not_found()
        return request.make_response(
            text,
            [
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Cache-Control", "no-store"),
            ],
        )
