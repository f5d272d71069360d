import json
from urllib.parse import urlencode

from odoo.addons.mairie_base.controllers.public import (
    READ_ONLY_FILE,
    READ_ONLY_PAGE,
    PublicController,
)
from odoo.http import content_disposition, request, route
from werkzeug.exceptions import NotFound

from ..tools import feeds

MINUTES = 5


class ActesController(PublicController):
    """The acts of the commune, for anyone: what is online, and nothing else."""

    @route("/actes", **READ_ONLY_PAGE)
    def acts(self, **params):
        publications = request.env["mairie.publication"]
        values = publications._prepare_list_page(self._get_public_company(), params)
        search = {key: value for key, value in values["search"].items() if value}
        search.pop("page", None)
        values["page_query"] = urlencode(search)
        return self._render_public("mairie_elus.public_acts", values, cacheable=True)

    @route(
        ["/actes/<int:publication_id>", "/actes/<int:publication_id>/<string:slug>"],
        **READ_ONLY_PAGE,
    )
    def act(self, publication_id, slug="", **params):
        found = self._find(publication_id)
        if not found:
            return self._public_not_found()
        return self._render_public(
            "mairie_elus.public_act", found._prepare_page(), cacheable=True
        )

    @route("/actes/<int:publication_id>.pdf", **READ_ONLY_FILE)
    def document(self, publication_id, **params):
        found = self._find(publication_id)
        if not found:
            raise NotFound()
        name, content = found._read_pdf()
        headers = [("Content-Disposition", content_disposition(name, "inline"))]
        return self._send(content, "application/pdf", headers)

    @route("/actes/flux.atom", **READ_ONLY_FILE)
    def atom(self, **params):
        return self._feed(feeds.atom, "application/atom+xml")

    @route("/actes/flux.rss", **READ_ONLY_FILE)
    def rss(self, **params):
        return self._feed(feeds.rss, "application/rss+xml")

    @route("/actes.json", **READ_ONLY_FILE)
    def data(self, **params):
        values = request.env["mairie.publication"]._prepare_json(
            self._get_public_company(), params
        )
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        return self._send(text.encode(), "application/json; charset=utf-8")

    @route("/actes/deliberations-<int:year>.csv", **READ_ONLY_FILE)
    def open_data(self, year, **params):
        if not 1900 <= year <= 2200:
            raise NotFound()
        content = request.env["mairie.publication"]._prepare_open_data(
            self._get_public_company(), year
        )
        name = f"deliberations-{year}.csv"
        headers = [("Content-Disposition", content_disposition(name))]
        return self._send(content, "text/csv; charset=utf-8", headers)

    def _find(self, publication_id):
        publications = request.env["mairie.publication"]
        return publications._find_online(self._get_public_company(), publication_id)

    def _feed(self, render, mimetype):
        company = self._get_public_company()
        feed = request.env["mairie.publication"]._prepare_feed(company)
        return self._send(render(feed), f"{mimetype}; charset=utf-8")

    def _send(self, content, mimetype, headers=()):
        """Send what is the same for all: kept some minutes, then asked for again."""
        response = request.make_response(
            content,
            [
                ("Content-Type", mimetype),
                ("Cache-Control", f"public, max-age={MINUTES * 60}"),
                ("X-Content-Type-Options", "nosniff"),
                ("Content-Security-Policy", "default-src 'none'"),
                *headers,
            ],
        )
        response.add_etag()
        return response.make_conditional(request.httprequest.environ)
