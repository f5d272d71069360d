from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.mairie_mandat_vacancy import LEFT_ALONE


class MairieMandatReplace(models.TransientModel):
    """A member leaves; the next of the list, a by-election or nobody fills the seat."""

    _name = "mairie.mandat.replace"
    _description = "End and Replacement of a Mandate"

    mandat_id = fields.Many2one(
        "mairie.mandat", "Mandate", required=True, readonly=True, ondelete="cascade"
    )
    date_end = fields.Date(
        "Last day in office", required=True, default=fields.Date.context_today
    )
    holds_function = fields.Boolean(compute="_compute_holds_function")
    stays = fields.Boolean(
        "Stays in the council",
        help="Only the function is left: mayor or deputy (CGCT, L2122-15).",
    )
    reason = fields.Selection(
        selection=lambda self: self._get_reasons(),
        required=True,
        default="resignation",
    )
    successor = fields.Selection(
        [
            ("next", "Next of the list"),
            ("by_election", "By-election"),
            ("none", "The seat stays vacant"),
        ],
        "The seat goes to",
        required=True,
        default="next",
    )
    partner_id = fields.Many2one("res.partner", "Who comes in")
    civility = fields.Selection(
        [("madame", "Madame"), ("monsieur", "Monsieur")], default="madame"
    )
    date_start = fields.Date(
        "In office from", compute="_compute_date_start", store=True, readonly=False
    )
    election_date = fields.Date(
        "Date that counts for the rank",
        compute="_compute_date_start",
        store=True,
        readonly=False,
        help="Councillors rank by the date of their election, then their votes, then "
        "their age (CGCT, L2121-1).",
    )
    votes = fields.Integer("Votes obtained")
    birthdate = fields.Date("Born on")
    seat_text = fields.Text(compute="_compute_seat_text")

    def _get_reasons(self):
        """Return why a member leaves: who takes another function does not."""
        field = self.env["mairie.mandat"]._fields["end_reason"]
        reasons = field._description_selection(self.env)
        return [pair for pair in reasons if pair[0] != "function"]

    @api.depends("mandat_id")
    def _compute_holds_function(self):
        for wizard in self:
            wizard.holds_function = wizard.mandat_id.function in LEFT_ALONE

    @api.depends("date_end")
    def _compute_date_start(self):
        for wizard in self:
            following = wizard.date_end and wizard.date_end + timedelta(days=1)
            wizard.date_start = following
            wizard.election_date = following

    @api.depends("mandat_id")
    def _compute_seat_text(self):
        for wizard in self:
            partner = wizard.mandat_id.partner_id
            seats = self.env["mairie.instance.membre"].search(
                [("partner_id", "=", partner.id), ("date_to", "=", False)]
            )
            names = ", ".join(seats.instance_id.mapped("name"))
            wizard.seat_text = names and self.env._(
                "Also ends, to be filled by the council: %s.", names
            )

    def action_apply(self):
        """End the mandate and open the one that follows."""
        self.ensure_one()
        if self.stays and self.holds_function:
            self.mandat_id._leave_function(self.date_end)
            return {"type": "ir.actions.client", "tag": "soft_reload"}
        if self.successor != "none" and not self.partner_id:
            raise UserError(
                self.env._("Choose who comes in, or leave the seat vacant.")
            )
        self.mandat_id._end(self.date_end, self.reason)
        if self.successor == "none":
            return {"type": "ir.actions.client", "tag": "soft_reload"}
        mandat = self.env["mairie.mandat"].create(self._prepare_mandat_vals())
        return {
            "type": "ir.actions.act_window",
            "res_model": "mairie.mandat",
            "res_id": mandat.id,
            "view_mode": "form",
        }

    def _prepare_mandat_vals(self):
        """Return the mandate of who comes in: a councillor, whoever left."""
        same_list = self.successor == "next"
        leaver = self.mandat_id
        return {
            "mandature_id": leaver.mandature_id.id,
            "partner_id": self.partner_id.id,
            "civility": self.civility,
            "function": "conseiller",
            "groupe_id": leaver.groupe_id.id if same_list else False,
            "date_from": self.date_start,
            "election_date": self.election_date,
            "votes": self.votes or (leaver.votes if same_list else 0),
            "birthdate": self.birthdate,
            "seat_by": self.successor,
            "replaces_id": leaver.id,
        }
