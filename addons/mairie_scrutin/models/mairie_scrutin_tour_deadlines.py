from odoo import api, fields, models
from odoo.tools.misc import format_date

from ..lib.election_calendar import deadlines


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """The dates that the law sets around a round ("échéances")."""

    _inherit = "mairie.scrutin.tour"

    deadlines = fields.Html(
        compute="_compute_legal_dates", sanitize=False, export_string_translation=False
    )
    next_deadline = fields.Char(compute="_compute_legal_dates")

    @api.depends("date", "numero", "scrutin_id.kind", "scrutin_id.regime")
    @api.depends_context("lang")
    def _compute_legal_dates(self):
        for tour in self:
            rows = tour._prepare_deadlines() if tour.date else []
            tour.deadlines = rows and self.env["ir.qweb"]._render(
                "mairie_scrutin.deadline_table", {"rows": rows}
            )
            coming = [row for row in rows if row["status"] != "past"]
            tour.next_deadline = coming and f"{coming[0]['when']} : {coming[0]['what']}"

    def _prepare_deadlines(self):
        """Plain rows of the dated list, in order. Hook: dates of an order of the préfet."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        rows = []
        for row in deadlines(
            self.scrutin_id.kind, self.numero, self.date, self._get_next_date()
        ):
            moment = row.moment
            past = row.day < today
            rows.append(
                {
                    "when": self._format_moment(moment, row.hour),
                    "what": self._get_duties()[row.code],
                    "article": row.article,
                    "status": "past" if past else "coming",
                    "days": (moment.date() - today).days,
                }
            )
        return rows

    def _get_next_date(self):
        """Day of the second round that may follow, or None."""
        later = self.scrutin_id.tour_ids.filtered(lambda row: row.numero > self.numero)
        if later or self.numero > 1:
            return later.date
        return self._propose_second_date()

    def _format_moment(self, moment, hour):
        day = format_date(self.env, moment.date(), date_format="EEEE d MMMM y")
        if hour < 0:
            return day
        if hour == 24:
            before = fields.Date.subtract(moment.date(), days=1)
            day = format_date(self.env, before, date_format="EEEE d MMMM y")
            return self.env._("%(day)s at midnight", day=day)
        return self.env._("%(day)s at %(hour)s:00", day=day, hour=hour)

    def _get_duties(self):
        """Code of a deadline -> what must be done by then."""
        return {
            "declarations_open": self.env._("Lists are received from that day on"),
            "declarations": self.env._("Candidacies close"),
            "hours": self.env._("The order on the hours of the stations is posted"),
            "assesseurs": self.env._(
                "The lists have named their assessors and delegates"
            ),
            "signed_lists": self.env._(
                "The signed voters' lists are back at the town hall"
            ),
            "claims": self.env._("Claims by voters close"),
            "commission": self.env._("The commission has checked the count"),
        }

    def _get_form_action(self):
        """Open this round alone."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_tour_action"
        )
        return dict(action, views=[(False, "form")], res_id=self.id, context={})
