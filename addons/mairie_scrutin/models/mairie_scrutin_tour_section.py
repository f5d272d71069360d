from odoo import models
from odoo.tools import SQL

from .mairie_scrutin_tour_result import VALID

#: Section of a station: as written, else the département of its commune.
SECTION = SQL(
    """
    coalesce(nullif(b.section, ''), left(b.commune_insee,
             CASE WHEN b.commune_insee LIKE '97%%' THEN 3 ELSE 2 END))
    """
)


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """Votes of the round by section, summed from the validated stations."""

    _inherit = "mairie.scrutin.tour"

    def _get_sections(self):
        """Codes of the sections of the stations, in their order."""
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT DISTINCT %s AS section
                  FROM mairie_scrutin_bureau_tour bt
                  JOIN mairie_scrutin_bureau b ON b.id = bt.bureau_id
                 WHERE bt.tour_id = %s ORDER BY section
                """,
                SECTION,
                self.id,
            )
        )
        return [row[0] for row in self.env.cr.fetchall()]

    def _is_associated(self):
        """Whether seats are given section by section (L438)."""
        self.ensure_one()
        return self.regime == "polynesie" and len(self._get_sections()) > 1

    def _get_section_votes(self):
        """Candidature id -> section -> votes of the validated stations; one query."""
        self.ensure_one()
        sections = self._get_sections()
        votes = {row.id: dict.fromkeys(sections, 0) for row in self.candidature_ids}
        self.env.cr.execute(
            SQL(
                """
                SELECT l.candidature_id, %s, sum(l.voix)
                  FROM mairie_scrutin_bureau_tour bt
                  JOIN mairie_scrutin_bureau b ON b.id = bt.bureau_id
                  JOIN mairie_scrutin_saisie_ligne l ON l.saisie_id = bt.saisie_id
                 WHERE bt.tour_id = %s AND bt.state = ANY(%s)
                 GROUP BY 1, 2
                """,
                SECTION,
                self.id,
                list(VALID),
            )
        )
        for candidature, section, count in self.env.cr.fetchall():
            votes[candidature][section] = count
        return votes
