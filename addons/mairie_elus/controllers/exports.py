from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, content_disposition, request, route
from werkzeug.exceptions import NotFound

OWN = {"type": "http", "auth": "user", "methods": ["GET"], "readonly": True}


class ElusExportsController(Controller):
    """What the secretary takes away: the file of a meeting, the proof of the commune."""

    @route("/elus/archive/<int:seance_id>.zip", **OWN)
    def archive(self, seance_id):
        seance = request.env["mairie.seance"].browse(seance_id).exists()
        return self._send(seance and seance._make_archive)

    @route("/elus/preuve.zip", **OWN)
    def proof(self):
        seances = request.env["mairie.seance"]
        return self._send(lambda: seances._make_proof(request.env.company))

    def _send(self, make):
        try:
            name, content = make() if make else (None, None)
        except (AccessError, UserError):
            name = None
        if not name:
            raise NotFound()
        return request.make_response(
            content,
            [
                ("Content-Type", "application/zip"),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "private, no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
