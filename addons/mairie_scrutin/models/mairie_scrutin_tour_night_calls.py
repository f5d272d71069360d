from odoo import fields, models
from odoo.tools.misc import formatLang

from ..lib.anomalies import Limits, Station, rank
from ..lib.swap import suspects

SETTLED = ("valide", "recense")
# Several rows of reasons may speak at once: the board shows these many at most.
SHOWN_REASONS = 4


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """« À traiter »: whom to call first, and why, in words."""

    _inherit = "mairie.scrutin.tour"

    def _prepare_night_calls(self, rows, past, points):
        """Stations to call, the first one first, each with its reasons as sentences."""
        if self.state == "proclame":
            return []
        stations = self._get_night_lib_stations(rows, points)
        references = {key: before for key, (before, _turnout) in past.items()}
        swaps = self._get_night_swaps(rows, references)
        calls = rank(stations, references, self._get_night_limits(), swaps)
        by_id = {row["id"]: row for row in rows}
        messages = self._get_night_messages(rows)
        names = {row.id: row.name for row in self.candidature_ids}
        found = []
        for call in calls:
            row = by_id[call.station]
            sentences = []
            for reason in call.reasons[:SHOWN_REASONS]:
                said = messages.get(row["saisie"], []) if row["saisie"] else []
                if reason.code in ("error", "alert") and said:
                    sentences += said
                    continue
                sentences.append(self._get_night_sentence(reason, names))
            found.append(
                {
                    "id": row["id"],
                    "code": row["code"],
                    "place": row["place"],
                    "reason": call.reasons[0].code,
                    "level": self._get_night_level(call.reasons[0].code),
                    "sentences": list(dict.fromkeys(sentences)),
                }
            )
        return found

    def _get_night_limits(self):
        return Limits(
            unusual=self.unusual_limit,
            quiet=self.quiet_minutes,
            overdue=self.overdue_minutes,
        )

    def _get_night_level(self, code):
        """Role of the chip: what stops, what waits, what is only odd."""
        if code in ("differences", "error", "presence"):
            return "blocked"
        return "todo" if code in ("alert", "swap", "late") else "running"

    def _get_night_lib_stations(self, rows, points):
        """Station id -> the lib's Station, in the order of the numbers."""
        start = self._get_counting_start(rows)
        counting = fields.Datetime.now() >= start
        waiting = self._minutes_since(start) if counting else None
        last = self._get_night_last_signs()
        asked = self._get_night_asked(counting)
        alone = self._get_night_alone()
        found = {}
        for row in rows:
            quiet = None
            if counting and not row["saisie"]:
                sign = last.get(row["id"])
                quiet = self._minutes_since(max(sign, start) if sign else start)
            done = row["counted"]
            found[row["id"]] = Station(
                inscrits=row["entry_inscrits"] or row["inscrits"] or 0,
                votants=row["votants"] if done else None,
                blancs=row["blancs"] if done else None,
                nuls=row["nuls"] if done else None,
                exprimes=row["exprimes"] if done else None,
                votes=row["votes"] if done else None,
                turnout=tuple(points.get(row["id"], ())),
                asked=asked,
                quiet=quiet,
                overdue=waiting if not row["saisie"] else None,
                flags=self._get_night_flags(row) | alone.get(row["id"], {}),
                settled=row["state"] in SETTLED,
            )
        return found

    def _get_night_alone(self):
        """Station id -> flag of those with fewer than two members in the room now.

        Only stations that note who is here are judged.
        """
        stations = self.sudo().bureau_tour_ids
        if not stations or not stations[0]._is_open_now():
            return {}
        lines = self.env["mairie.scrutin.presence"]._get_last_lines(stations)
        noted = stations.browse({row.bureau_tour_id.id for row in lines.values()})
        return {
            station.id: {"presence": {"count": station.present_count}}
            for station in noted
            if station.presence_alert
        }

    def _get_night_flags(self, row):
        """What the state and the controls of a station already say."""
        if row["state"] == "ecarts":
            return {"differences": {"count": 1}}
        if row["state"] == "erreur":
            return {"error": {"count": row["open"]}}
        if row["state"] == "a_verifier" and row["open"]:
            return {"alert": {"count": row["open"]}}
        return {}

    def _get_night_asked(self, counting):
        """Hours whose turnout is due by now, closing left out."""
        hours = self._get_participation_hours()
        local = self.company_id._mairie_localize(fields.Datetime.now())
        now = local.hour + local.minute / 60
        past_day = local.date() > self.date
        return tuple(h for h in hours if counting or past_day or h + 0.25 <= now)

    def _get_night_last_signs(self):
        """Station id -> when it last said something."""
        groups = self.env["mairie.scrutin.participation"]._read_group(
            [("tour_id", "=", self.id)], ["bureau_tour_id"], ["create_date:max"]
        )
        return {station.id: moment for station, moment in groups}

    def _get_night_swaps(self, rows, references):
        """Station id -> figures of a suspected inversion, among those to check."""
        votes = {
            row["id"]: row["votes"]
            for row in rows
            if row["counted"] and row["exprimes"]
        }
        lists = {tuple(sorted(one)) for one in votes.values()}
        if len(lists) != 1:
            return {}
        only = [
            row["id"]
            for row in rows
            if row["id"] in votes and row["state"] not in SETTLED
        ]
        past = {
            key: before.votes
            for key, before in references.items()
            if key in votes and before.votes
        }
        found = suspects(votes, only=only, past=past, limit=self.swap_limit)
        return {
            key: {
                "first": row.first,
                "second": row.second,
                "evidence": row.evidence,
                "votes": (votes[key][row.first], votes[key][row.second]),
            }
            for key, row in found.items()
        }

    def _get_night_messages(self, rows):
        """Entry id -> sentences of its controls that are open: two queries."""
        entries = [row["saisie"] for row in rows if row["open"]]
        controls = self.env["mairie.scrutin.controle"].search(
            [("saisie_id", "in", entries), ("reason", "in", (False, ""))]
        )
        found = {}
        for control in controls:
            found.setdefault(control.saisie_id.id, []).append(control.message)
        return found

    def _get_night_sentence(self, reason, names):
        """One reason in words, with its figures."""
        method = getattr(self, f"_night_sentence_{reason.code}")
        return method(reason.params, names)

    def _night_sentence_differences(self, params, names):
        return self.env._("The two entries differ: read the photo of the report.")

    def _night_sentence_error(self, params, names):
        return self.env._("A sum is wrong: call the station.")

    def _night_sentence_alert(self, params, names):
        return self.env._("An alert waits for its reason.")

    def _night_sentence_presence(self, params, names):
        if not params["count"]:
            return self.env._("No member is in the room: two are needed (R42).")
        return self.env._("One member alone in the room: two are needed (R42).")

    def _night_sentence_swap(self, params, names):
        one, two = params["votes"]
        return self.env._(
            "Lists inverted? %(first)s %(one)s, %(second)s %(two)s: the contrary would "
            "be likelier here.",
            first=names.get(params["first"], ""),
            second=names.get(params["second"], ""),
            one=one,
            two=two,
        )

    def _night_sentence_late(self, params, names):
        return self.env._(
            "No result for %s since the closing.", self._format_minutes(params)
        )

    def _night_sentence_silent(self, params, names):
        return self.env._("Silent for %s.", self._format_minutes(params))

    def _night_sentence_turnout_gap(self, params, names):
        hours = ", ".join(self._format_night_hour(hour) for hour in params["hours"])
        return self.env._("The turnout of %s is missing.", hours)

    def _night_sentence_turnout_stuck(self, params, names):
        return self.env._(
            "Nobody voted between %(before)s and %(after)s: %(votants)s voters.",
            before=self._format_night_hour(params["before"]),
            after=self._format_night_hour(params["after"]),
            votants=params["votants"],
        )

    def _night_sentence_unusual(self, params, names):
        labels = {
            "turnout": self.env._("Turnout"),
            "blancs": self.env._("Blank ballots"),
            "nuls": self.env._("Void ballots"),
        }
        figure = params["figure"]
        values = {
            "figure": labels.get(figure) or names.get(figure, ""),
            "share": self._format_share(params["part"], params["whole"]),
            "expected": self._format_share(params["expected"], 1000),
        }
        if params["against"] == "past":
            return self.env._(
                "%(figure)s %(share)s, %(expected)s expected from its past.", **values
            )
        return self.env._(
            "%(figure)s %(share)s, around %(expected)s in the other stations.", **values
        )

    def _format_minutes(self, params):
        minutes = params["minutes"]
        if minutes < 120:
            return self.env._("%s min", minutes)
        if minutes < 48 * 60:
            return self.env._("%s h", minutes // 60)
        return self.env._("%s days", minutes // (24 * 60))

    def _format_night_hour(self, hour):
        """12.5 as 12 h 30: hours of the day of an election, as they are said."""
        whole, rest = divmod(round(hour * 60), 60)
        minutes = f"\u00a0{rest:02}" if rest else ""
        return f"{formatLang(self.env, whole, digits=0)}\u00a0h{minutes}"
