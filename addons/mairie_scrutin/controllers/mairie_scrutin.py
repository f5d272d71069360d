import csv
import io

from odoo.addons.mairie_base.controllers.public import (
    SECURITY_HEADERS,
    PublicController,
)
from odoo.exceptions import UserError
from odoo.http import Controller, content_disposition, request, route
from werkzeug.exceptions import Conflict, NotFound

FRESH_SECONDS = 2
OPTIONS = {
    "type": "http",
    "auth": "public",
    "website": True,
    "methods": ["GET"],
    "sitemap": False,
    "save_session": False,
    "readonly": False,  # the first visit after a change writes the snapshot
}


class MairieScrutin(PublicController):
    """Results for everyone: a page, JSON and CSV, all from one snapshot."""

    @route("/resultats", **OPTIONS)
    def index(self, **params):
        rounds = self._get_publications()._get_public_tours()
        return self._fresh(
            self._render_public(
                "mairie_scrutin.public_index", {"rounds": rounds}, cacheable=True
            )
        )

    @route("/resultats/<string:code>", **OPTIONS)
    def results(self, code, bureau=None, **params):
        page = self._get_publications()._get_public_page(code)
        if page is None:
            return self._public_not_found()
        figures = page["figures"]
        values = {
            "page": page,
            "figures": figures,
            "asked": (bureau or "").strip()[:8],
            "station": figures and self._find_station(figures, bureau),
            "share": request.env["mairie.scrutin.tour"]._format_share,
            "number": request.env["mairie.scrutin.tour"]._format_int,
        }
        return self._fresh(
            self._render_public("mairie_scrutin.public_results", values, cacheable=True)
        )

    @route("/resultats/<string:code>/resultats.json", **OPTIONS)
    def results_json(self, code, **params):
        page = self._get_publications()._get_public_page(code)
        if page is None:
            return self._public_not_found()
        return self._download(request.make_json_response(_open_data(page)))

    @route("/resultats/<string:code>/resultats.csv", **OPTIONS)
    def results_csv(self, code, **params):
        page = self._get_publications()._get_public_page(code)
        if page is None or page["figures"] is None:
            return self._public_not_found()
        response = request.make_response(
            _write_csv(page["figures"]),
            [
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", f'attachment; filename="{page["code"]}.csv"'),
            ],
        )
        return self._download(response)

    def _get_publications(self):
        return request.env["mairie.scrutin.publication"]

    def _find_station(self, figures, asked):
        """Return the station whose number was asked: 5 finds 0005."""
        asked = (asked or "").strip().lstrip("0").upper()
        for station in figures["bureaux"]:
            if asked and station["code"].lstrip("0").upper() == asked:
                return station
        return None

    def _fresh(self, response):
        """Results change in the evening: caches ask again after two seconds."""
        response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
        return response

    def _download(self, response):
        response.headers.update(SECURITY_HEADERS)
        response.headers["Access-Control-Allow-Origin"] = "*"
        self._drop_language_cookie()
        response.add_etag()
        return self._fresh(response.make_conditional(request.httprequest.environ))


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


def _open_data(page):
    """Open data of a round: plain French names, votes by panel."""
    head = {
        "election": page["title"],
        "publication_a_partir_de": page["release_utc"],
        "source": page["source_note"],
    }
    figures = page["figures"]
    if figures is None:
        return dict(head, statut="non_publie")
    totals = ("inscrits", "votants", "blancs", "nuls", "exprimes")
    statuses = {
        "provisional": "provisoires",
        "complete": "complets_non_proclames",
        "proclaimed": "proclames",
    }
    return dict(
        head,
        statut=statuses[figures["status"]],
        etabli=figures["built_iso"],
        bureaux_comptes=figures["stations"],
        bureaux=figures["stations_all"],
        inscrits_de_la_commune=figures["inscrits_all"],
        **{name: figures[name] for name in totals},
        listes=[
            {
                "panneau": row["panneau"],
                "nom": row["name"],
                "tete_de_liste": row["head"],
                "voix": row["votes"],
            }
            for row in figures["lists"]
        ],
        sieges=[
            {
                "organe": row["organe"],
                "a_pourvoir": row["total"],
                "etat": row["state"],
                "listes": [
                    {"panneau": line["panneau"], "sieges": line["seats"]}
                    for line in row["lists"]
                ],
            }
            for row in figures["seats"]
        ],
        resultats_par_bureau=[
            {
                "bureau": row["code"],
                **{name: row[name] for name in totals},
                "voix": row["votes"],
            }
            for row in figures["bureaux"]
        ],
    )


def _write_csv(figures):
    """One line a station, one column a list; UTF-8 with BOM for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    names = [f"{row['panneau']} {row['name']}" for row in figures["lists"]]
    totals = ("inscrits", "votants", "blancs", "nuls", "exprimes")
    writer.writerow(["bureau", "lieu", *totals, *map(_cell, names)])
    for row in figures["bureaux"]:
        values = [row[name] for name in totals]
        writer.writerow(
            [_cell(row["code"]), _cell(row["name"]), *values, *row["votes"]]
        )
    return out.getvalue().encode("utf-8-sig")


def _cell(text):
    """A cell that a spreadsheet never runs as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
