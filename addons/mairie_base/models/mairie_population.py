from odoo import api, fields, models


class MairiePopulation(models.Model):
    """The legal population of a commune, from a day on.

    Several rows make a history: an act keeps the law of its day.
    """

    _name = "mairie.population"
    _description = "Legal Population"
    _order = "company_id, date desc"
    _rec_name = "date"

    company_id = fields.Many2one(
        "res.company",
        "Commune",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    date = fields.Date(
        "In Force From",
        required=True,
        help="Legal populations are published each year and hold from 1 January.",
    )
    municipal = fields.Integer(
        "Municipal Population",
        required=True,
        help="The municipal population, not the total one: councils, notices and "
        "seats depend on it.",
    )

    _date_uniq = models.Constraint(
        "UNIQUE(company_id, date)",
        "This commune already has a legal population from that day.",
    )
    _municipal_positive = models.Constraint(
        "CHECK(municipal >= 0)", "A population is not negative."
    )

    @api.model
    def _set_first(self, company, municipal):
        """Keep the first population of a commune: typed alone, it holds this year.

        The following ones come with their date, and leave the past as it was.
        """
        if not company.mairie_population_ids:
            today = company._mairie_local_date(fields.Datetime.now())
            vals = {"date": today.replace(month=1, day=1), "municipal": municipal}
            self.create({**vals, "company_id": company.id})
