import json
import re

from markupsafe import Markup
from odoo.addons.mairie_base.controllers.public import (
    SECURITY_HEADERS,
    PublicController,
)
from odoo.http import request, route

from ..lib import open_data

FRESH_SECONDS = 2
PAGE_SIZE = 100
OPTIONS = {
    "type": "http",
    "auth": "public",
    "website": True,
    "methods": ["GET"],
    "sitemap": False,
    "save_session": False,
    "readonly": False,  # one visit a second writes the snapshot
}
ORIGIN = re.compile(r"https://[A-Za-z0-9.-]+(:\d{1,5})?")


class MairieScrutinResultats(PublicController):
    """Results for everyone: pages and files, all from one snapshot."""

    @route("/resultats", **OPTIONS)
    def index(self, **params):
        rounds = self._get_publications()._get_public_tours()
        values = {"years": _by_year(rounds)}
        return self._page("mairie_scrutin.public_index", values)

    @route("/resultats/donnees-ouvertes", **OPTIONS)
    def open_data(self, **params):
        values = self._get_publications()._get_open_data_words()
        return self._page("mairie_scrutin.public_open_data", values)

    @route("/resultats/<string:code>", **OPTIONS)
    def results(self, code, bureau=None, **params):
        page = self._get_publications()._get_public_page(code)
        if page is None:
            return self._public_not_found()
        asked = (bureau or "").strip()[:60]
        found = _find_stations(page["figures"], asked)
        values = {
            "page": page,
            "figures": page["figures"],
            "fragment": Markup(page["html"]),  # made by our own template
            "asked": asked,
            "station": found[0] if len(found) == 1 else None,
            "others": found if len(found) > 1 else [],
        }
        return self._page("mairie_scrutin.public_results", values)

    @route("/resultats/<string:code>/bureaux", **OPTIONS)
    def stations(self, code, page="1", **params):
        found = self._get_publications()._get_public_page(code)
        if found is None:
            return self._public_not_found()
        figures = found["figures"]
        rows = figures["bureaux"] if figures else []
        last = max(1, -(-len(rows) // PAGE_SIZE))
        number = min(max(int(page), 1), last) if page[:4].isdecimal() else 1
        start = (number - 1) * PAGE_SIZE
        values = {
            "page": found,
            "figures": figures,
            "rows": rows[start : start + PAGE_SIZE],
            "number_of_page": number,
            "last_page": last,
        }
        return self._page("mairie_scrutin.public_stations", values)

    @route("/resultats/<string:code>/direct/<string:name>.html", **OPTIONS)
    def live(self, code, name, **params):
        """The part that changes, for pages that are open: 304 costs three queries."""
        if name not in dict(request.env["res.lang"].sudo().get_installed()):
            return self._public_not_found()
        publications = self._get_publications().with_context(lang=name)
        known = request.httprequest.headers.get("If-None-Match", "")
        version = publications._get_public_version(code, known)
        if version is None:
            return self._public_not_found()
        return self._version(*version)

    @route("/resultats/<string:code>/resultats.json", **OPTIONS)
    def results_json(self, code, **params):
        page = self._get_publications()._get_public_page(code)
        if page is None:
            return self._public_not_found()
        data = open_data.as_dict(page, page["figures"])
        content = json.dumps(data, ensure_ascii=False)
        return self._download(content, "application/json; charset=utf-8")

    @route("/resultats/<string:code>/resultats.csv", **OPTIONS)
    def results_csv(self, code, **params):
        return self._released_file(code, "csv", open_data.wide_csv)

    @route("/resultats/<string:code>/resultats-long.csv", **OPTIONS)
    def results_long_csv(self, code, **params):
        return self._released_file(code, "csv", open_data.long_csv, "-long")

    @route("/resultats/<string:code>/resultats.xml", **OPTIONS)
    def results_xml(self, code, **params):
        return self._released_file(code, "xml", open_data.as_xml, with_head=True)

    # ---- answers ----

    def _get_publications(self):
        return request.env["mairie.scrutin.publication"]

    def _page(self, template, values):
        tours = request.env["mairie.scrutin.tour"]
        values = dict(
            values,
            share=tours._format_share,
            number=tours._format_int,
            lang=request.env.lang or "en_US",
        )
        response = self._render_public(template, values, cacheable=True)
        return self._frame(self._fresh(response))

    def _released_file(self, code, kind, write, suffix="", with_head=False):
        page = self._get_publications()._get_public_page(code)
        if page is None or page["figures"] is None:
            return self._public_not_found()
        figures = page["figures"]
        content = write(page, figures) if with_head else write(figures)
        types = {"csv": "text/csv", "xml": "application/xml"}
        name = f"{page['code']}{suffix}.{kind}"
        response = self._download(content, f"{types[kind]}; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _fresh(self, response):
        """Results change in the evening: caches ask again after two seconds."""
        response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
        return response

    def _frame(self, response):
        """Let the sites that the town named show the page in a frame of theirs."""
        setting = request.env["ir.config_parameter"].sudo()
        allowed = setting.get_param("mairie_scrutin.frame_origins") or ""
        origins = [text for text in allowed.split() if ORIGIN.fullmatch(text)]
        if origins:
            policy = response.headers["Content-Security-Policy"].replace(
                "frame-ancestors 'none'", f"frame-ancestors {' '.join(origins)}"
            )
            response.headers["Content-Security-Policy"] = policy
            response.headers.remove("X-Frame-Options")
        return response

    def _version(self, etag, html):
        """A fragment under the version that the snapshot gave it."""
        response = request.make_response(
            html or "", [("Content-Type", "text/html; charset=utf-8")]
        )
        response.headers.update(SECURITY_HEADERS)
        self._drop_language_cookie()
        response.set_etag(etag)
        if html is None:
            response.status_code = 304
        return self._fresh(response)

    def _download(self, content, content_type):
        response = request.make_response(content, [("Content-Type", content_type)])
        response.headers.update(SECURITY_HEADERS)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Vary"] = "Accept-Language"
        self._drop_language_cookie()
        response.add_etag()
        return self._fresh(response.make_conditional(request.httprequest.environ))


def _by_year(rounds):
    """[(year, rounds)], newest first: the archive of past elections."""
    years = {}
    for row in rounds:
        years.setdefault(row["year"], []).append(row)
    return sorted(years.items(), reverse=True)


def _find_stations(figures, asked):
    """Stations of that number (5 finds 0005), else whose place has those words."""
    if not figures or not asked:
        return []
    number = asked.lstrip("0").upper()
    by_number = [
        row
        for row in figures["bureaux"]
        if number in {c.lstrip("0").upper() for c in row.get("codes") or [row["code"]]}
    ]
    if by_number or len(asked) < 3:
        return by_number
    words = asked.casefold()
    return [row for row in figures["bureaux"] if words in row["name"].casefold()][:20]
