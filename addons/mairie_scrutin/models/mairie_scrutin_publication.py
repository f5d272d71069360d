import hashlib
import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from psycopg2.errors import LockNotAvailable, SerializationFailure
from psycopg2.extras import Json

from .mairie_scrutin_tour import PUBLIC_CODE

MIN_AGE = timedelta(seconds=1)
#: Longest wait for the very first snapshot, while another visit is building it.
PATIENCE = "10s"
LOCK = 7_0012
#: All that moves the figures of a round: its stations, their places, its lists, its
#: seats, and the round before it.
RELEASED_TERMS = """
SELECT t.write_date, e.write_date, f.write_date,
       (SELECT string_agg(concat_ws(':', bt.bureau_id, bt.saisie_id, bt.state,
                                    bt.inscrits), ',' ORDER BY bt.bureau_id)
          FROM mairie_scrutin_bureau_tour bt WHERE bt.tour_id = t.id),
       (SELECT max(b.write_date)
          FROM mairie_scrutin_bureau_tour bt
          JOIN mairie_scrutin_bureau b ON b.id = bt.bureau_id
         WHERE bt.tour_id = t.id),
       (SELECT string_agg(concat_ws(':', c.id, c.write_date), ',' ORDER BY c.id)
          FROM mairie_scrutin_candidature c WHERE c.tour_id = t.id),
       (SELECT string_agg(concat_ws(':', a.id, a.write_date), ',' ORDER BY a.id)
          FROM mairie_scrutin_attribution a WHERE a.tour_id = t.id),
       (SELECT string_agg(concat_ws(':', bt.id, bt.write_date), ',' ORDER BY bt.id)
          FROM mairie_scrutin_bureau_tour bt WHERE bt.tour_id = f.id)
  FROM mairie_scrutin_tour t
  JOIN mairie_scrutin e ON e.id = t.scrutin_id
  LEFT JOIN mairie_scrutin_tour f ON f.id = t.previous_tour_id
 WHERE t.id = %(tour)s
"""


class MairieScrutinPublication(models.Model):
    """What the public reads: a snapshot of plain figures, rebuilt only when they change.

    One row for each round, language and phase: before the release it holds the turnout
    only, and the row with the figures does not exist. A visit reads this row, nothing
    of the stations; once a second at most, one visit looks whether they changed.
    """

    _name = "mairie.scrutin.publication"
    _description = "Published Results"

    tour_id = fields.Many2one("mairie.scrutin.tour", required=True, ondelete="cascade")
    lang = fields.Char(required=True)
    phase = fields.Selection(
        [("avant", "Before the release"), ("apres", "Released")],
        required=True,
        default="avant",
        export_string_translation=False,
    )
    signature = fields.Char()
    checked = fields.Datetime(export_string_translation=False)
    built = fields.Datetime()
    etag = fields.Char(export_string_translation=False)
    payload = fields.Json(prefetch=False)
    html = fields.Text(prefetch=False, export_string_translation=False)

    _phase_uniq = models.Constraint(
        "UNIQUE(tour_id, lang, phase)", "One snapshot a language and phase."
    )

    # ---- what controllers ask for ----

    @api.model
    def _get_public_tours(self):
        """Rounds that a visitor may see, newest first: plain dicts."""
        tours = self.env["mairie.scrutin.tour"].sudo()
        here = Domain("company_id", "=", self.env.company.id)
        found = tours.search(here & tours._get_visible_domain())
        return [tour._prepare_public_head() for tour in found]

    @api.model
    def _get_public_tour(self, code):
        """The round of that address, superuser, empty when visitors do not know it."""
        tours = self.env["mairie.scrutin.tour"].sudo()
        if not PUBLIC_CODE.fullmatch(code):
            return tours
        company = self.env.company.id
        found = tours.search(
            [("public_code", "=", code), ("company_id", "=", company)], limit=1
        )
        return found if found and found._is_visible() else tours

    @api.model
    def _get_public_page(self, code):
        """Return what the page ``/resultats/<code>`` may show, or None if unknown.

        :return: dict of the head of the round; ``figures`` is None until the release,
            ``html`` is the fragment that changes, ``etag`` its version
        """
        tour = self._get_public_tour(code)
        return self._get_page(tour) if tour else None

    @api.model
    def _get_public_version(self, code, known=""):
        """Return (etag, fragment) of a page, the fragment None when ``known`` is it.

        None when there is no such page. The cheapest way to ask what changed: one query
        for all the visits of a second but the first.
        """
        fresh = PUBLIC_CODE.fullmatch(code) and self._find_fresh(code, known)
        if fresh:
            return fresh
        tour = self._get_public_tour(code)
        if not tour:
            return None
        page = self._get_snapshot(tour)
        return page["etag"], None if page["etag"] in known else page["html"]

    @api.model
    def _get_page(self, tour):
        page = self._get_snapshot(tour)
        payload = page["payload"]
        return dict(
            payload["head"],
            figures=payload["figures"],
            curve=payload["curve"],
            html=page["html"],
            etag=page["etag"],
        )

    # ---- the snapshot ----

    def _get_snapshot(self, tour):
        """The snapshot to serve now: a row, or a dict that was not kept.

        The embargo is asked here, at each visit, and again when a row is built: what
        was built after the hour stands in a row that is not read before it. A rehearsal
        has no public page and nothing real: its screens show it at any hour.
        """
        phase = "apres" if tour.is_public or tour.is_rehearsal else "avant"
        lang = self.env.lang or "en_US"
        now = fields.Datetime.now()
        row = self._find_row(tour, lang, phase)
        if row.etag and row.checked and abs(now - row.checked) < MIN_AGE:
            return row
        if not self._claim(tour, lang, phase, now):
            return row if row.etag else self._wait_for_row(tour, lang, phase)
        signature = self._get_signature(tour, phase)
        if row.etag and row.signature == signature:
            return row
        built = self._build(tour, phase)
        self._keep(tour, lang, phase, dict(built, signature=signature, built=now))
        return built

    def _find_row(self, tour, lang, phase):
        return self.sudo().search(
            [("tour_id", "=", tour.id), ("lang", "=", lang), ("phase", "=", phase)]
        )

    def _claim(self, tour, lang, phase, now):
        """Take the turn to look for changes: one visit a second, whatever the rush.

        Lock and row are one query: a visit that comes too late to write keeps no lock,
        else it would wait for itself.
        """
        query = SQL(
            """
            INSERT INTO mairie_scrutin_publication (tour_id, lang, phase, checked)
                 SELECT %(tour)s, %(lang)s, %(phase)s, %(now)s
                  WHERE pg_try_advisory_xact_lock(%(lock)s, %(tour)s)
            ON CONFLICT (tour_id, lang, phase) DO UPDATE SET checked = EXCLUDED.checked
                  WHERE mairie_scrutin_publication.checked IS DISTINCT FROM %(now)s
                     OR mairie_scrutin_publication.etag IS NULL
              RETURNING id
            """,
            tour=tour.id,
            lang=lang,
            phase=phase,
            now=now,
            lock=LOCK,
        )
        claimed = self._write_aside(query)
        self.invalidate_model(["checked"])
        return claimed

    def _write_aside(self, query):
        """Run a query unless another visit was quicker; whether it wrote."""
        try:
            with self.env.cr.savepoint():
                self.env.cr.execute(query, log_exceptions=False)
                return bool(self.env.cr.rowcount)
        except SerializationFailure:
            return False

    def _wait_for_row(self, tour, lang, phase):
        """The first snapshot is being built elsewhere: wait for it, then read it.

        Past ``PATIENCE`` this visit builds for itself and keeps nothing.
        """
        self._wait_for_turn(tour)
        # What waited sees the town as it was before: read in a new transaction.
        with self.env.registry.cursor() as cr:
            row = self.with_env(self.env(cr=cr))._find_row(tour, lang, phase)
            if row.etag:
                return {name: row[name] for name in ("etag", "html", "payload")}
        return self._build(tour, phase)

    def _wait_for_turn(self, tour):
        with self.env.registry.cursor() as cr:
            cr.execute(SQL("SELECT set_config('lock_timeout', %s, true)", PATIENCE))
            lock = SQL("SELECT pg_advisory_xact_lock(%s, %s)", LOCK, tour.id)
            try:
                cr.execute(lock, log_exceptions=False)
            except LockNotAvailable:
                cr.rollback()

    def _build(self, tour, phase):
        """Everything that the page, the screens and the files show, in one language."""
        head = tour._prepare_public_head()
        figures = tour._prepare_public_figures() if phase == "apres" else None
        curve = tour._prepare_public_curve(head["turnout"])
        payload = {"head": head, "figures": figures, "curve": curve}
        values = {
            "page": head,
            "figures": figures,
            "curve": curve,
            "share": tour._format_share,
            "number": tour._format_int,
            "lang": self.env.lang or "en_US",
        }
        html = self.env["ir.qweb"]._render("mairie_scrutin.public_fragment", values)
        told = json.dumps(payload, sort_keys=True).encode() + html.encode()
        etag = hashlib.sha256(told).hexdigest()[:24]
        return {"payload": payload, "html": str(html), "etag": etag}

    def _keep(self, tour, lang, phase, vals):
        """Keep what was built; the static file follows once it is committed."""
        query = SQL(
            """
            UPDATE mairie_scrutin_publication
               SET signature = %s, built = %s, payload = %s, html = %s, etag = %s
             WHERE tour_id = %s AND lang = %s AND phase = %s
            """,
            vals["signature"],
            vals["built"],
            Json(vals["payload"]),
            vals["html"],
            vals["etag"],
            tour.id,
            lang,
            phase,
        )
        if self._write_aside(query) and phase == "apres":
            self._write_static(tour, lang, vals["html"])
        self.invalidate_model()

    # ---- what may have changed ----

    def _get_signature(self, tour, phase):
        """Digest of all that the snapshot shows."""
        rest = self._get_terms(tour)
        if phase == "apres":
            rest += self._get_released_terms(tour)
        return hashlib.sha256(repr(rest).encode()).hexdigest()

    def _get_terms(self, tour):
        """What the page shows at any time. Nothing here moves when a result comes."""
        head = tour._prepare_public_head()
        return [sorted((key, str(value)) for key, value in head.items())]

    def _get_released_terms(self, tour):
        """What else it shows after the release: one query, run once a second."""
        self.env.flush_all()
        self.env.cr.execute(SQL(RELEASED_TERMS, tour=tour.id))
        return list(map(str, self.env.cr.fetchone()))
