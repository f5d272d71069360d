from odoo import api, fields, models


class MairieRdvException(models.Model):
    """A closure, or an extra opening, that the ordinary week does not know."""

    _name = "mairie.rdv.exception"
    _description = "Exceptional Closing or Opening"
    _order = "date_from desc, id desc"
    _check_company_auto = True

    name = fields.Char("Reason", required=True)
    kind = fields.Selection(
        [("closing", "Closing"), ("extra", "Extra opening")],
        required=True,
        default="closing",
    )
    company_id = fields.Many2one(
        "res.company",
        "Commune",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    lieu_id = fields.Many2one(
        "mairie.rdv.lieu",
        "Place",
        check_company=True,
        ondelete="cascade",
        help="Empty: all places of the commune.",
    )
    guichet_id = fields.Many2one(
        "mairie.rdv.guichet",
        "Desk",
        domain="[('lieu_id', '=', lieu_id)]",
        ondelete="cascade",
        help="Empty: all desks of the place.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Absent Agent",
        domain="[('share', '=', False)]",
        help="Closes the desks that this agent holds. Do not write why he is absent.",
    )
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("To", required=True, default=fields.Date.context_today)
    all_day = fields.Boolean(
        "Whole Days", compute="_compute_all_day", store=True, readonly=False
    )
    hour_from = fields.Float("From Hour", default=9.0)
    hour_to = fields.Float("To Hour", default=12.0)
    hit_count = fields.Integer("Appointments Hit", compute="_compute_hit_count")

    _dates_ordered = models.Constraint(
        "CHECK(date_from <= date_to AND date_to - date_from <= 731)",
        "The first day comes before the last one, within two years.",
    )
    _hours_ordered = models.Constraint(
        "CHECK(all_day OR (hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24))",
        "The hours begin before they end, on the same day.",
    )
    _extra_has_hours = models.Constraint(
        "CHECK(kind = 'closing' OR NOT all_day)", "Say at what hours it opens."
    )

    @api.depends("kind")
    def _compute_all_day(self):
        for exception in self:
            exception.all_day = exception.kind == "closing"

    @api.depends(
        "kind", "lieu_id", "guichet_id", "user_id", "date_from", "date_to", "all_day",
        "hour_from", "hour_to",
    )  # fmt: skip
    def _compute_hit_count(self):
        for exception in self:
            exception.hit_count = exception._get_hit_count()

    def _get_hit_count(self):
        """Return how many appointments to come a closing touches."""
        self.ensure_one()
        if self.kind != "closing" or not (self.date_from and self.date_to):
            return 0
        return len(self._get_hits())

    def _get_hit_domain(self):
        self.ensure_one()
        company = self.company_id
        first = fields.Datetime.to_datetime(self.date_from)
        last = fields.Datetime.to_datetime(self.date_to).replace(hour=23, minute=59)
        now = fields.Datetime.now()
        domain = [
            ("company_id", "=", company.id),
            ("state", "in", ("hold", "confirmed")),
            ("start", "<=", company._mairie_to_utc(last)),
            ("stop", ">=", max(company._mairie_to_utc(first), now)),
        ]
        if self.lieu_id:
            domain.append(("lieu_id", "=", self.lieu_id.id))
        if self.user_id:
            domain.append(("guichet_id.user_id", "=", self.user_id.id))
        if self.guichet_id:
            domain.append(("guichet_id", "=", self.guichet_id.id))
        return domain

    def _is_about(self, guichet):
        """Tell whether a desk is one of those that close or open."""
        self.ensure_one()
        return (
            self.company_id == guichet.company_id
            and self.lieu_id in (self.lieu_id.browse(), guichet.lieu_id)
            and self.guichet_id in (self.guichet_id.browse(), guichet)
            and self.user_id in (self.user_id.browse(), guichet.user_id)
        )

    def _get_guichets(self):
        """Return the desks that close or open."""
        self.ensure_one()
        guichets = self.env["mairie.rdv.guichet"].search(
            [("company_id", "=", self.company_id.id)]
        )
        return guichets.filtered(self._is_about)

    def action_view_hit(self):
        """Open the appointments that the closing touches."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_rdv.mairie_rdv_action"
        )
        hits = [("id", "in", self._get_hits().ids)]
        return {**action, "domain": hits, "context": {}}
