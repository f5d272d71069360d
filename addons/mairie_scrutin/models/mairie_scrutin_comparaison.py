from odoo import api, fields, models
from odoo.tools import SQL

QUERY = """
WITH compared AS (
    SELECT id AS tour_id, reference_id
      FROM mairie_scrutin_tour WHERE reference_id IS NOT NULL
     UNION
    SELECT tour_id, reference_id FROM mairie_scrutin_tour_reference_rel
), now AS (
    SELECT bt.tour_id, bt.company_id, bt.id AS bureau_tour_id, bt.code,
           l.candidature_id, l.voix, s.exprimes
      FROM mairie_scrutin_bureau_tour bt
      JOIN mairie_scrutin_saisie s ON s.id = bt.saisie_id
      JOIN mairie_scrutin_saisie_ligne l ON l.saisie_id = s.id
     WHERE bt.state IN ('valide', 'recense')
       AND bt.tour_id IN (SELECT tour_id FROM compared)
), part AS (
    SELECT c.tour_id, c.reference_id, bt.company_id, bt.code,
           bt.id AS bureau_tour_id, l.votes, l.exprimes,
           bt.state IN ('valide', 'recense') AS is_counted,
           coalesce(p.percent, 100) AS percent
      FROM compared c
      JOIN mairie_scrutin_bureau_tour bt ON bt.tour_id = c.tour_id
      LEFT JOIN mairie_scrutin_reference_passage p
             ON p.reference_id = c.reference_id AND p.new_code = bt.code
      JOIN mairie_scrutin_reference_ligne l
        ON l.reference_id = c.reference_id
       AND l.code = coalesce(p.old_code, bt.code)
), past AS (
    SELECT part.tour_id, part.reference_id, part.company_id,
           part.bureau_tour_id, part.code, part.is_counted, rel.candidature_id,
           sum(part.percent * coalesce((part.votes ->> li.key)::int, 0))
               / 100 AS voix
      FROM part
      JOIN mairie_scrutin_reference_liste li
        ON li.reference_id = part.reference_id
      JOIN mairie_scrutin_reference_liste_rel rel ON rel.liste_id = li.id
      JOIN mairie_scrutin_candidature ca
        ON ca.id = rel.candidature_id AND ca.tour_id = part.tour_id
     GROUP BY 1, 2, 3, 4, 5, 6, 7
), base AS (
    SELECT reference_id, bureau_tour_id,
           sum(percent * exprimes) / 100 AS exprimes
      FROM part GROUP BY 1, 2
), everything AS (
    SELECT now.tour_id, now.company_id, now.bureau_tour_id, now.code,
           now.candidature_id, NULL::int AS reference_id,
           FALSE AS is_past, TRUE AS is_counted, now.voix, now.exprimes,
           NULL::numeric AS evolution
      FROM now
     UNION ALL
    SELECT past.tour_id, past.company_id, past.bureau_tour_id, past.code,
           past.candidature_id, past.reference_id, TRUE, past.is_counted, past.voix,
           base.exprimes,
           100.0 * now.voix / nullif(now.exprimes, 0)
           - 100.0 * past.voix / nullif(base.exprimes, 0)
      FROM past
      JOIN base ON base.reference_id = past.reference_id
               AND base.bureau_tour_id = past.bureau_tour_id
      LEFT JOIN now ON now.bureau_tour_id = past.bureau_tour_id
                   AND now.candidature_id = past.candidature_id
)
SELECT row_number() OVER (
           ORDER BY e.bureau_tour_id, e.candidature_id,
                    coalesce(e.reference_id, 0)) AS id,
       e.*,
       100.0 * e.voix / nullif(e.exprimes, 0) AS share,
       e.evolution IS NOT NULL AS is_compared,
       coalesce(e.reference_id::text, 'now') AS election
  FROM everything e
"""


class MairieScrutinComparaison(models.Model):
    """Votes of a list in a station, tonight and at each past election: a view."""

    _name = "mairie.scrutin.comparaison"
    _description = "Comparison"
    _auto = False
    _order = "tour_id desc, code, candidature_id, is_past"
    _rec_name = "code"
    _depends = {
        "mairie.scrutin.tour": ["reference_id", "other_reference_ids"],
        "mairie.scrutin.bureau.tour": ["tour_id", "code", "state", "saisie_id"],
        "mairie.scrutin.saisie.ligne": ["saisie_id", "candidature_id", "voix"],
        "mairie.scrutin.reference.ligne": ["code", "votes", "exprimes"],
        "mairie.scrutin.reference.liste": ["key", "candidature_ids"],
        "mairie.scrutin.reference.passage": ["old_code", "new_code", "percent"],
    }

    tour_id = fields.Many2one("mairie.scrutin.tour", "Round", readonly=True)
    company_id = fields.Many2one("res.company", "Commune", readonly=True)
    bureau_tour_id = fields.Many2one(
        "mairie.scrutin.bureau.tour", "Station", readonly=True
    )
    code = fields.Char("Number", readonly=True)
    candidature_id = fields.Many2one(
        "mairie.scrutin.candidature", "List", readonly=True
    )
    reference_id = fields.Many2one(
        "mairie.scrutin.reference", "Past Election", readonly=True
    )
    election = fields.Selection("_select_elections", readonly=True)
    is_past = fields.Boolean("Past", readonly=True)
    voix = fields.Integer("Votes", readonly=True)
    exprimes = fields.Integer("Valid Votes", readonly=True, aggregator=None)
    share = fields.Float(
        "Share (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Mean of the stations.",
    )
    evolution = fields.Float(
        "Change (points)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Share of the round minus share of this past election.",
    )

    is_counted = fields.Boolean(
        "Counted Tonight", readonly=True, help="The station is validated in the round."
    )
    is_compared = fields.Boolean(
        readonly=True,
        export_string_translation=False,
        help="Both elections have figures for this list in this station.",
    )

    @property
    def _table_query(self):
        return SQL(QUERY)

    @api.model
    def _select_elections(self):
        """The round itself, then the past elections, the latest first.

        A choice rather than a link: the side panel ticks tonight like the others.
        """
        references = self.env["mairie.scrutin.reference"]
        past = (
            references.search([], limit=80)
            if references.has_access("read")
            else references
        )
        return [
            ("now", self.env._("This round")),
            *((str(reference.id), reference.name) for reference in past),
        ]

    @api.model
    def action_open(self, tour=None):
        """Compare a round: this one, or the one of tonight that has a past election.

        :param tour: a round, or None
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_comparaison_action"
        )
        tour_id = tour.id if tour else self._get_tonight_id()
        return dict(
            action,
            context={
                "searchpanel_default_tour_id": tour_id,
                "search_default_counted": 1,
            },
        )

    def _get_tonight_id(self):
        """The first of the rounds as the night room orders them; False for none."""
        compared = {tour.id for (tour,) in self._read_group([], ["tour_id"])}
        rounds = self.env["mairie.scrutin.tour"].get_night_rounds()
        return next((row["id"] for row in rounds if row["id"] in compared), False)
