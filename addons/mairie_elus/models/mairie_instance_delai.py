from odoo import fields, models


class MairieInstanceDelai(models.Model):
    """A delay that a body gave itself: dated, so that old meetings keep theirs."""

    _name = "mairie.instance.delai"
    _description = "Own Delay of Notice"
    _order = "instance_id, date_from desc"

    instance_id = fields.Many2one(
        "mairie.instance", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="instance_id.company_id", store=True)
    date_from = fields.Date("In force from", required=True)
    days = fields.Integer(required=True, default=5)
    is_clear = fields.Boolean(
        "Clear days",
        default=True,
        help="Neither the day of sending nor the day of the meeting counts.",
    )
    note_required = fields.Boolean("Summary note required")
    source = fields.Char("Text", help="Where the rule is written: internal rules…")

    _days_positive = models.Constraint("CHECK (days >= 0)", "Days cannot be negative.")
    _date_unique = models.Constraint(
        "UNIQUE (instance_id, date_from)", "One delay begins on that day already."
    )
