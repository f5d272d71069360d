import json

from odoo.addons.mairie_base.controllers.public import PublicController, asset_url
from odoo.exceptions import AccessError, UserError
from odoo.http import request, route
from odoo.tools import file_open

OWN = {"type": "http", "auth": "user", "website": True, "sitemap": False}
SCRIPTS = (
    "/mairie_social/static/src/public/field.js",
    "/mairie_social/static/src/public/field.css",
    "/mairie_base/static/src/public/public.css",
)
MAX_BYTES = 8 * 1024 * 1024


class FieldController(PublicController):
    """« Signaler »: photo, place, words, send; without a network, kept and sent once."""

    @route("/signaler", methods=["GET"], **OWN)
    def form(self, **params):
        values = request.env["mairie.social.field.report"]._get_form()
        return self._allow_place(
            self._render_public("mairie_social.public_field", values)
        )

    @route("/signaler", methods=["POST"], **OWN)
    def send(self, report="", **form):
        """Receive one report as JSON (the page) or as a form (without JavaScript)."""
        if len(report) > MAX_BYTES:
            return request.make_json_response({"error": "size"}, status=413)
        try:
            vals = json.loads(report) if report else dict(form)
            answer = request.env["mairie.social.field.report"].send(vals)
        except (UserError, AccessError) as error:
            return request.make_json_response({"error": error.args[0]}, status=400)
        except (TypeError, ValueError):
            return request.make_json_response({"error": "format"}, status=400)
        if report:
            return request.make_json_response(answer)
        values = request.env["mairie.social.field.report"]._get_form()
        values["sent"] = answer
        return self._render_public("mairie_social.public_field", values)

    @route("/signaler/jeton", methods=["GET"], **OWN)
    def token(self, **params):
        """A fresh token for what waited on the telephone; refused to who signed out."""
        response = request.make_json_response({"token": request.csrf_token()})
        response.headers["Cache-Control"] = "no-store"
        return response

    @route("/signaler/ouvrier.js", type="http", auth="public", methods=["GET"])
    def worker(self, **params):
        """The page's own service worker: it opens « Signaler » without a network."""
        with file_open("mairie_social/static/src/public/field_worker.js") as script:
            body = script.read()
        files = ",".join(f'"{asset_url(path)}"' for path in SCRIPTS)
        return request.make_response(
            f"const FILES = [{files}];\n{body}",
            [
                ("Content-Type", "text/javascript"),
                ("Cache-Control", "no-cache"),
                # Browsers keep a worker to its own folder, /signaler/, without this.
                ("Service-Worker-Allowed", "/signaler"),
            ],
        )

    def _allow_place(self, response):
        """This page alone may ask where the telephone is, and use its worker."""
        response.headers["Permissions-Policy"] = (
            "camera=(self), geolocation=(self), microphone=(), payment=()"
        )
        policy = response.headers["Content-Security-Policy"]
        response.headers["Content-Security-Policy"] = (
            f"{policy}; worker-src 'self'".replace(
                "img-src 'self' data:", "img-src 'self' data: blob:"
            )
        )
        return response
