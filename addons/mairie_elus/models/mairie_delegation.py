from odoo import api, fields, models


class MairieDelegation(models.Model):
    """What the mayor delegates to a member, by an arrêté with its dates."""

    _name = "mairie.delegation"
    _description = "Delegation"
    _order = "mandat_id, date_from desc, id desc"

    mandat_id = fields.Many2one(
        "mairie.mandat", "Mandate", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="mandat_id.company_id", store=True)
    name = fields.Char("Field", required=True, help="Finances, schools, roads…")
    kind = fields.Selection(
        [("function", "Of functions"), ("signature", "Of signature")],
        required=True,
        default="function",
        help="By arrêté of the mayor (CGCT, L2122-18).",
    )
    arrete_number = fields.Char("Number of the arrêté")
    arrete_date = fields.Date("Date of the arrêté")
    date_from = fields.Date("From", required=True)
    date_to = fields.Date(
        "To", help="The delegation ends with the mandate at the latest."
    )
    file = fields.Binary("Arrêté", attachment=True)
    filename = fields.Char()
    is_in_force = fields.Boolean(compute="_compute_is_in_force")

    _dates_ordered = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A delegation cannot end before it begins.",
    )

    @api.depends("date_from", "date_to", "mandat_id.date_to")
    def _compute_is_in_force(self):
        today = fields.Date.context_today(self)
        for delegation in self:
            delegation.is_in_force = delegation._is_in_force_on(today)

    def _is_in_force_on(self, day):
        """Tell whether the delegation holds on a day: never longer than the mandate."""
        self.ensure_one()
        ends = [end for end in (self.date_to, self.mandat_id.date_to) if end]
        begun = bool(self.date_from) and self.date_from <= day
        return begun and all(day <= end for end in ends)
