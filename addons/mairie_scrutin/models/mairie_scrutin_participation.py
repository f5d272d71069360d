from odoo import api, fields, models
from odoo.exceptions import UserError

SEALED = ("bureau_tour_id", "hour", "votants", "source", "uuid", "reason")


class MairieScrutinParticipation(models.Model):
    """Voters so far in one station at one hour. A correction is a new row."""

    _name = "mairie.scrutin.participation"
    _inherit = ["mairie.scrutin.protected"]
    _description = "Turnout of a Station"
    _order = "bureau_tour_id, hour, id"
    _protected_fields = ("is_current", "user_id", "device_id")

    bureau_tour_id = fields.Many2one(
        "mairie.scrutin.bureau.tour",
        "Station",
        required=True,
        index=True,
        ondelete="restrict",
    )
    # precomputed: a phone whose network is back sends two hundred rows, one INSERT each
    tour_id = fields.Many2one(
        related="bureau_tour_id.tour_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="bureau_tour_id.company_id", store=True, precompute=True
    )
    hour = fields.Float(required=True, help="Local time of the commune.")
    votants = fields.Integer("Voters", required=True)
    source = fields.Selection(
        [
            ("phone", "Phone of the station"),
            ("mairie", "Typed at the town hall"),
            ("fallback", "Code dictated or sent by SMS"),
            ("import", "File"),
        ],
        required=True,
        default="mairie",
    )
    reason = fields.Char("Reason, as in the Report")
    user_id = fields.Many2one("res.users", "By", readonly=True, ondelete="restrict")
    device_id = fields.Many2one(
        "mairie.scrutin.device", readonly=True, ondelete="restrict"
    )
    uuid = fields.Char(readonly=True, copy=False, export_string_translation=False)
    received_date = fields.Datetime(
        "Received On", default=fields.Datetime.now, readonly=True
    )
    is_current = fields.Boolean("Current", default=True, readonly=True)

    _hour_current = models.UniqueIndex(
        "(bureau_tour_id, hour) WHERE is_current",
        "This station already told its turnout for that hour.",
    )
    _votants_positive = models.Constraint(
        "CHECK(votants >= 0)", "A number of voters is 0 or more."
    )

    def init(self):
        """A figure told stays told; only its place in the day moves."""
        self.env["mairie.scrutin.journal"]._seal_table(self._table, SEALED)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A turnout that was told is never deleted."))
