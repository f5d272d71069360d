from odoo import api, fields, models


class MairieRdvClose(models.TransientModel):
    """« Je ferme cette période »: who is hit, who moves, who is offered dates."""

    _name = "mairie.rdv.close"
    _description = "Close a Period"

    name = fields.Char(
        "Reason", required=True, default=lambda self: self._default_name()
    )
    public_reason = fields.Char(
        "Told to Citizens",
        default=lambda self: self.env._("Something unexpected obliges us to close."),
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    lieu_id = fields.Many2one(
        "mairie.rdv.lieu", "Place", domain="[('company_id', '=', company_id)]"
    )
    guichet_id = fields.Many2one(
        "mairie.rdv.guichet", "Desk", domain="[('lieu_id', '=', lieu_id)]"
    )
    user_id = fields.Many2one(
        "res.users",
        "Absent Agent",
        domain="[('share', '=', False)]",
        help="Closes the desks that this agent holds. Do not write why he is absent.",
    )
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("To", required=True, default=fields.Date.context_today)
    all_day = fields.Boolean("Whole Days", default=True)
    hour_from = fields.Float("From Hour", default=9.0)
    hour_to = fields.Float("To Hour", default=12.0)
    line_ids = fields.One2many(
        "mairie.rdv.close.line", "close_id", compute="_compute_lines", store=True
    )
    sentence = fields.Char(compute="_compute_sentence")
    button_label = fields.Char(compute="_compute_sentence")
    other_count = fields.Integer(compute="_compute_sentence")

    @api.model
    def _default_name(self):
        return self.env._("Closing")

    @api.depends(
        "lieu_id", "guichet_id", "user_id", "date_from", "date_to", "all_day",
        "hour_from", "hour_to",
    )  # fmt: skip
    def _compute_lines(self):
        for wizard in self:
            lines = [fields.Command.clear()]
            if wizard._is_complete():
                closing = self.env["mairie.rdv.exception"].new(wizard._prepare_vals())
                hits = closing._get_hits().filtered(
                    lambda rdv: rdv.state == "confirmed"
                )
                visible = hits.with_env(self.env)._filtered_access("read")
                split = closing._split_hits(hits)
                lines += [
                    fields.Command.create(
                        {
                            "rdv_id": rdv.id if rdv.id in visible.ids else False,
                            "when": rdv._get_when(),
                            "guichet_id": target[0] if target else False,
                            "outcome": wizard._get_outcome(target),
                        }
                    )
                    for rdv, target in split.items()
                ]
            wizard.line_ids = lines

    def _get_outcome(self, target):
        if not target:
            return self.env._("Receives 3 dates to choose from")
        guichet = self.env["mairie.rdv.guichet"].browse(target[0])
        return self.env._("Same hour, %s", guichet.name)

    @api.depends("line_ids.guichet_id")
    def _compute_sentence(self):
        for wizard in self:
            total = len(wizard.line_ids)
            moved = len(wizard.line_ids.filtered("guichet_id"))
            wizard.other_count = total - moved
            wizard.sentence = wizard._get_sentence(total, moved)
            wizard.button_label = wizard._get_button_label(total, total - moved)

    def _get_sentence(self, total, moved):
        if not total:
            return self.env._("This closing touches no appointment.")
        return self.env._(
            "This closing touches appointments: %(total)s. Received at another desk at "
            "the same hour: %(moved)s. Offered 3 dates: %(others)s.",
            total=total,
            moved=moved,
            others=total - moved,
        )

    def _get_button_label(self, total, others):
        if not others:
            return self.env._("Close")
        if others == 1:
            return self.env._("Close and tell 1 person")
        return self.env._("Close and tell %s people", others)

    def _is_complete(self):
        is_dated = self.date_from and self.date_to and self.date_from <= self.date_to
        return bool(is_dated and (self.all_day or self.hour_from < self.hour_to))

    def _prepare_vals(self):
        """Return the values of the closing. Hook."""
        self.ensure_one()
        return {
            "name": self.name,
            "kind": "closing",
            "public_reason": self.public_reason,
            "company_id": self.company_id.id,
            "lieu_id": self.lieu_id.id,
            "guichet_id": self.guichet_id.id,
            "user_id": self.user_id.id,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "all_day": self.all_day,
            "hour_from": self.hour_from,
            "hour_to": self.hour_to,
        }

    def action_close(self):
        """Close, move and offer; ten seconds to take it back, a minute to tell."""
        self.ensure_one()
        closing = self.env["mairie.rdv.exception"].create(self._prepare_vals())
        moved, others = closing._apply_closing()
        return {
            "type": "ir.actions.client",
            "tag": "mairie_undo",
            "params": {
                "message": self.env._(
                    "Closed. Moved: %(moved)s, to be told: %(others)s.",
                    moved=moved,
                    others=others,
                ),
                "model": closing._name,
                "method": "action_undo_close",
                "ids": closing.ids,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


class MairieRdvCloseLine(models.TransientModel):
    _name = "mairie.rdv.close.line"
    _description = "Appointment Hit by a Closing"

    close_id = fields.Many2one("mairie.rdv.close", required=True, ondelete="cascade")
    rdv_id = fields.Many2one("mairie.rdv", "Code")
    when = fields.Char("Date")
    guichet_id = fields.Many2one("mairie.rdv.guichet", "Received at")
    outcome = fields.Char("What Happens")
