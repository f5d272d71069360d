from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_date


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
        return {
            "code": self.public_code,
            "url": self.public_url,
            "title": self.name,
            "date": format_date(self.env, self.date, date_format="EEEE d MMMM y"),
            "release_date": format_date(
                self.env, opening.date(), date_format="EEEE d MMMM"
            ),
            "release_hour": f"{opening:%H}\u00a0h\u00a0{opening:%M}",
            "release_utc": f"{self.embargo_until.isoformat()}Z",
            "is_open": self.is_public,
            "source_note": self.scrutin_id.source_note or "",
        }

    def _prepare_public_figures(self):
        """Figures of the validated stations. Call only after the release."""
        self.ensure_one()
        totals = self._get_totals()
        built = self.company_id._mairie_localize(fields.Datetime.now())
        complete = totals["stations"] == totals["stations_all"] > 0
        status = "complete" if complete else "provisional"
        return {
            "status": "proclaimed" if self.state == "proclame" else status,
            "built": f"{built:%H}\u00a0h\u00a0{built:%M}\u00a0min\u00a0{built:%S}\u00a0s",
            "built_date": format_date(self.env, built.date(), date_format="d MMMM y"),
            "built_iso": built.isoformat(timespec="seconds"),
            "stations": totals["stations"],
            "stations_all": totals["stations_all"],
            "inscrits_all": totals["inscrits_all"],
            "inscrits": totals["inscrits"],
            "votants": totals["votants"],
            "blancs": totals["blancs"],
            "nuls": totals["nuls"],
            "exprimes": totals["exprimes"],
            "lists": self._prepare_public_lists(totals),
            "seats": [row._prepare_public_vals() for row in self.attribution_ids],
            "bureaux": self._prepare_public_stations(),
        }

    def _prepare_public_lists(self, totals):
        """Lists in the order of the ballot, with their votes."""
        return [
            {
                "id": row.id,
                "panneau": row.panneau,
                "name": row.name,
                "head": row.head or "",
                "votes": totals["votes"][row.id],
            }
            for row in self.candidature_ids
        ]

    def _prepare_public_stations(self):
        """One row for each validated station, votes in the order of the ballot.

        Hook: merge very small stations in the open data.
        """
        self.env.cr.execute(
            SQL(
                """
                SELECT b.code, coalesce(b.name, ''), s.inscrits, s.votants, s.blancs,
                       s.nuls, s.exprimes,
                       array_agg(coalesce(l.voix, 0) ORDER BY c.sequence, c.id)
                  FROM mairie_scrutin_bureau_tour bt
                  JOIN mairie_scrutin_bureau b ON b.id = bt.bureau_id
                  JOIN mairie_scrutin_saisie s ON s.id = bt.saisie_id
                  JOIN mairie_scrutin_candidature c ON c.tour_id = bt.tour_id
                  LEFT JOIN mairie_scrutin_saisie_ligne l
                         ON l.saisie_id = s.id AND l.candidature_id = c.id
                 WHERE bt.tour_id = %s AND bt.state IN ('valide', 'recense')
                 GROUP BY b.id, s.id
                 ORDER BY b.code
                """,
                self.id,
            )
        )
        names = ("code", "name", "inscrits", "votants", "blancs", "nuls", "exprimes")
        return [
            dict(zip(names, row, strict=False), votes=row[7])
            for row in self.env.cr.fetchall()
        ]
