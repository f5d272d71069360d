from odoo import api, fields, models
from odoo.exceptions import ValidationError

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class MairieRdvOuverture(models.Model):
    """When desks receive: each week, every n weeks, once a month or on one day."""

    _name = "mairie.rdv.ouverture"
    _description = "Opening Hours"
    _order = "lieu_id, kind, weekday, date_from, hour_from, id"

    active = fields.Boolean(default=True)
    lieu_id = fields.Many2one(
        "mairie.rdv.lieu", "Place", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="lieu_id.company_id", store=True, index=True)
    guichet_ids = fields.Many2many(
        "mairie.rdv.guichet",
        "mairie_rdv_ouverture_guichet_rel",
        "ouverture_id",
        "guichet_id",
        "Desks",
        required=True,
        domain="[('lieu_id', '=', lieu_id)]",
    )
    demarche_ids = fields.Many2many(
        "mairie.rdv.demarche",
        "mairie_rdv_ouverture_demarche_rel",
        "ouverture_id",
        "demarche_id",
        "Procedures",
        help="Empty: all those of the desk.",
    )
    kind = fields.Selection(
        [("weekly", "Every week or every few weeks"), ("monthly", "Once a month"),
         ("date", "On one day")],
        "Rhythm",
        required=True,
        default="weekly",
    )  # fmt: skip
    weekday = fields.Selection(WEEKDAYS, "Day", default="0")
    every = fields.Integer(
        "Every (weeks)",
        default=1,
        help="2: one week out of two, counted from the week of the first day.",
    )
    nth = fields.Selection(
        [("1", "First"), ("2", "Second"), ("3", "Third"), ("4", "Fourth"),
         ("-1", "Last")],
        "Which of the Month",
        default="1",
    )  # fmt: skip
    date_from = fields.Date("From")
    date_to = fields.Date("To")
    hour_from = fields.Float("Opens", required=True, default=9.0, aggregator=None)
    hour_to = fields.Float("Closes", required=True, default=12.0, aggregator=None)
    online_share = fields.Integer(
        "Share Booked Online (%)",
        default=100,
        required=True,
        aggregator=None,
        help="The rest is kept for the desk and the telephone.",
    )
    release_days = fields.Integer(
        "Rest Released Online (days before)",
        aggregator=None,
        help="What is left of the kept share goes online so many days before. 0: it "
        "never does.",
    )

    _hours_ordered = models.Constraint(
        "CHECK(hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24)",
        "An opening begins before it ends, on the same day.",
    )
    _dates_ordered = models.Constraint(
        "CHECK(date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "The first day comes before the last one.",
    )
    _rhythm_complete = models.Constraint(
        "CHECK((kind = 'date' AND date_from IS NOT NULL) OR "
        "(kind = 'weekly' AND weekday IS NOT NULL AND every BETWEEN 1 AND 26 AND "
        "(every = 1 OR date_from IS NOT NULL)) OR "
        "(kind = 'monthly' AND weekday IS NOT NULL AND nth IS NOT NULL))",
        "Say on which day: a date, a day of the week, or which one of the month. Every "
        "few weeks also needs the first day.",
    )
    _share_in_per_cent = models.Constraint(
        "CHECK(online_share BETWEEN 0 AND 100)", "A share is 0 to 100 per cent."
    )
    _release_positive = models.Constraint(
        "CHECK(COALESCE(release_days, 0) BETWEEN 0 AND 365)",
        "The rest is released 0 to 365 days before.",
    )

    @api.constrains("lieu_id", "guichet_ids")
    def _check_guichets(self):
        for ouverture in self:
            if not ouverture.guichet_ids:
                raise ValidationError(self.env._("Choose the desks that open."))
            if ouverture.guichet_ids.lieu_id != ouverture.lieu_id:
                raise ValidationError(
                    self.env._("The desks must be those of %s.", ouverture.lieu_id.name)
                )
