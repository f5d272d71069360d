from odoo import fields, models
from odoo.tools import SQL

from .mairie_scrutin_tour_announce import VISIBLE_TERMS
from .mairie_scrutin_tour_release import PUBLIC_TERMS

#: The snapshot to serve if a visit looked for changes within this very second, its text
#: left out for who has it. The same conditions as the long way, ``_get_public_tour`` and
#: ``_get_snapshot``: the address, the commune, the announcement, the embargo.
FRESH = f"""
SELECT p.etag, CASE WHEN position(p.etag IN %(known)s) = 0 THEN p.html END
  FROM mairie_scrutin_publication p
  JOIN mairie_scrutin_tour t ON t.id = p.tour_id
  JOIN mairie_scrutin e ON e.id = t.scrutin_id
 WHERE t.public_code = %(code)s AND t.company_id = %(company)s
   AND {VISIBLE_TERMS}
   AND p.lang = %(lang)s AND p.checked = %(now)s AND p.etag IS NOT NULL
   AND p.phase = CASE WHEN {PUBLIC_TERMS} THEN 'apres' ELSE 'avant' END
"""


class MairieScrutinPublication(models.Model):
    """The answer to most visits of an evening: nothing changed within this second."""

    _inherit = "mairie.scrutin.publication"

    def _find_fresh(self, code, known):
        """:return: (etag, text or None) of what FRESH finds, or None"""
        self.env.flush_all()
        values = {
            "code": code,
            "known": known,
            "company": self.env.company.id,
            "lang": self.env.lang or "en_US",
            "now": fields.Datetime.now(),
        }
        self.env.cr.execute(SQL(FRESH, **values))
        return self.env.cr.fetchone()
