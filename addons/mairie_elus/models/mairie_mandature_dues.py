from datetime import timedelta

from odoo import api, fields, models

from ..lib import convening

#: Beyond, an election of the mayor is another one than that of the installation.
FIRST_WEEKS = timedelta(weeks=4)


class MairieMandature(models.Model):
    """What a new council owes: the tableau to the préfet, its internal rules."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.mandature"

    executive_elected_on = fields.Date(
        "Mayor and deputies elected on",
        help="The last election of a mayor or of deputies; the table of a meeting "
        "writes it when the election is noted in the mandates.",
    )
    installed_on = fields.Date(
        "Council installed on",
        compute="_compute_installed_on",
        store=True,
        readonly=False,
        help="Its first meeting, in which the mayor is elected (CGCT, L2121-7).",
    )
    tableau_due = fields.Date(
        "Tableau due at the préfecture",
        compute="_compute_tableau_due",
        store=True,
        help="The Monday that follows the election of the mayor and the deputies, "
        "before 18:00 (CGCT, R2121-2).",
    )
    tableau_sent_on = fields.Date("Tableau sent on")
    rules_due = fields.Date(
        "Internal rules due",
        compute="_compute_rules_due",
        store=True,
        help="Six months after the installation; from 1,000 inhabitants, 3,500 in "
        "Alsace-Moselle. The former rules hold until then (CGCT, L2121-8, L2541-5).",
    )
    rules_adopted_on = fields.Date("Internal rules adopted on")

    @api.depends("executive_elected_on", "date_from")
    def _compute_installed_on(self):
        """A mayor elected in the first weeks is the first one of the term."""
        for mandature in self:
            begun, elected = mandature.date_from, mandature.executive_elected_on
            is_first = begun and elected and elected - begun <= FIRST_WEEKS
            mandature.installed_on = mandature.installed_on or is_first and elected

    @api.depends("executive_elected_on")
    def _compute_tableau_due(self):
        for mandature in self:
            elected = mandature.executive_elected_on
            mandature.tableau_due = (
                elected and convening.tableau_deadline(elected).date()
            )

    @api.depends("installed_on", "company_id")  # not the population: law of that day
    def _compute_rules_due(self):
        for mandature in self:
            company, day = mandature.company_id, mandature.installed_on
            mandature.rules_due = day and convening.internal_rules_deadline(
                day,
                company._get_mairie_population(day),
                bool(company.mairie_local_law),
            )
