from fractions import Fraction

from odoo import models
from odoo.tools import SQL

from ..lib.hundreds import Stratum, estimate
from ..lib.seat_allocation import REGIMES, SeatError, allocate
from ..lib.seat_bounds import remaining_votes, seat_bounds

FIGURES = ("votants", "blancs", "nuls", "exprimes")


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """The figures of the night room: lists, seats in play, turnout, first hundreds."""

    _inherit = "mairie.scrutin.tour"

    def _prepare_night_totals(self, rows):
        """Sums of the stations counted; lists in order of votes with their gap."""
        counted = [row for row in rows if row["counted"]]
        sums = {name: sum(row[name] for row in counted) for name in FIGURES}
        inscrits = sum(row["entry_inscrits"] for row in counted)
        votes = self._get_night_list_votes(rows)
        ranked = sorted(self.candidature_ids, key=lambda row: -votes[row.id])
        lists = []
        for rank, row in enumerate(ranked):
            follower = votes[ranked[rank + 1].id] if rank + 1 < len(ranked) else None
            lists.append(
                {
                    "id": row.id,
                    "name": row.name,
                    "panneau": row.panneau,
                    "color": row.color or "",
                    "votes": votes[row.id],
                    "share": self._format_share(votes[row.id], sums["exprimes"]),
                    "width": _width(votes[row.id], sums["exprimes"]),
                    "gap": follower is not None and votes[row.id] - follower,
                }
            )
        return dict(
            sums,
            inscrits=inscrits,
            turnout=self._format_share(sums["votants"], inscrits),
            lists=lists,
            stations=len(counted),
        )

    def _get_night_list_votes(self, rows):
        votes = dict.fromkeys(self.candidature_ids.ids, 0)
        for row in rows:
            if row["counted"]:
                for key, voix in row["votes"].items():
                    votes[key] = votes.get(key, 0) + voix
        return votes

    def _prepare_night_seats(self, rows):
        """Seats won for sure and in play, and the margin of the last seat."""
        scrutin = self.scrutin_id
        counted = [row for row in rows if row["counted"]]
        if not (scrutin.regime in REGIMES and scrutin.seat_count and counted):
            return False
        if self._is_associated():
            return False  # bounds of the whole commune say nothing of its sections
        votes = self._get_night_list_votes(rows)
        cap = self.turnout_cap and Fraction(round(self.turnout_cap * 100), 10000)
        missing = [row for row in rows if not row["counted"]]
        bounds = seat_bounds(
            votes,
            scrutin.seat_count,
            remaining_votes(
                ((row["inscrits"] or 0, row["votants"]) for row in missing),
                cap or None,
            ),
            scrutin.regime,
            round=self.numero,
        )
        words = {"sure": self.env._("sure"), "possible": self.env._("possible")}
        return {
            "total": scrutin.seat_count,
            "missing": len(missing),
            "decides": bounds.decides,
            "lists": [
                {
                    "id": row.id,
                    "name": row.name,
                    "color": row.color or "",
                    "sure": bounds.ranges[row.id].sure,
                    "in_play": bounds.ranges[row.id].in_play,
                    "majority": words.get(bounds.majority[row.id], ""),
                }
                for row in self.candidature_ids
                if row.id in bounds.ranges and bounds.ranges[row.id].possible
            ],
            "margin": self._get_night_margin(votes),
        }

    def _get_night_margin(self, votes):
        """« Dernier siège : Ensemble, à 13 voix près. », on the votes counted so far."""
        scrutin = self.scrutin_id
        try:
            outcome = allocate(
                votes, scrutin.seat_count, scrutin.regime, round=self.numero
            )
        except SeatError:
            return self.env._("Perfect tie: ages decide. Type them on the lists.")
        if not outcome.decided:
            return self.env._(
                "2nd round: no list has the absolute majority (%s).",
                self._format_int(outcome.majority),
            )
        if not outcome.margin:
            return ""
        names = {row.id: row.name for row in self.candidature_ids}
        return self.env._(
            "Last seat: %(holder)s, by %(votes)s votes.",
            holder=names[outcome.margin.holder],
            votes=self._format_int(outcome.margin.votes),
        )

    def _prepare_night_turnout(self, rows, past, points):
        """Turnout at each hour, of the stations that sent it only, and their past."""
        inscrits = {row["id"]: row["inscrits"] or 0 for row in rows}
        hours = {}
        for station, sent in points.items():
            for hour, votants in sent:
                hours.setdefault(hour, {})[station] = votants
        closing = {
            row["id"]: row["votants"]
            for row in rows
            if row["counted"] and row["votants"] is not None
        }
        found = [
            self._prepare_night_hour(hour, sent, inscrits, past)
            for hour, sent in sorted(hours.items())
        ]
        if closing:
            found.append(self._prepare_night_hour(None, closing, inscrits, past))
        return found

    def _prepare_night_hour(self, hour, sent, inscrits, past):
        """One point of the curve; ``hour`` None: the end of the polls."""
        total = sum(inscrits[station] for station in sent)
        votants = sum(sent.values())
        known = [
            (past[station][0].inscrits, before)
            for station in sent
            if station in past
            and (before := _past_votants(past[station], hour)) is not None
        ]
        base, before = (
            (sum(part) for part in zip(*known, strict=True)) if known else (0, 0)
        )
        partial = known and len(known) < len(sent)
        label = self.env._("End") if hour is None else self._format_night_hour(hour)
        return {
            "label": label,
            "hour": hour if hour is not None else self.cloture,
            "votants": votants,
            "share": self._format_share(votants, total),
            "value": _width(votants, total),
            "past_share": self._format_share(before, base) if base else "",
            "past_value": _width(before, base) if base else False,
            "past_partial": bool(partial),
            "stations": len(sent),
        }

    def _prepare_night_hundreds(self, rows, past):
        """The town as the first hundreds tell it; False where there are none."""
        hundreds = self._get_hundreds()
        if not hundreds:
            return False
        lists = self.candidature_ids
        turnout = self._get_night_expected_turnout(rows)
        strata = {}
        for row in rows:
            votes = row["votes"] if row["counted"] else hundreds.get(row["id"])
            weight = row["exprimes"] if row["counted"] else None
            weight = weight or max(round((row["inscrits"] or 0) * turnout), 1)
            before = past.get(row["id"])
            strata[row["id"]] = Stratum(
                weight=max(weight, sum((votes or {}).values())),
                votes=votes and {row.id: votes.get(row.id, 0) for row in lists},
                past=before and before[0].votes,
            )
        found = estimate(strata)
        if not found:
            return False
        order = sorted(lists, key=lambda row: -found.lists[row.id].share)
        return {
            "stations": found.stations,
            "stations_all": found.stations_all,
            "ballots": found.ballots,
            "with_past": found.with_past,
            "lists": [
                {
                    "id": row.id,
                    "name": row.name,
                    "share": self._format_ratio(found.lists[row.id].share),
                    "low": self._format_ratio(found.lists[row.id].low),
                    "high": self._format_ratio(found.lists[row.id].high),
                    "from": round(found.lists[row.id].low * 1000) / 10,
                    "to": round(found.lists[row.id].high * 1000) / 10,
                    "at": round(found.lists[row.id].share * 1000) / 10,
                }
                for row in order
            ],
        }

    def _format_ratio(self, value):
        return self._format_share(round(value * 1000), 1000)

    def _get_night_expected_turnout(self, rows):
        """Valid votes for each registered voter, in the stations counted."""
        counted = [row for row in rows if row["counted"] and row["entry_inscrits"]]
        inscrits = sum(row["entry_inscrits"] for row in counted)
        return sum(row["exprimes"] for row in counted) / inscrits if inscrits else 0.5

    def _get_hundreds(self):
        """Station id -> list id -> votes among the ballots read so far: one query.

        The second hundred holds the first one.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT s.bureau_tour_id, jsonb_object_agg(l.candidature_id, l.voix)
                  FROM (SELECT DISTINCT ON (s.bureau_tour_id) s.id, s.bureau_tour_id
                          FROM mairie_scrutin_saisie s
                          JOIN mairie_scrutin_bureau_tour bt ON bt.id = s.bureau_tour_id
                         WHERE bt.tour_id = %s AND s.kind IN ('centaine1', 'centaine2')
                         ORDER BY s.bureau_tour_id, s.kind DESC, s.id DESC) s
                  JOIN mairie_scrutin_saisie_ligne l ON l.saisie_id = s.id
                 GROUP BY s.bureau_tour_id
                """,
                self.id,
            )
        )
        return {
            station: {int(key): voix for key, voix in votes.items()}
            for station, votes in self.env.cr.fetchall()
        }


def _width(part, whole):
    """Share in tenths of a percent, for a drawing."""
    return round(1000 * part / whole) / 10 if whole else 0


def _past_votants(past, hour):
    before, turnout = past
    return before.votants if hour is None else turnout.get(hour)
