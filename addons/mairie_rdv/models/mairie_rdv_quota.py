from odoo import fields, models


class MairieRdvQuota(models.Model):
    """At most so many appointments of a démarche a day or a week, taken online.

    Agents are not bound by it. Two citizens who take the last two places in the same
    second may exceed it by one: no desk is double-booked, a figure is.
    """

    _name = "mairie.rdv.quota"
    _description = "Quota of a Procedure"
    _order = "demarche_id, period, id"

    demarche_id = fields.Many2one(
        "mairie.rdv.demarche",
        "Procedure",
        required=True,
        ondelete="cascade",
        index=True,
    )
    period = fields.Selection(
        [("day", "A day"), ("week", "A week")], required=True, default="day"
    )
    maximum = fields.Integer("Appointments at Most", required=True, default=10)
    lieu_id = fields.Many2one(
        "mairie.rdv.lieu",
        "Place",
        ondelete="cascade",
        help="Empty: all places together.",
    )

    _maximum_positive = models.Constraint(
        "CHECK(maximum BETWEEN 0 AND 10000)", "A quota is 0 to 10,000 appointments."
    )
