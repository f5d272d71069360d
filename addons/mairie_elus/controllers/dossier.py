import tempfile

from odoo.exceptions import AccessError, MissingError
from odoo.http import Controller, Response, content_disposition, request, route
from werkzeug.exceptions import NotFound
from werkzeug.wsgi import wrap_file

FILE = {"type": "http", "auth": "user", "methods": ["GET"]}


class DossierController(Controller):
    """Files of a meeting for those who prepare it: written to disk, sent as a stream."""

    @route("/elus/seance/<int:seance_id>/dossier.zip", **FILE)
    def dossier_zip(self, seance_id, **params):
        seance = self._find(seance_id, "mairie_elus.group_reader")
        # Closed by the server once it is sent, hence no `with`.
        target = tempfile.TemporaryFile()  # noqa: SIM115
        seance._write_zip(target)
        target.seek(0)
        return Response(
            wrap_file(request.httprequest.environ, target),
            headers=self._get_headers(seance._get_zip_filename(), "application/zip"),
            direct_passthrough=True,
        )

    @route("/elus/seance/<int:seance_id>/preuves.pdf", **FILE)
    def proof(self, seance_id, **params):
        seance = self._find(seance_id, "mairie_elus.group_secretary")
        name, content = seance._read_proof()
        return request.make_response(
            content, self._get_headers(name, "application/pdf")
        )

    def _find(self, seance_id, group):
        """Return a meeting that the user may read; unknown and refused answer alike."""
        if not request.env.user.has_group(group):
            raise NotFound()
        seance = request.env["mairie.seance"].browse(seance_id)
        try:
            seance.check_access("read")
            seance.exists().ensure_one()
        except (AccessError, MissingError, ValueError):
            raise NotFound() from None
        return seance

    def _get_headers(self, name, mimetype):
        return [
            ("Content-Type", mimetype),
            ("Content-Disposition", content_disposition(name)),
            ("Cache-Control", "private, no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
