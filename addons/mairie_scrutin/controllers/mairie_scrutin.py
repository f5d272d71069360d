from odoo.exceptions import UserError
from odoo.http import Controller, content_disposition, request, route
from werkzeug.exceptions import Conflict, NotFound


class MairieScrutinExport(Controller):
    """Files for those who run the election."""

    @route(
        "/mairie_scrutin/<int:tour_id>/prefecture.csv",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=False,  # the journal says who took the file
    )
    def prefecture(self, tour_id, **params):
        tour = request.env["mairie.scrutin.tour"].browse(tour_id)
        content = tour._get_prefecture_file()
        if content is None:
            raise NotFound()
        return request.make_response(
            content,
            [
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", 'attachment; filename="prefecture.csv"'),
                ("Cache-Control", "no-store"),
            ],
        )

    @route(
        "/mairie_scrutin/<int:tour_id>/export/<string:name>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=False,  # the journal says who took the file
    )
    def export(self, tour_id, name, **params):
        tour = request.env["mairie.scrutin.tour"].browse(tour_id)
        try:
            found = tour._get_export(name)
        except UserError as error:
            raise Conflict(str(error)) from error
        if found is None:
            raise NotFound()
        filename, content, mime = found
        return request.make_response(
            content,
            [
                ("Content-Type", mime),
                ("Content-Disposition", content_disposition(filename)),
                ("Cache-Control", "no-store"),
            ],
        )
