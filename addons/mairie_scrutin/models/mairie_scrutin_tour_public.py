from odoo import fields, models, tools
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date

from ..lib.charts import PATTERNS, hemicycle, station_shapes
from ..lib.open_data import TOTALS, merge_groups, merge_rows
from .mairie_scrutin_tour_announce import LICENCE

#: Stations whose figures the public may read, once the hour has come.
COUNTED = ("valide", "recense")
#: Lists keep the order of the ballot until 1/20 of the registered voters is counted.
STEADY = 20


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """The plain values of the public page. Nothing here holds a record."""

    _inherit = "mairie.scrutin.tour"

    def _prepare_public_head(self):
        """What may be said at any time: never a figure of votes."""
        self.ensure_one()
        company = self.company_id
        opening = company._mairie_localize(self.embargo_until)
        turnout = self._prepare_public_turnout()
        return {
            "code": self.public_code,
            "url": self.public_url,
            "title": self.name,
            "kind": self.scrutin_id.kind,
            "numero": self.numero,
            "commune": self.scrutin_id.commune_insee or "",
            "date_iso": self.date.isoformat(),
            "year": self.date.year,
            "date": format_date(self.env, self.date, date_format="EEEE d MMMM y"),
            "release_date": format_date(
                self.env, opening.date(), date_format="EEEE d MMMM"
            ),
            "release_hour": self._format_hour(opening),
            "release_utc": f"{self.embargo_until.isoformat()}Z",
            "is_late": self.embargo_until <= fields.Datetime.now(),
            "is_open": self.is_public,
            "is_rehearsal": self.is_rehearsal,
            "source_note": self.scrutin_id.source_note or "",
            "licence": LICENCE,
            "turnout": turnout,
            "turnout_now": self._find_told_turnout(turnout),
            "same_day": self._prepare_public_link(self.concomitant_id),
            "first_round": self._prepare_public_link(self.previous_tour_id),
            "choice": self._get_public_choice(),
        }

    def _get_public_choice(self):
        """What voters choose between, as the head of a column."""
        words = {
            "legislatives": self.env._("Candidate"),
            "presidentielle": self.env._("Candidate"),
            "departementales": self.env._("Pair of candidates"),
            "referendum": self.env._("Answer"),
        }
        return words.get(self.scrutin_id.kind, self.env._("List"))

    def _prepare_public_link(self, tour):
        """Address of another round that visitors may see, or None."""
        if not tour or not tour._is_visible():
            return None
        return {"url": tour.public_url, "title": tour.name}

    def _format_hour(self, moment):
        return f"{moment:%H}\u00a0h\u00a0{moment:%M}"

    def _prepare_public_figures(self):
        """Figures of the validated stations. Call only after the release."""
        self.ensure_one()
        totals, stations = self._get_public_stations()
        built = self.company_id._mairie_localize(fields.Datetime.now())
        complete = totals["stations"] == totals["stations_all"] > 0
        status = "complete" if complete else "provisional"
        rectified = self.rectified_date
        figures = {
            "status": "proclaimed" if self.state == "proclame" else status,
            "rectified": rectified
            and format_date(self.env, rectified, date_format="d MMMM y"),
            "built": f"{self._format_hour(built)}\u00a0min\u00a0{built:%S}\u00a0s",
            "built_hour": self._format_hour(built),
            "built_date": format_date(self.env, built.date(), date_format="d MMMM y"),
            "built_iso": built.isoformat(timespec="seconds"),
            "stations": totals["stations"],
            "stations_all": totals["stations_all"],
            "inscrits_all": totals["inscrits_all"],
            **{name: totals[name] for name in TOTALS},
            "lists": self._prepare_public_lists(totals),
            "bureaux": stations,
        }
        figures["ranked"] = self._rank_public_lists(figures)
        figures["seats"] = [self._prepare_public_seats(r) for r in self.attribution_ids]
        figures["map"] = self._prepare_public_map(stations)
        figures["before"] = self._prepare_public_before()
        return figures

    def _prepare_public_lists(self, totals):
        """Lists in the order of the ballot, with their votes, colour and pattern."""
        return [
            {
                "id": row.id,
                "panneau": row.panneau,
                "name": row.name,
                "head": row.head or "",
                "nuance": row.nuance or "",
                "votes": totals["votes"][row.id],
                "color": row.color or "#495057",
                "pattern": PATTERNS[rank % len(PATTERNS)],
                "mark": rank,
            }
            for rank, row in enumerate(self.candidature_ids)
        ]

    def _rank_public_lists(self, figures):
        """Positions of the lists by votes; of the ballot while too few are counted."""
        places = range(len(figures["lists"]))
        if STEADY * figures["inscrits"] < figures["inscrits_all"]:
            return list(places)
        return sorted(places, key=lambda place: -figures["lists"][place]["votes"])

    def _prepare_public_seats(self, row):
        """One council: its lists, its reasons, its half circle."""
        vals = row._prepare_public_vals()
        by_panel = {c.panneau: i for i, c in enumerate(self.candidature_ids)}
        marks = [by_panel.get(line["panneau"], 0) for line in vals["lists"]]
        parties = [
            (mark, line["seats"])
            for mark, line in sorted(
                zip(marks, vals["lists"], strict=True), key=lambda pair: pair[0]
            )
        ]
        return dict(
            vals,
            marks=marks,
            drawing=hemicycle(parties),
            stations=row.station_count,
            stations_all=row.station_total,
            provisional=row.is_provisional,
        )

    def _get_public_stations(self):
        """Totals and one row for each station that may be read on its own.

        :return: (TOTALS, ``stations``, ``stations_all``, ``inscrits_all`` and ``votes``:
            candidature id -> votes; rows: votes in the order of the ballot)
        """
        rows = self._read_public_stations()
        group = merge_groups(self._get_public_sizes(), self.small_station_threshold)
        rows, _held = merge_rows(rows, group)
        shown = [row["votes"] for row in rows] or [[0] * len(self.candidature_ids)]
        counted = sum(len(row.get("codes") or [row["code"]]) for row in rows)
        totals = self._get_expected() | {name: _sum(rows, name) for name in TOTALS}
        sums = map(sum, zip(*shown, strict=True))
        votes = dict(zip(self.candidature_ids.ids, sums, strict=True))
        return dict(totals, stations=counted, votes=votes), rows

    def _get_expected(self):
        """Stations of the round and their registered voters, counted or not."""
        self.env.cr.execute(
            SQL(
                "SELECT count(*), coalesce(sum(inscrits), 0) "
                "FROM mairie_scrutin_bureau_tour WHERE tour_id = %s",
                self.id,
            )
        )
        return dict(
            zip(("stations_all", "inscrits_all"), self.env.cr.fetchone(), strict=True)
        )

    def _get_public_sizes(self):
        """[(code, registered voters, to be merged whatever its size)] of all stations."""
        if not self.small_station_threshold:
            return []
        return [
            (row.code, row.inscrits, row.bureau_id.is_r40_1)
            for row in self.bureau_tour_ids
        ]

    def _read_public_stations(self):
        """One row for each counted station, in one query."""
        lists = self.candidature_ids.ids
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT b.code, coalesce(b.name, ''), s.inscrits, s.votants, s.blancs,
                       s.nuls, s.exprimes,
                       to_char(bt.validated_date, 'YYYY-MM-DD"T"HH24:MI:SS'),
                       to_char(timezone(%s, timezone('UTC', bt.validated_date)),
                               'HH24" h "MI'),
                       (SELECT array_agg(ARRAY[l.candidature_id, l.voix])
                          FROM mairie_scrutin_saisie_ligne l WHERE l.saisie_id = s.id)
                  FROM mairie_scrutin_bureau_tour bt
                  JOIN mairie_scrutin_bureau b ON b.id = bt.bureau_id
                  JOIN mairie_scrutin_saisie s ON s.id = bt.saisie_id
                 WHERE bt.tour_id = %s AND bt.state = ANY(%s)
                 ORDER BY b.code
                """,
                self.company_id.mairie_tz or "Europe/Paris",
                self.id,
                list(COUNTED),
            )
        )
        names = ("code", "name", *TOTALS, "counted", "hour", "votes")
        rows = []
        for values in self.env.cr.fetchall():
            row = dict(zip(names, values, strict=True))
            votes = dict(row["votes"] or ())
            hour = (row["hour"] or "").replace(" ", "\u00a0")
            rows.append(dict(row, hour=hour, votes=[votes.get(i, 0) for i in lists]))
        return rows

    def _prepare_public_map(self, rows):
        """Shapes of all stations, each with the list ahead in it (None: not counted)."""
        drawing = self._draw_public_map(self._get_places_stamp())
        if not drawing["shapes"]:
            return None
        ahead = {}
        for row in rows:
            best = max(row["votes"], default=0)
            first = [mark for mark, votes in enumerate(row["votes"]) if votes == best]
            found = first[0] if best and len(first) == 1 else -1
            ahead |= dict.fromkeys(row.get("codes") or [row["code"]], found)
        shapes = [[*shape, ahead.get(shape[0])] for shape in drawing["shapes"]]
        return dict(drawing, shapes=shapes)

    def _get_places_stamp(self):
        """What changes when a station of this round comes, goes or moves."""
        bureaux = (
            self.env["mairie.scrutin.bureau"].sudo().with_context(active_test=False)
        )
        domain = Domain("bureau_tour_ids.tour_id", "=", self.id)
        return bureaux._read_group(domain, [], ["__count", "write_date:max"])[0]

    @tools.ormcache("self.id", "stamp")
    def _draw_public_map(self, stamp):
        """The shapes alone, the same all evening: they are not drawn at each result."""
        places = {
            row.code: row.bureau_id.geojson
            for row in self.bureau_tour_ids
            if row.bureau_id.geojson
        }
        return station_shapes(sorted(places.items()))

    def _prepare_public_before(self):
        """Figures of round 1 beside those of round 2; None without a public round 1."""
        first = self.previous_tour_id
        if not first or not first.is_public:
            return None
        totals, _rows = first._get_public_stations()
        votes = {
            str(row.id): sum(totals["votes"].get(p.id, 0) for p in row.parent_ids)
            for row in self.candidature_ids
            if row.parent_ids
        }
        names = ("inscrits", "votants", "exprimes")
        return dict({name: totals[name] for name in names}, votes=votes)


def _sum(rows, name):
    return sum(row[name] for row in rows)
