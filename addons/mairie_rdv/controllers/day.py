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
