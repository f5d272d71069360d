from odoo import api, fields, models
from odoo.tools import SQL

from ..lib import convening


class MairieMandat(models.Model):
    """Absences in a row: what they lead to in Alsace-Moselle (L2541-9, L2541-10)."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.mandat"

    absence_text = fields.Char(
        "Absences in a row",
        compute="_compute_absence_text",
        groups="mairie_elus.group_reader",
    )

    @api.depends_context("lang")
    def _compute_absence_text(self):
        counts = self._count_absences()
        for mandat in self:
            mandat.absence_text = mandat._get_absence_text(counts.get(mandat.id, 0))

    def _get_absence_text(self, count):
        """Return what so many absences lead to, "" when they lead to nothing."""
        effect = convening.absence_effect(count)
        if effect == "loss":
            return self.env._(
                "%s meetings missed in a row without an excuse: the seat is lost "
                "(CGCT, L2541-10).",
                count,
            )
        if effect:
            return self.env._(
                "%s meetings missed in a row without an excuse: the council may exclude "
                "(CGCT, L2541-9).",
                count,
            )
        return ""

    def _count_absences(self):
        """Return the meetings missed in a row, without an excuse: mandate id -> count."""
        if not self.ids:
            return {}
        query = SQL(
            "SELECT mandat_id, absences FROM (%s) AS missed WHERE mandat_id IN %s",
            self._get_absence_query(),
            tuple(self.ids),
        )
        return dict(self.env.execute_query(query))

    @api.model
    def _get_absence_query(self):
        """Return the SELECT of the absences since the last presence, or excuse.

        :return: SQL of rows ``mandat_id``, ``partner_id``, ``company_id``,
            ``absences``, ``last_day``; communes of Alsace-Moselle only
        """
        return SQL(
            """
            SELECT mandat.id AS mandat_id, mandat.partner_id, mandat.company_id,
                   count(*) AS absences, max(seance.date) AS last_day
              FROM mairie_mandat mandat
              JOIN res_company company
                ON company.id = mandat.company_id AND company.mairie_local_law
              JOIN mairie_instance body
                ON body.company_id = mandat.company_id AND body.kind = 'council'
               AND body.active
              JOIN mairie_seance seance
                ON seance.instance_id = body.id AND seance.state = 'closed'
               AND seance.date >= mandat.date_from
             WHERE (mandat.date_to IS NULL OR mandat.date_to >= seance.date)
               AND NOT EXISTS (
                   SELECT 1 FROM mairie_seance later
                    WHERE later.instance_id = body.id AND later.state = 'closed'
                      AND later.date >= seance.date AND (%s))
          GROUP BY mandat.id
            """,
            self._get_attendance_condition(),
        )

    @api.model
    def _get_attendance_condition(self):
        """Return the SQL of "came to ``later``, or was excused".

        Hook: what a council takes for an excuse. Here an answer "absent" or a pouvoir.
        """
        return SQL(
            """
            EXISTS (SELECT 1 FROM mairie_presence row WHERE row.seance_id = later.id
                    AND row.partner_id = mandat.partner_id AND row.enters)
            OR EXISTS (SELECT 1 FROM mairie_convocation row WHERE row.seance_id = later.id
                    AND row.partner_id = mandat.partner_id AND row.answer = 'absent')
            OR EXISTS (SELECT 1 FROM mairie_pouvoir row WHERE row.seance_id = later.id
                    AND row.giver_id = mandat.partner_id AND row.revoked_on IS NULL)
            """
        )
