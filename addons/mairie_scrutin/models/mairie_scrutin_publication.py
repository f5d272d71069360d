import hashlib
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL
from psycopg2.errors import SerializationFailure
from psycopg2.extras import Json

from .mairie_scrutin_tour import PUBLIC_CODE

MIN_AGE = timedelta(seconds=1)


class MairieScrutinPublication(models.Model):
    """What the public reads: a snapshot of plain figures, rebuilt only when they change.

    The public page never reads the stations: only this row. Before the release nothing
    is built, and nothing that was built is served.
    """

    _name = "mairie.scrutin.publication"
    _description = "Published Results"

    tour_id = fields.Many2one("mairie.scrutin.tour", required=True, ondelete="cascade")
    lang = fields.Char(required=True)
    signature = fields.Char()
    built = fields.Datetime()
    payload = fields.Json()

    _lang_uniq = models.Constraint("UNIQUE(tour_id, lang)", "One snapshot a language.")

    @api.model
    def _get_public_tours(self):
        """Rounds that a visitor may see, newest first: plain dicts."""
        tours = self.env["mairie.scrutin.tour"].sudo()
        found = tours.search(
            [
                ("company_id", "=", self.env.company.id),
                ("is_rehearsal", "=", False),
                "|",
                ("state", "!=", "preparation"),
                ("armed_by_id", "!=", False),
            ]
        )
        return [tour._prepare_public_head() for tour in found]

    @api.model
    def _get_public_page(self, code):
        """Return what the page ``/resultats/<code>`` may show, or None if unknown.

        :return: dict of the head of the round; ``figures`` is None until the release
        """
        if not PUBLIC_CODE.fullmatch(code):
            return None
        tour = (
            self.env["mairie.scrutin.tour"]
            .sudo()
            .search(
                [("public_code", "=", code), ("company_id", "=", self.env.company.id)],
                limit=1,
            )
        )
        if (
            not tour
            or tour.is_rehearsal
            or (tour.state == "preparation" and not tour.armed_by_id)
        ):
            return None
        head = tour._prepare_public_head()
        return dict(head, figures=self._get_figures(tour))

    @api.model
    def _get_figures(self, tour):
        """Return the snapshot of a released round, None before: the second lock."""
        if not tour.is_public:
            return None
        lang = self.env.lang or "en_US"
        row = self.sudo().search([("tour_id", "=", tour.id), ("lang", "=", lang)])
        if row.built and fields.Datetime.now() - row.built < MIN_AGE:
            return row.payload
        signature = self._get_signature(tour)
        if row.signature == signature:
            return row.payload
        locked = self._try_lock(tour)
        if row and not locked:
            return row.payload
        payload = tour._prepare_public_figures()
        if locked:
            self._keep_snapshot(tour, lang, signature, payload)
        return payload

    def _keep_snapshot(self, tour, lang, signature, payload):
        """Keep what was built, unless another visit kept its own just before."""
        query = SQL(
            """
            INSERT INTO mairie_scrutin_publication
                        (tour_id, lang, signature, built, payload)
                 VALUES (%s, %s, %s, %s, %s)
            ON CONFLICT (tour_id, lang) DO UPDATE
                    SET signature = EXCLUDED.signature, built = EXCLUDED.built,
                        payload = EXCLUDED.payload
            """,
            tour.id,
            lang,
            signature,
            fields.Datetime.now(),
            Json(payload),
        )
        try:
            with self.env.cr.savepoint():
                self.env.cr.execute(query, log_exceptions=False)
        except SerializationFailure:
            return
        self.invalidate_model()

    def _try_lock(self, tour):
        """One builder at a time; the others serve the last snapshot meanwhile.

        When there is none yet, they build for themselves and keep nothing.
        """
        self.env.cr.execute(
            SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", 7_0012, tour.id)
        )
        return self.env.cr.fetchone()[0]

    def _get_signature(self, tour):
        """Digest of all that the snapshot shows: one query for the stations."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT string_agg(concat_ws(':', bt.bureau_id, bt.saisie_id, bt.inscrits),
                                  ',' ORDER BY bt.bureau_id)
                       FILTER (WHERE bt.state IN ('valide', 'recense')), count(*), sum(bt.inscrits)
                  FROM mairie_scrutin_bureau_tour bt WHERE bt.tour_id = %s
                """,
                tour.id,
            )
        )
        stations = self.env.cr.fetchone()
        rest = [
            (row.id, str(row.write_date))
            for records in (
                tour,
                tour.scrutin_id,
                tour.candidature_ids,
                tour.attribution_ids,
            )
            for row in records
        ]
        return hashlib.sha256(repr((stations, rest)).encode()).hexdigest()
