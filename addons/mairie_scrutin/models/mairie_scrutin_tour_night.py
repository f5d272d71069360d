from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError
from odoo.tools import SQL

COUNTED = ("a_verifier", "valide", "recense")
SETTLED = ("valide", "recense")


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """The night room: one method, a number of queries that stations do not change."""

    _inherit = "mairie.scrutin.tour"

    @api.model
    def get_night_rounds(self):
        """Rounds to choose from, the one of tonight first, then the latest."""
        self._check_night_reader()
        today = fields.Date.context_today(self)
        tours = self.search([], limit=40)
        key = {
            tour.id: (tour.state == "proclame", abs((tour.date - today).days), tour.id)
            for tour in tours
        }
        return [
            {
                "id": tour.id,
                "name": tour.name,
                "date": fields.Date.to_string(tour.date),
                "concomitant": tour.concomitant_id.id,
            }
            for tour in tours.sorted(lambda tour: key[tour.id])
        ]

    def get_night(self, version=None):
        """What the night room shows, or only ``{"version": …}`` when nothing changed.

        :param version: the version that the caller already has
        :return: plain values; readers get what is public and nothing else
        """
        self.ensure_one()
        self._check_night_reader()
        self.check_access("read")
        sees_all = self.env.user.has_group("mairie_scrutin.group_operateur")
        current = self._get_night_version(sees_all)
        now = fields.Datetime.to_string(fields.Datetime.now())
        if version == current:
            return {"version": current, "now": now}
        shared = self._get_night_shared(current, sees_all, self.env.lang)
        return dict(shared, version=current, now=now, head=self._prepare_night_head())

    def _check_night_reader(self):
        groups = ("mairie_scrutin.group_operateur", "mairie_scrutin.group_lecture")
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(self.env._("The evening is not open to you."))

    def _get_night_version(self, sees_all):
        """Fingerprint of all that the room shows, with the minute: two queries."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT md5(concat_ws('|',
                    (SELECT string_agg(concat_ws(',', bt.id, bt.state, bt.saisie_id,
                                bt.inscrits, bt.write_date), ';' ORDER BY bt.id)
                       FROM mairie_scrutin_bureau_tour bt WHERE bt.tour_id = t.id),
                    (SELECT string_agg(concat_ws(',', c.id, c.active, c.reason),
                                ';' ORDER BY c.id)
                       FROM mairie_scrutin_controle c WHERE c.tour_id = t.id),
                    (SELECT max(s.id) FROM mairie_scrutin_saisie s
                       JOIN mairie_scrutin_bureau_tour bt ON bt.id = s.bureau_tour_id
                      WHERE bt.tour_id = t.id),
                    (SELECT max(j.id) FROM mairie_scrutin_journal j
                      WHERE j.tour_id = t.id),
                    (SELECT max(p.id) FROM mairie_scrutin_presence p
                       JOIN mairie_scrutin_bureau_tour bt ON bt.id = p.bureau_tour_id
                      WHERE bt.tour_id = t.id),
                    t.write_date, t.state, t.reference_id, t.unusual_limit,
                    t.swap_limit, t.quiet_minutes, t.overdue_minutes, t.turnout_cap,
                    t.armed_by_id, t.agreed_by_id, t.embargo_until))
                  FROM mairie_scrutin_tour t
                 WHERE t.id = %s
                """,
                self.id,
            )
        )
        print_ = self.env.cr.fetchone()[0]
        points = self._get_turnout_points()
        turnout = (
            sum(len(rows) for rows in points.values()),
            sum(votants for rows in points.values() for _hour, votants in rows),
        )
        minute = fields.Datetime.now().replace(second=0, microsecond=0)
        role = "all" if sees_all else "public" if self.is_public else "closed"
        return f"{print_}-{turnout[0]}-{turnout[1]}-{minute:%m%d%H%M}-{role}"

    @tools.ormcache("self.id", "version", "sees_all", "lang")
    def _get_night_shared(self, version, sees_all, lang):
        """The heavy part, the same for all who see as much in that language."""
        if not sees_all and not self.is_public:
            return self._prepare_night_closed()
        rows = self._get_night_rows(COUNTED if sees_all else SETTLED)
        values = {
            "progress": self._prepare_night_progress(rows),
            "stations": [self._prepare_night_station(row) for row in rows],
            "totals": self._prepare_night_totals(rows),
            "seats": self._prepare_night_seats(rows),
            "calls": [],
            "turnout": [],
            "hundreds": False,
        }
        if sees_all:
            past = self._get_past()
            points = self._get_turnout_points()
            calls = self._prepare_night_calls(rows, past, points)
            values.update(
                calls=calls,
                turnout=self._prepare_night_turnout(rows, past, points),
                hundreds=self._prepare_night_hundreds(rows, past),
            )
            ranks = {call["id"]: rank for rank, call in enumerate(calls)}
            for station in values["stations"]:
                station["rank"] = ranks.get(station["id"], len(ranks))
        return values

    def _prepare_night_closed(self):
        """What a reader gets before the opening: how far the evening is, no figure."""
        return {
            "progress": {
                "total": self.sudo().station_count,
                "received": self.sudo().received_count,
                "valid": self.sudo().valid_count,
                "share": "",
            },
            "stations": [],
            "totals": False,
            "seats": False,
            "calls": [],
            "turnout": [],
            "hundreds": False,
        }

    def _prepare_night_head(self):
        """Clock, lock, people: what depends on who looks."""
        user = self.env.user
        supervisor = user.has_group("mairie_scrutin.group_superviseur")
        paired = self.concomitant_id
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.scrutin_id.kind,
            "state": self.state,
            "embargo": fields.Datetime.to_string(self.embargo_until) or False,
            "status": self.release_status,
            "two_people": self.scrutin_id.two_person_release,
            "armed_by": self.sudo().armed_by_id.name or "",
            "armed_date": fields.Datetime.to_string(self.armed_date) or False,
            "agreed_by": self.sudo().agreed_by_id.name or "",
            "can_arm": supervisor and not self.armed_by_id,
            "can_agree": supervisor and bool(self.can_agree),
            "is_supervisor": supervisor,
            "sees_all": user.has_group("mairie_scrutin.group_operateur"),
            "can_tell": user.has_group("mairie_scrutin.group_operateur")
            and self.state != "proclame",
            "public_url": self.public_url,
            "reference": self.sudo().reference_id.name or "",
            "concomitant": {"id": paired.id, "name": paired.name} if paired else False,
        }

    def _get_night_rows(self, counted):
        """One dict for each station, with the figures retained: two queries."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT bt.id, bt.code, coalesce(b.name, ''), bt.state, bt.inscrits,
                       b.geojson IS NOT NULL,
                       s.id, s.inscrits, s.votants, s.blancs, s.nuls, s.exprimes,
                       s.emargements, s.create_date,
                       (SELECT count(*) FROM mairie_scrutin_controle c
                         WHERE c.saisie_id = s.id AND c.active
                           AND coalesce(c.reason, '') = '')
                  FROM mairie_scrutin_bureau_tour bt
                  JOIN mairie_scrutin_bureau b ON b.id = bt.bureau_id
                  LEFT JOIN mairie_scrutin_saisie s ON s.id = bt.saisie_id
                 WHERE bt.tour_id = %s
                 ORDER BY bt.code, bt.id
                """,
                self.id,
            )
        )
        names = "id code place state inscrits mapped saisie".split()
        names += "entry_inscrits votants blancs nuls exprimes emargements date".split()
        names.append("open")
        rows = [dict(zip(names, row, strict=True)) for row in self.env.cr.fetchall()]
        votes = self._get_night_votes()
        for row in rows:
            row["votes"] = votes.get(row["saisie"]) if row["saisie"] else None
            row["counted"] = bool(row["votes"]) and row["state"] in counted
        return rows

    def _get_night_votes(self):
        """Retained entry id -> list id -> votes, lists in the order of the ballot."""
        self.env.cr.execute(
            SQL(
                """
                SELECT l.saisie_id, l.candidature_id, l.voix
                  FROM mairie_scrutin_bureau_tour bt
                  JOIN mairie_scrutin_saisie_ligne l ON l.saisie_id = bt.saisie_id
                  JOIN mairie_scrutin_candidature c ON c.id = l.candidature_id
                 WHERE bt.tour_id = %s
                 ORDER BY l.saisie_id, c.sequence, c.id
                """,
                self.id,
            )
        )
        votes = {}
        for saisie, candidature, voix in self.env.cr.fetchall():
            votes.setdefault(saisie, {})[candidature] = voix
        return votes

    def _prepare_night_progress(self, rows):
        counted = [row for row in rows if row["counted"]]
        everyone = sum(row["inscrits"] or 0 for row in rows)
        share = sum(row["entry_inscrits"] or row["inscrits"] for row in counted)
        return {
            "total": len(rows),
            "received": len([row for row in rows if row["saisie"]]),
            "valid": len([row for row in rows if row["state"] in SETTLED]),
            "share": self._format_share(share, everyone, digits=0),
        }

    def _prepare_night_station(self, row):
        """One line of the table: short names, as many as three hundred of them go."""
        lead = self._get_night_lead(row)
        local = row["date"] and self.company_id._mairie_localize(row["date"])
        return {
            "id": row["id"],
            "code": row["code"],
            "place": row["place"],
            "state": row["state"],
            "inscrits": row["entry_inscrits"] or row["inscrits"],
            "votants": row["votants"] if row["counted"] else False,
            "at": f"{local:%H:%M}" if row["saisie"] else "",
            "open": row["open"],
            "lead": lead,
            "rank": 0,
        }

    def _get_night_lead(self, row):
        """[list ahead, its votes, its lead in votes], or False."""
        if not row["counted"] or not row["exprimes"]:
            return False
        ranked = sorted(row["votes"].items(), key=lambda pair: -pair[1])
        second = ranked[1][1] if len(ranked) > 1 else 0
        return [ranked[0][0], ranked[0][1], ranked[0][1] - second]

    def _get_counting_start(self, rows):
        """When counting began: the closing, or the first result when it came before."""
        closing = self._at_hour(self.cloture, None)
        closing = self.company_id._mairie_to_utc(closing)
        first = min((row["date"] for row in rows if row["saisie"]), default=closing)
        return min(first, closing)

    def _minutes_since(self, moment):
        return max((fields.Datetime.now() - moment) // timedelta(minutes=1), 0)
