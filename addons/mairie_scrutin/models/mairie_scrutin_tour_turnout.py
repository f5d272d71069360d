from odoo import models
from odoo.tools import SQL

from ..lib.charts import turnout_curve


class MairieScrutinTour(models.Model):
    """Turnout as visitors read it: no result, it may be told before the hour."""

    _inherit = "mairie.scrutin.tour"

    def _prepare_public_turnout(self):
        """Hour by hour: voters of the stations that told theirs. Not a result."""
        if not self.public_turnout:
            return []
        self.env["mairie.scrutin.participation"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT p.hour, count(*), sum(p.votants), sum(bt.inscrits)
                  FROM mairie_scrutin_participation p
                  JOIN mairie_scrutin_bureau_tour bt ON bt.id = p.bureau_tour_id
                 WHERE p.tour_id = %s AND p.is_current AND bt.inscrits > 0
                 GROUP BY p.hour ORDER BY p.hour
                """,
                self.id,
            )
        )
        return [
            {
                "hour": hour,
                "label": f"{int(hour)}\u00a0h"
                + (f"\u00a0{round(hour % 1 * 60):02d}" if hour % 1 else ""),
                "stations": stations,
                "votants": votants,
                "inscrits": inscrits,
            }
            for hour, stations, votants, inscrits in self.env.cr.fetchall()
        ]

    def _find_told_turnout(self, turnout):
        """The last hour that half of the stations told: one alone is not the town.

        :param turnout: see :meth:`_prepare_public_turnout`
        :return: its row, or None
        """
        station_count = len(self.bureau_tour_ids)
        told = [row for row in turnout if 2 * row["stations"] >= station_count]
        return told[-1] if told else None

    def _prepare_public_curve(self, turnout):
        """Points of the curve of turnout, from the opening of the stations."""
        points = [(row["hour"], row["votants"], row["inscrits"]) for row in turnout]
        return turnout_curve(points, self.ouverture)
