import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: From here on, acts are published online and nowhere else (CGCT, L2131-1).
ONLINE_POPULATION = 3_500


class ResCompany(models.Model):
    _inherit = "res.company"

    mairie_act_year = fields.Integer("Year of the last act", readonly=True)
    mairie_act_rank = fields.Integer("Number of the last act", readonly=True)
    mairie_arrete_touch = fields.Integer("Decisions numbered", readonly=True)
    mairie_journal_number = fields.Integer("Lines of the journal", readonly=True)
    mairie_journal_seal = fields.Char("Last seal of the journal", readonly=True)
    mairie_alerted_on = fields.Date("Dues told on", readonly=True)
    mairie_pref_code = fields.Char(
        "Code of the préfecture",
        help="As open data name it: PREF049, SPREF0491.",
    )

    mairie_publicity = fields.Selection(
        [("electronic", "Online"), ("posting", "Posting"), ("paper", "On paper")],
        "Acts are made public",
        required=True,
        default="electronic",
        help="Under 3,500 inhabitants the council may choose posting or paper, at any "
        "time (CGCT, L2131-1).",
    )
    mairie_publicity_site = fields.Char(
        "Site that says it",
        help="The choice of posting or paper is made known on the site of the commune "
        "or, without one, on that of its intercommunal body (CGCT, R2131-1, II bis).",
    )
    mairie_vote_names = fields.Selection(
        [
            ("none", "Nobody"),
            ("minority", "Who voted against, who abstained"),
            ("all", "Everybody"),
        ],
        "Names of a vote by hands",
        required=True,
        default="minority",
        help="What acts and minutes print; no text says. Those of a vote by names are "
        "always printed, those of a secret ballot are never kept.",
    )
    mairie_reminder_days = fields.Char(
        "Reminders, days before",
        default="3, 1",
        help="Days before a meeting on which the silent members are written to again, "
        "and before the last lawful sending on which the secretary is told.",
    )

    @api.constrains("mairie_publicity")
    def _check_mairie_publicity(self):
        for company in self.filtered(lambda row: row.mairie_publicity != "electronic"):
            today = company._mairie_local_date(fields.Datetime.now())
            if (company._get_mairie_population(today) or 0) >= ONLINE_POPULATION:
                raise ValidationError(
                    self.env._(
                        "From 3,500 inhabitants on, acts are published online (CGCT, "
                        "L2131-1)."
                    )
                )

    def _get_mairie_reminder_days(self):
        """Return the days of the reminders: whole numbers, whatever is typed between."""
        self.ensure_one()
        return {
            int(figure)
            for figure in re.findall(r"\d+", self.mairie_reminder_days or "")
        }

    def _next_mairie_act_rank(self, year):
        """Return the next rank of an act in the year, and keep it.

        Acts are numbered in the order of the meetings; one of a past year goes on after
        the last of that year.
        """
        self.ensure_one()
        company = self.sudo()
        if company.mairie_act_year == year:
            rank = company.mairie_act_rank + 1
        else:
            rank = company._get_last_mairie_act_rank(year) + 1
        company.write({"mairie_act_year": year, "mairie_act_rank": rank})
        company.flush_recordset()
        return rank

    def _get_last_mairie_act_rank(self, year):
        last = (
            self.env["mairie.deliberation"]
            .sudo()
            .search(
                [("company_id", "=", self.id), ("year", "=", year)],
                order="rank desc",
                limit=1,
            )
        )
        return last.rank
