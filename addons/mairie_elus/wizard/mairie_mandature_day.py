from odoo import api, fields, models

from ..lib.quorum import quorum


class MairieMandatureDay(models.TransientModel):
    """Who was in office on a day: the question of a judge, of a clerk, of an archivist."""

    _name = "mairie.mandature.day"
    _description = "Council on a Day"

    company_id = fields.Many2one(
        "res.company", "Commune", required=True, default=lambda self: self.env.company
    )
    date = fields.Date("On", required=True, default=fields.Date.context_today)
    mandat_ids = fields.Many2many("mairie.mandat", compute="_compute_mandats")
    mandature_id = fields.Many2one("mairie.mandature", compute="_compute_mandats")
    sentence = fields.Char(compute="_compute_mandats")

    @api.depends("date", "company_id")
    def _compute_mandats(self):
        Mandat = self.env["mairie.mandat"]
        for wizard in self:
            day = wizard.date
            mandats = day and Mandat._get_in_office(wizard.company_id, day) or Mandat
            wizard.mandat_ids = mandats
            wizard.mandature_id = mandats.mandature_id[:1]
            wizard.sentence = wizard._get_sentence(len(mandats))

    def _get_sentence(self, count):
        if not count:
            return self.env._("Nobody was in office on that day.")
        return self.env._(
            "%(count)s members in office for %(seats)s legal seats. Quorum: %(quorum)s.",
            count=count,
            seats=self.mandature_id.seat_count,
            quorum=quorum(count),
        )

    def _get_rows(self):
        """Return the members in the legal order of that day, for the printed table."""
        return self.env["mairie.mandat"]._get_in_office(self.company_id, self.date)

    def action_print(self):
        report = self.env.ref("mairie_elus.action_report_tableau_day")
        return report.report_action(self)
