import hashlib
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

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
        tour = (
            self.env["mairie.scrutin.tour"]
            .sudo()
            .search(
                [("public_code", "=", code), ("company_id", "=", self.env.company.id)],
                limit=1,
            )
        )
        if not tour or (tour.state == "preparation" and not tour.armed_by_id):
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
        if row.signature == signature or not self._try_lock(tour, bool(row)):
            return row.payload
        vals = {
            "signature": signature,
            "built": fields.Datetime.now(),
            "payload": tour._prepare_public_figures(),
        }
        if row:
            row.write(vals)
        else:
            row = self.sudo().create(dict(vals, tour_id=tour.id, lang=lang))
        return row.payload

    def _try_lock(self, tour, has_snapshot):
        """One builder at a time; the others serve the last snapshot meanwhile."""
        if not has_snapshot:
            return True
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
                       FILTER (WHERE bt.state = 'valide'), count(*), sum(bt.inscrits)
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
