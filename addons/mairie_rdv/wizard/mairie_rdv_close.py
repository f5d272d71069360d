from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..lib.day import open_spans
from ..lib.slots import to_local, to_minutes

STEP = 5  # minutes: a desk closes on a round time


class MairieRdvClose(models.TransientModel):
    """« Je ferme cette période »: who is hit, who moves, who is offered dates.

    Managers close whatever they like; an agent closes a desk of his own place, today.
    """

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
    # With the rights of whoever asks: an agent must not learn who comes elsewhere.
    line_ids = fields.One2many(
        "mairie.rdv.close.line",
        "close_id",
        compute="_compute_lines",
        store=True,
        compute_sudo=False,
    )
    sentence = fields.Char(compute="_compute_sentence")
    button_label = fields.Char(compute="_compute_sentence")
    other_count = fields.Integer(compute="_compute_sentence")
    call_count = fields.Integer(compute="_compute_sentence")
    is_manager = fields.Boolean(
        default=lambda self: self._is_manager(), export_string_translation=False
    )

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
            if wizard._is_complete() and wizard._may_close():
                closing = self.env["mairie.rdv.exception"].new(wizard._prepare_vals())
                hits = closing._get_hits().filtered(
                    lambda rdv: rdv.state == "confirmed"
                )
                visible = hits.with_env(self.env)._filtered_access("read")
                split = closing._split_hits(hits)
                lines += [
                    fields.Command.create(
                        wizard._prepare_line_vals(rdv, target, rdv in visible)
                    )
                    for rdv, target in split.items()
                ]
            wizard.line_ids = lines

    @api.onchange("date_from")
    def _onchange_date_from(self):
        """A closing ends no sooner than it begins: one day is chosen at once."""
        if self.date_from and (not self.date_to or self.date_to < self.date_from):
            self.date_to = self.date_from

    def _prepare_line_vals(self, rdv, target, is_visible):
        """Return the line of an appointment that is hit.

        :param target: (desk, place) that takes it over, or None
        :param is_visible: False when who comes is not the business of whoever closes
        """
        return {
            "rdv_id": rdv.id if is_visible else False,
            "when": rdv._get_when(),
            "guichet_id": target[0] if target else False,
            **self._prepare_outcome(rdv, target, is_visible),
        }

    def _prepare_outcome(self, rdv, target, is_visible):
        """Return what becomes of an appointment, and whether it takes a call."""
        if target:
            guichet = self.env["mairie.rdv.guichet"].browse(target[0])
            return {"outcome": self.env._("Same hour, %s", guichet.name)}
        if rdv._is_reached_by("closed"):
            return {"outcome": self.env._("Receives 3 dates to choose from")}
        outcome = self.env._("To be called by the agents of the place")
        if is_visible:
            phone = rdv.phone or self.env._("no number known")
            outcome = self.env._("To be called: %s", phone)
        return {"outcome": outcome, "is_to_call": True}

    @api.depends("line_ids.guichet_id", "line_ids.is_to_call")
    def _compute_sentence(self):
        for wizard in self:
            total = len(wizard.line_ids)
            moved = len(wizard.line_ids.filtered("guichet_id"))
            calls = len(wizard.line_ids.filtered("is_to_call"))
            wizard.other_count = total - moved
            wizard.call_count = calls
            wizard.sentence = wizard._get_sentence(total, moved, calls)
            wizard.button_label = wizard._get_button_label(total - moved - calls, calls)

    def _get_sentence(self, total, moved, calls):
        if not total:
            return self.env._("This closing touches no appointment.")
        sentence = self.env._(
            "This closing touches appointments: %(total)s. Received at another desk at "
            "the same hour: %(moved)s. Offered 3 dates: %(others)s.",
            total=total,
            moved=moved,
            others=total - moved - calls,
        )
        if not calls:
            return sentence
        without = self.env._(
            "Without e-mail nor SMS, to be called: %s. 3 dates are kept for them too.",
            calls,
        )
        return f"{sentence} {without}"

    def _get_button_label(self, told, calls):
        if not told and not calls:
            return self.env._("Close")
        if not told:
            return self.env._("Close; to be called: %s", calls)
        if calls:
            return self.env._(
                "Close; told: %(told)s, to be called: %(calls)s", told=told, calls=calls
            )
        if told == 1:
            return self.env._("Close and tell 1 person")
        return self.env._("Close and tell %s people", told)

    def _is_complete(self):
        is_dated = self.date_from and self.date_to and self.date_from <= self.date_to
        return bool(is_dated and (self.all_day or self.hour_from < self.hour_to))

    def _is_manager(self):
        return self.env.su or self.env.user.has_group("mairie_rdv.group_responsable")

    def _may_close(self):
        """Tell whether the user may close what is asked. Hook."""
        self.ensure_one()
        if self._is_manager():
            return True
        lieu = self.guichet_id.lieu_id
        return bool(
            lieu
            and self.env.user in lieu.sudo().user_ids
            and self.lieu_id == lieu
            and self.date_from == self.date_to == lieu._get_today()
        )

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
        """Close, move and offer; ten seconds to take it back, a minute to tell.

        Whoever no message reaches is listed at once, to be called.
        """
        self.ensure_one()
        if not self._may_close():
            raise AccessError(
                self.env._("You may close a desk of your own place, for today.")
            )
        closings = self.env["mairie.rdv.exception"].sudo(not self._is_manager())
        closing = closings.create(self._prepare_vals())
        moved, told, calls = closing._apply_closing()
        return {
            "type": "ir.actions.client",
            "tag": "mairie_undo",
            "params": {
                "message": self.env._(
                    "Closed. Moved: %(moved)s, told by a message: %(told)s, to be "
                    "called: %(calls)s.",
                    moved=moved,
                    told=told,
                    calls=calls,
                ),
                "model": closing._name,
                "method": "action_undo_close",
                "ids": closing.ids,
                "next": closing._get_call_action()
                if calls
                else {"type": "ir.actions.act_window_close"},
            },
        }

    # -- « Fermer ce guichet », from the day ------------------------------------------

    @api.model
    def get_desk_action(self, lieu_id, guichet_id):
        """Return the action that closes a desk from now until the end of its day.

        :raise AccessError: the place is not one's own, or has no such desk
        """
        lieu = self.env["mairie.rdv"]._get_own_lieu(lieu_id)
        guichet = self.env["mairie.rdv.guichet"].search(
            [("id", "=", guichet_id), ("lieu_id", "=", lieu.id)]
        )
        if not guichet:
            raise AccessError(
                self.env._("This page does not exist, or it is not open to you.")
            )
        values = self._prepare_desk_vals(guichet)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Close %s", guichet.name),
            "res_model": self._name,
            "views": [[False, "form"]],
            "target": "new",
            "context": {f"default_{name}": value for name, value in values.items()},
        }

    def _prepare_desk_vals(self, guichet):
        """Return the values of the form: a desk, the rest of its day."""
        lieu = guichet.lieu_id
        today, tz = lieu._get_today(), lieu._get_zone_info()
        now = to_minutes(fields.Datetime.now())
        row = lieu._load_calendar(today, today).get(guichet.id)
        spans = row and open_spans([block for block, _any in row.openings], row.closed)
        begin = _hour_of(to_local(now + (-now % STEP), tz))
        end = _hour_of(to_local(spans[-1][1], tz)) if spans else 0
        return {
            "name": self.env._("Desk closed"),
            "lieu_id": lieu.id,
            "guichet_id": guichet.id,
            "date_from": today,
            "date_to": today,
            "all_day": False,
            "hour_from": begin,
            "hour_to": end if end > begin else 24.0,
        }


class MairieRdvCloseLine(models.TransientModel):
    _name = "mairie.rdv.close.line"
    _description = "Appointment Hit by a Closing"

    close_id = fields.Many2one("mairie.rdv.close", required=True, ondelete="cascade")
    rdv_id = fields.Many2one("mairie.rdv", "Code")
    contact_name = fields.Char(related="rdv_id.contact_name")
    when = fields.Char("Date")
    guichet_id = fields.Many2one("mairie.rdv.guichet", "Received at")
    outcome = fields.Char("What Happens")
    is_to_call = fields.Boolean(export_string_translation=False)


def _hour_of(moment):
    return moment.hour + moment.minute / 60
