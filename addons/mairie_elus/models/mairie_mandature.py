from odoo import api, fields, models
from odoo.addons.mairie_base.lib.commune import council_size


class MairieMandature(models.Model):
    _name = "mairie.mandature"
    _description = "Council Term"
    _order = "date_from desc"

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, default=lambda self: self.env.company
    )
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("To")
    seat_count = fields.Integer(
        "Legal seats",
        compute="_compute_seat_count",
        store=True,
        readonly=False,
        help="Computed from the population on the first day of the term (CGCT, "
        "L2121-2). Change it for a new commune or any other special case.",
    )
    mandat_ids = fields.One2many("mairie.mandat", "mandature_id", "Mandates")
    in_office_count = fields.Integer("In office", compute="_compute_in_office_count")

    _dates_ordered = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A term cannot end before it begins.",
    )

    @api.depends("date_from", "company_id")  # not the population: law of that day
    def _compute_seat_count(self):
        for mandature in self:
            population = (
                mandature.date_from
                and mandature.company_id._get_mairie_population(mandature.date_from)
            )
            mandature.seat_count = council_size(population) if population else 0

    @api.depends("mandat_ids.date_from", "mandat_ids.date_to")
    def _compute_in_office_count(self):
        today = fields.Date.context_today(self)
        for mandature in self:
            in_office = mandature.mandat_ids._filter_in_office(today)
            mandature.in_office_count = len(in_office)
