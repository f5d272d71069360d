from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.misc import formatLang

VALID = ("valide", "recense")  # both count; the recensement only adds its stamp
FIGURES = ("inscrits", "votants", "emargements", "blancs", "nuls", "exprimes")


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """Consolidation: sums are read from the stations, never kept on the side."""

    _inherit = "mairie.scrutin.tour"

    station_count = fields.Integer("Stations", compute="_compute_progress")
    received_count = fields.Integer("Received", compute="_compute_progress")
    valid_count = fields.Integer("Validated", compute="_compute_progress")
    error_count = fields.Integer("In Error", compute="_compute_progress")
    alert_count = fields.Integer("To Check", compute="_compute_progress")
    clear_count = fields.Integer("Ready to Validate", compute="_compute_progress")
    seat_summary = fields.Char("Seats in One Line", compute="_compute_seat_summary")
    board = fields.Json(compute="_compute_board", export_string_translation=False)

    @api.depends("bureau_tour_ids.state", "bureau_tour_ids.open_alert_count")
    def _compute_progress(self):
        counts = self._get_progress() if self.ids else {}
        for tour in self:
            row = counts.get(tour._origin.id) or (0, 0, 0, 0, 0)
            total, received, valid, error, clear = row
            tour.station_count = total
            tour.received_count = received
            tour.valid_count = valid
            tour.error_count = error
            tour.clear_count = clear
            tour.alert_count = received - valid - error - clear

    @api.depends("bureau_tour_ids.state", "bureau_tour_ids.saisie_id")
    @api.depends_context("uid", "lang")
    def _compute_board(self):
        """What the card of the evening shows, for those who may see results."""
        central = self.env.user.has_group("mairie_scrutin.group_operateur")
        for tour in self:
            if not tour.id or not (central or tour.is_public):
                tour.board = {"hidden": True}
                continue
            tour.board = tour._prepare_board()

    @api.depends("attribution_ids.state", "attribution_ids.line_ids.seats")
    @api.depends_context("uid", "lang")
    def _compute_seat_summary(self):
        """Seats of the first council in one line, for those who may see results."""
        for tour in self:
            visible = not (tour.board or {}).get("hidden")
            row = tour.sudo().attribution_ids[:1] if visible else None
            tour.seat_summary = row._get_summary() if row else False

    def _prepare_board(self):
        """Plain figures of all stations received, the lists by votes."""
        self.ensure_one()
        totals = self._get_totals(("a_verifier", *VALID))
        names = {row.id: row.name for row in self.candidature_ids}
        best = max(totals["votes"].values(), default=0)
        ranked = sorted(totals["votes"].items(), key=lambda pair: -pair[1])
        return {
            "hidden": False,
            "stations": totals["stations"],
            "partial": totals["stations"] < totals["stations_all"],
            "inscrits_share": self._format_share(
                totals["inscrits"], totals["inscrits_all"]
            ),
            "turnout": self._format_share(totals["votants"], totals["inscrits"]),
            "exprimes": self._format_int(totals["exprimes"]),
            "blancs": self._format_int(totals["blancs"]),
            "nuls": self._format_int(totals["nuls"]),
            "lists": [
                {
                    "name": names.get(key, ""),
                    "votes": self._format_int(votes),
                    "share": self._format_share(votes, totals["exprimes"]),
                    "width": round(100 * votes / best) if best else 0,
                }
                for key, votes in ranked[:4]
            ],
        }

    def _get_progress(self):
        """tour id -> (stations, received, validated, in error, ready), one query."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT bt.tour_id, count(*),
                       count(*) FILTER (WHERE bt.saisie_id IS NOT NULL),
                       count(*) FILTER (WHERE bt.state = ANY(%s)),
                       count(*) FILTER (WHERE bt.state = 'erreur'),
                       count(*) FILTER (WHERE bt.state = 'a_verifier'
                           AND NOT EXISTS (
                               SELECT FROM mairie_scrutin_controle c
                               WHERE c.saisie_id = bt.saisie_id
                                 AND coalesce(c.reason, '') = ''))
                  FROM mairie_scrutin_bureau_tour bt
                 WHERE bt.tour_id = ANY(%s)
                 GROUP BY bt.tour_id
                """,
                list(VALID),
                list(self.ids),
            )
        )
        return {row[0]: row[1:] for row in self.env.cr.fetchall()}

    def _get_totals(self, states=VALID):
        """Sum the retained entries of the stations in ``states``: two queries.

        :return: dict of the FIGURES, ``stations`` counted, ``stations_all``,
            ``inscrits_all`` (of all stations) and ``votes``: candidature id -> votes,
            in the order of the lists
        """
        self.ensure_one()
        self.env.flush_all()
        retained = SQL(
            """
            FROM mairie_scrutin_bureau_tour bt
            LEFT JOIN mairie_scrutin_saisie s
                   ON s.id = bt.saisie_id AND bt.state = ANY(%s)
            WHERE bt.tour_id = %s
            """,
            list(states),
            self.id,
        )
        votes = self._sum_votes(retained)
        in_order = {row.id: votes.get(row.id, 0) for row in self.candidature_ids}
        return dict(self._sum_figures(retained), votes=in_order)

    def _sum_figures(self, retained):
        """Name -> sum. :param retained: FROM and WHERE of stations (bt), entries (s)"""
        sums = SQL(", ").join(
            SQL("coalesce(sum(%s), 0)", SQL.identifier("s", name)) for name in FIGURES
        )
        self.env.cr.execute(
            SQL(
                "SELECT count(s.id), count(bt.id), coalesce(sum(bt.inscrits), 0), %s %s",
                sums,
                retained,
            )
        )
        names = ("stations", "stations_all", "inscrits_all", *FIGURES)
        return dict(zip(names, self.env.cr.fetchone(), strict=True))

    def _sum_votes(self, retained):
        """Candidature id -> votes, of those that have some."""
        self.env.cr.execute(
            SQL(
                """
                SELECT l.candidature_id, sum(l.voix)
                  FROM mairie_scrutin_saisie_ligne l
                 WHERE l.saisie_id IN (SELECT s.id %s AND s.id IS NOT NULL)
                 GROUP BY l.candidature_id
                """,
                retained,
            )
        )
        return dict(self.env.cr.fetchall())

    def action_validate_clear(self):
        """Validate in one go every station without error nor open alert."""
        self.ensure_one()
        ready = self.bureau_tour_ids.filtered(
            lambda bt: bt.state == "a_verifier" and not bt.open_alert_count
        )
        if not ready:
            raise UserError(
                self.env._(
                    "No station is ready: each one left is awaited, in error, or has "
                    "an alert that waits for its reason."
                )
            )
        ready.action_validate()
        return self._notify_done(self.env._("%s stations validated.", len(ready)))

    def action_allocate(self):
        """Compute the seats from the validated stations and show them."""
        self._check_supervisor()
        self._check_open()
        for tour in self:
            if not tour.scrutin_id.regime:
                raise UserError(
                    self.env._("The town reports votes for this election, not seats.")
                )
            tour.sudo().attribution_ids._allocate(tour.sudo())
        return self.action_view_seats()

    def action_proclaim(self):
        """All stations validated: the results are proclaimed and do not change."""
        self.ensure_one()
        self._check_supervisor()
        self._check_open()
        missing = self.station_count - self.valid_count
        if missing or not self.station_count:
            raise UserError(
                self.env._(
                    "%(missing)s of %(total)s stations are not validated: the results "
                    "cannot be proclaimed yet.",
                    missing=missing,
                    total=self.station_count,
                )
            )
        if self.scrutin_id.regime:
            self.sudo().attribution_ids._allocate(self.sudo())
            self.sudo().attribution_ids._check_settled()
        self.sudo().write(
            {"state": "proclame", "proclaimed_date": fields.Datetime.now()}
        )
        self._log("proclamation")

    def _log(self, event, detail="", stations=None):
        """Write one line of the journal, or one for each station; return them."""
        targets = [station.id for station in stations] if stations else [False]
        return (
            self.env["mairie.scrutin.journal"]
            .sudo()
            .create(
                [
                    {
                        "tour_id": self.id,
                        "bureau_tour_id": target,
                        "event": event,
                        "detail": detail,
                        "user_id": self.env.uid,
                    }
                    for target in targets
                ]
            )
        )

    def _notify_done(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _format_int(self, value):
        """Whole number with the separators of the user's language."""
        return formatLang(self.env, value, digits=0)

    @api.model
    def _format_share(self, part, whole, digits=1):
        """Percentage for people; thresholds never use it."""
        if not whole:
            return "–"
        scaled = (2 * 100 * 10**digits * part + whole) // (2 * whole)
        return f"{self._format_decimal(scaled, digits)}\u00a0%"

    @api.model
    def _format_decimal(self, scaled, digits):
        """``scaled`` / 10**digits, written in the user's language."""
        return formatLang(self.env, scaled / 10**digits, digits=digits)
