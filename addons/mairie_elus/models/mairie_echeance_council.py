from odoo import api, fields, models
from odoo.tools import SQL

from ..lib import convening
from .mairie_instance_proportion import PERIODS


class MairieEcheance(models.Model):
    """What the council owes as a body: its tableau, its rules, its first meetings."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.echeance"

    @api.model
    def _get_council_sources(self):
        return [
            self._get_posting_source(),
            *self._get_mandature_sources(),
            *(self._get_period_source(months) for months in PERIODS),
            self._get_told_source(),
            self._get_committee_source(),
            self._get_absence_source(),
        ]

    def _get_posting_source(self):
        """The election of the mayor and the deputies is posted within 24 hours."""
        return SQL(
            "SELECT 'election_posted' AS kind, concat_ws(' ', d.number, d.name) AS"
            " subject, d.date + 1 AS due, d.company_id, s.secretary_id AS user_id,"
            " 'mairie.deliberation' AS res_model, d.id AS res_id FROM"
            " mairie_deliberation d JOIN mairie_seance s ON s.id = d.seance_id WHERE"
            " d.state != 'published' AND d.is_adopted AND EXISTS (SELECT 1 FROM"
            " mairie_nomination n WHERE n.point_id = d.point_id AND n.kind IN"
            " ('maire', 'adjoints'))"
        )

    def _get_mandature_sources(self):
        rows = [
            (
                "tableau",
                "tableau_due",
                "tableau_due IS NOT NULL AND (tableau_sent_on IS NULL OR"
                " tableau_sent_on < executive_elected_on)",
            ),
            (
                "rules",
                "rules_due",
                "rules_due IS NOT NULL AND rules_adopted_on IS NULL",
            ),
        ]
        for kind, due, where in rows:
            yield SQL(
                "SELECT %s AS kind, name AS subject, %s AS due, company_id,"
                " NULL::integer AS user_id, 'mairie.mandature' AS res_model, id AS"
                " res_id FROM mairie_mandature WHERE %s",
                kind,
                SQL.identifier(due),
                SQL(where),
            )

    def _get_period_source(self, months):
        """A body meets once a quarter, or half a year: due while nothing is planned."""
        today = self.env.company._mairie_local_date(fields.Datetime.now())
        first, last = convening.period_of(today, months)
        return SQL(
            "SELECT 'quarter' AS kind, name AS subject, %(last)s::date AS due,"
            " company_id, NULL::integer AS user_id, 'mairie.instance' AS res_model, id"
            " AS res_id FROM mairie_instance WHERE meeting_months = %(months)s AND"
            " active AND NOT EXISTS (SELECT 1 FROM mairie_seance s WHERE s.instance_id ="
            " mairie_instance.id AND s.state != 'cancelled' AND s.date BETWEEN"
            " %(first)s AND %(last)s)",
            months=months,
            first=first,
            last=last,
        )

    def _get_told_source(self):
        """An intercommunal council tells the other councillors of its communes."""
        return SQL(
            "SELECT 'communes_told' AS kind, s.name AS subject,"
            " (s.date + interval '1 month')::date AS due, s.company_id,"
            " s.secretary_id AS user_id, 'mairie.seance' AS res_model, s.id AS res_id"
            " FROM mairie_seance s JOIN mairie_instance i ON i.id = s.instance_id"
            " WHERE i.kind = 'epci' AND s.state = 'closed' AND s.communes_told_on IS NULL"
        )

    def _get_committee_source(self):
        """The mayor convenes a commission within 8 days of its appointment."""
        return SQL(
            "SELECT 'committee' AS kind, name AS subject, appointed_on + %s AS due,"
            " company_id, NULL::integer AS user_id, 'mairie.instance' AS res_model, id"
            " AS res_id FROM mairie_instance WHERE kind = 'commission' AND active AND"
            " appointed_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM mairie_seance s"
            " WHERE s.instance_id = mairie_instance.id AND s.state != 'cancelled')",
            convening.COMMITTEE_DAYS,
        )

    def _get_absence_source(self):
        """Members whose absences the council has to rule on (Alsace-Moselle)."""
        return SQL(
            "SELECT 'absence' AS kind, p.name || ' (' || missed.absences || ')' AS"
            " subject, missed.last_day AS due, missed.company_id, NULL::integer AS"
            " user_id, 'mairie.mandat' AS res_model, missed.mandat_id AS res_id FROM"
            " (%s) AS missed JOIN res_partner p ON p.id = missed.partner_id WHERE"
            " missed.absences >= %s",
            self.env["mairie.mandat"]._get_absence_query(),
            convening.EXCLUSION_ABSENCES,
        )
