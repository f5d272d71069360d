import json

from odoo import api, fields, models

from ..lib.seal import first_broken


class MairieConvocationEvent(models.Model):
    """What happened to one notice, in order, each event sealed on the one before."""

    _name = "mairie.convocation.event"
    _description = "Proof of a Notice"
    _inherit = ["mairie.eliminable.mixin"]
    _order = "convocation_id, number"

    convocation_id = fields.Many2one(
        "mairie.convocation", "Notice", required=True, ondelete="restrict", index=True
    )
    seance_id = fields.Many2one(
        "mairie.seance", "Meeting", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", "Commune", required=True)
    number = fields.Integer(required=True)
    kind = fields.Selection(
        [
            ("sent", "Sent"),
            ("delivered", "Left the server"),
            ("refused", "Refused"),
            ("opened", "Opened"),
            ("downloaded", "Downloaded"),
            ("replied", "Answered"),
            ("reminded", "Reminded"),
            ("pouvoir_given", "Pouvoir given"),
            ("pouvoir_withdrawn", "Pouvoir taken back"),
            ("pouvoir_received", "Pouvoir of a colleague received"),
            ("pouvoir_declined", "Pouvoir of a colleague declined"),
        ],
        required=True,
    )
    answer = fields.Selection(
        [
            ("present", "Will be there"),
            ("late", "Will come late"),
            ("absent", "Absent"),
            ("unknown", "Does not know yet"),
        ]
    )
    occurred_at = fields.Datetime("Date and hour", required=True)
    facts = fields.Text("Sealed facts", required=True)
    seal = fields.Char(required=True)

    _number_unique = models.Constraint(
        "UNIQUE (convocation_id, number)", "This event is recorded already."
    )

    def _is_about(self, sha256):
        """Tell whether the event concerns a file of that hash."""
        self.ensure_one()
        return json.loads(self.facts)["details"].get("sha256") == sha256

    @api.model
    def _get_first_broken(self, convocation):
        """Return the first event of a notice whose seal is wrong, nothing if none."""
        events = self.sudo().search([("convocation_id", "=", convocation.id)])
        index = first_broken([(event.facts, event.seal) for event in events])
        return self.browse() if index is None else events[index]
