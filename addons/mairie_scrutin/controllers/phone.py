"""The page of a polling station: no login, no session, one token for one phone."""

import json
import zlib
from pathlib import Path

from markupsafe import Markup
from odoo.addons.mairie_base.controllers.public import (
    SECURITY_HEADERS,
    PublicController,
    asset_url,
)
from odoo.http import Controller, request, route
from odoo.tools.misc import file_path
from werkzeug.exceptions import NotFound

MAX_BODY = 64 * 1024
MAX_BATCH = 50  # sendings in one request
MAX_PHOTO = 8 * 1024 * 1024
YEAR = 365 * 24 * 3600
HEADER = "X-Mairie-Device"
PAGE = {
    "type": "http",
    "auth": "public",
    "website": True,
    "methods": ["GET"],
    "sitemap": False,
    "save_session": False,
    "readonly": False,
}
# no session and no cookie: the signed token of the phone is the only key
API = {
    "type": "http",
    "auth": "public",
    "csrf": False,
    "sitemap": False,
    "save_session": False,
    "readonly": False,
}


class MairieScrutinAccessSheets(Controller):
    @route("/mairie_scrutin/acces.pdf", type="http", auth="user", methods=["POST"])
    def sheets(self, ids="", **params):
        """Make new links and PINs: a POST, with the token of the form against forgery."""
        numbers = [int(word) for word in ids.split(",")[:2000] if word.isdecimal()]
        found = request.env["mairie.scrutin.acces"].search([("id", "in", numbers)])
        if not found:
            raise NotFound()
        return request.make_response(
            found._make_sheets(),
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", 'attachment; filename="acces-bureaux.pdf"'),
                ("Cache-Control", "no-store"),
            ],
        )


class MairieScrutinPhone(PublicController):
    @route("/bureau/<string:access_token>", **PAGE)
    def page(self, access_token, **params):
        acces = request.env["mairie.scrutin.acces"]._find(access_token)
        if not acces:
            return self._public_not_found()
        head = self._localize(acces)._get_head()
        response = self._render_public(
            "mairie_scrutin.phone_page",
            {"head": head, "texts": _script_json(self._get_texts(acces)), **_app()},
            company=acces.company_id,
        )
        policy = response.headers["Content-Security-Policy"]
        response.headers["Content-Security-Policy"] = (
            f"{policy}; worker-src 'self'; manifest-src 'self'"
        ).replace("img-src 'self' data:", "img-src 'self' data: blob:")
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    @route("/bureau/app/<string:version>/<string:name>", **PAGE)
    def app_file(self, version, name, **params):
        """The scripts of the page: their address holds their fingerprint."""
        path = _files().get(name)
        if not path:
            return self._public_not_found()
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        return self._file(path.read_text(), kind, f"public, max-age={YEAR}, immutable")

    @route("/bureau/sw.js", **PAGE)
    def service_worker(self, **params):
        app = _app()
        head = {
            "version": app["version"],
            "files": [f"/bureau/app/{app['version']}/{name}" for name in _files()]
            + [asset_url("/mairie_base/static/src/public/public.css")],
        }
        script = _folder().joinpath("sw.js").read_text()
        script = script.replace("__APP__", json.dumps(head))
        return self._file(script, "text/javascript", "no-cache")

    def _file(self, text, kind, cache):
        response = request.make_response(
            text,
            [("Content-Type", f"{kind}; charset=utf-8"), ("Cache-Control", cache)],
        )
        response.headers.update(SECURITY_HEADERS)
        self._drop_language_cookie()
        response.add_etag()
        return response.make_conditional(request.httprequest.environ)

    @route("/bureau/<string:access_token>/pin", methods=["POST"], **API)
    def pin(self, access_token, **params):
        acces = request.env["mairie.scrutin.acces"]._find(access_token)
        if not acces:
            return self._answer(404, {"errors": [self._replaced()]})
        body = self._read_body()
        if not isinstance(body, dict) or not isinstance(body.get("pin"), str):
            return self._answer(400, {"errors": [self._unreadable()]})
        status, answer = self._localize(acces)._let_in(
            body["pin"], body.get("device_name")
        )
        return self._answer(status, answer)

    @route("/bureau/api/state", methods=["GET"], **API)
    def state(self, **params):
        device = self._find_device()
        if not device:
            return self._refused()
        device._note_seen()
        return self._answer(200, device._get_state())

    @route("/bureau/api/op", methods=["POST"], **API)
    def operation(self, **params):
        device = self._find_device()
        if not device:
            return self._refused()
        body = self._read_body()
        if body is None:
            return self._answer(400, {"errors": [self._unreadable()]})
        return self._answer(*device._receive(body))

    @route("/bureau/api/ops", methods=["POST"], **API)
    def operations(self, **params):
        """What waited on a phone without network: one answer for each sending."""
        device = self._find_device()
        if not device:
            return self._refused()
        body = self._read_body()
        if not isinstance(body, list) or len(body) > MAX_BATCH:
            return self._answer(400, {"errors": [self._unreadable()]})
        return self._answer(200, {"answers": device._receive_many(body)})

    @route("/bureau/api/photo", methods=["POST"], **API)
    def photo(self, tour=None, uuid=None, kind="pv", **params):
        device = self._find_device()
        if not device:
            return self._refused()
        if (request.httprequest.content_length or 0) > MAX_PHOTO:
            return self._answer(413, {"errors": [self._too_large()]})
        content = request.httprequest.get_data()  # kept: Odoo may try again
        return self._answer(*device._receive_photo(uuid, tour, kind, content))

    def _find_device(self):
        device = request.env["mairie.scrutin.device"]._find(
            request.httprequest.headers.get(HEADER)
        )
        return self._localize(device) if device else device

    def _localize(self, record):
        """The words of the town, whatever language the phone speaks."""
        return record.with_context(lang=record.company_id._get_phone_lang())

    def _read_body(self):
        """The JSON of the request, None where it cannot be read."""
        if (request.httprequest.content_length or 0) > MAX_BODY:
            return None
        try:
            return json.loads(
                request.httprequest.get_data()
            )  # kept: Odoo may try again
        except (ValueError, RecursionError):
            return None

    def _get_texts(self, acces):
        return self._localize(acces)._get_phone_texts()

    def _answer(self, status, body):
        # the same answer is the same bytes, read back from the database or not
        text = json.dumps(body, sort_keys=True)
        kind = "application/json; charset=utf-8"
        response = request.make_response(text, [("Content-Type", kind)], status=status)
        response.headers.update(SECURITY_HEADERS)
        response.headers["Cache-Control"] = "no-store"
        self._drop_language_cookie()
        return response

    def _refused(self):
        sentence = request.env._(
            "This phone is no longer let in. What you typed stays on it: call the town "
            "hall."
        )
        error = {"code": "X08", "sentence": sentence, "field": ""}
        return self._answer(401, {"errors": [error]})

    def _replaced(self):
        sentence = request.env._(
            "This QR code is over. Scan the last sheet of the town hall, or call it: what "
            "you typed stays on this phone."
        )
        return {"code": "X09", "sentence": sentence, "field": ""}

    def _unreadable(self):
        sentence = request.env._(
            "This sending cannot be read: nothing was recorded. Type it again, or call "
            "the town hall."
        )
        return {"code": "X05", "sentence": sentence, "field": ""}

    def _too_large(self):
        sentence = request.env._("This photo is over 8 MB: take it again.")
        return {"code": "X10", "sentence": sentence, "field": "photo"}


def _script_json(values):
    """JSON that no value ends early inside a script element."""
    text = json.dumps(values, ensure_ascii=False).replace("<", "\\u003c")
    return Markup(text)  # constants and their translations, < escaped


def _folder():
    return Path(file_path("mairie_scrutin/static/src/phone"))


def _files():
    """name -> path of the files of the page, the service worker left out."""
    found = sorted(_folder().glob("*.[jc]s*"))
    return {path.name: path for path in found if path.name != "sw.js"}


def _app():
    """Fingerprint of all the files: a new content gets a new address."""
    digest = 0
    for path in _files().values():
        digest = zlib.crc32(path.read_bytes(), digest)
    version = f"{digest:08x}"
    return {"version": version, "app_url": f"/bureau/app/{version}"}
