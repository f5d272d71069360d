import csv
import io

from odoo.http import Controller, request, route
from werkzeug.exceptions import NotFound


class MairieScrutinElected(Controller):
    """The elected people as a file, for who may read the seats."""

    @route(
        "/mairie_scrutin/attribution/<int:attribution_id>/elus.csv",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def elected(self, attribution_id, **params):
        row = request.env["mairie.scrutin.attribution"].browse(attribution_id)
        if not row.exists() or not row.has_access("read"):
            raise NotFound()
        out = io.StringIO()
        csv.writer(out, delimiter=";").writerows(row._get_elected_rows())
        return request.make_response(
            out.getvalue().encode("utf-8-sig"),
            [
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", 'attachment; filename="elus.csv"'),
                ("Cache-Control", "no-store"),
            ],
        )
