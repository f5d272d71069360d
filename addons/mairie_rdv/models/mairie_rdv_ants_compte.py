"""How a town is tied to France Titres, and the proof that the tie still holds."""

import time

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_datetime

PROBE = "TEST000001"


class MairieRdvAntsCompte(models.Model):
    """The account of a commune: the token that we send, and the screen of control."""

    _name = "mairie.rdv.ants.compte"
    _description = "Connection to France Titres"
    _inherit = ["mairie.connection.mixin"]

    site = fields.Selection(
        [("off", "Not connected"), ("test", "Test site"),
         ("production", "Real site"), ("other", "Another address")],
        "Central Base",
        required=True,
        default="off",
    )  # fmt: skip
    address = fields.Char(help="Only for « Another address ».")
    api_token = fields.Char(
        "Token of the Central Base",
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    new_token = fields.Char(
        "Token",
        compute="_compute_new_token",
        inverse="_inverse_new_token",
        help="Given by France Titres. Once saved it is not shown any more.",
    )
    has_token = fields.Boolean(compute="_compute_has_token")
    if_silent = fields.Selection(
        [("accept", "Accept the number, check it later"),
         ("refuse", "Refuse to book online")],
        "When France Titres Does Not Answer",
        required=True,
        default="accept",
    )  # fmt: skip
    token_ids = fields.One2many(
        "mairie.rdv.ants.jeton", "compte_id", "Tokens of the Hub"
    )
    point_report = fields.Html(compute="_compute_point_report", sanitize=False)
    pending_count = fields.Integer(compute="_compute_counts")
    failed_count = fields.Integer(compute="_compute_counts")
    recheck_count = fields.Integer(compute="_compute_counts")
    late_count = fields.Integer("Slow Calls", compute="_compute_counts")

    def _get_connection_name(self):
        return self.env._("Exchange with France Titres")

    @api.depends("api_token")
    def _compute_new_token(self):
        self.new_token = False

    def _inverse_new_token(self):
        for compte in self:
            if compte.new_token:
                compte.sudo().api_token = compte.new_token.strip()

    @api.depends("api_token")
    def _compute_has_token(self):
        for compte in self:
            compte.has_token = bool(compte.sudo().api_token)

    @api.constrains("site", "address")
    def _check_address(self):
        for compte in self.filtered(lambda compte: compte.site == "other"):
            if not compte._is_safe_address(compte.address):
                raise ValidationError(
                    self.env._("The address of the central base begins with https://.")
                )

    @api.depends("last_success")
    def _compute_counts(self):
        Outbox = self.env["mairie.rdv.ants.envoi"].sudo()
        for compte in self:
            own = [("company_id", "=", compte.company_id.id)]
            compte.pending_count = Outbox.search_count([*own, ("state", "=", "queued")])
            compte.failed_count = Outbox.search_count([*own, ("state", "=", "failed")])
            compte.recheck_count = len(compte._get_to_recheck())
            compte.late_count = self.env["mairie.rdv.ants.appel"].search_count(
                [*own, ("milliseconds", ">", 1000)]
            )

    @api.depends("site", "last_success", "api_token")
    def _compute_verdict(self):
        return super()._compute_verdict()

    def _get_verdict(self):
        """Return the state of the connection in one sentence."""
        self.ensure_one()
        if self.site == "off":
            return self.env._("Not connected: pre-demande numbers are not checked.")
        if not self.has_token:
            return self.env._("The token of the central base is missing.")
        if not self.last_success:
            return self.env._("No exchange yet. Press « Test ».")
        moment = format_datetime(self.env, self.last_success, dt_format="d MMMM, HH:mm")
        return self.env._("Last successful exchange: %s.", moment)

    @api.depends("company_id")
    def _compute_point_report(self):
        for compte in self:
            lieux = self.env["mairie.rdv.lieu"].search(
                [("company_id", "=", compte.company_id.id)]
            )
            opened = lieux._get_ants_opened()
            points = [compte._prepare_point_line(lieu, opened) for lieu in lieux]
            compte.point_report = self.env["ir.qweb"]._render(
                "mairie_rdv.ants_point_report", {"points": points}
            )

    def _prepare_point_line(self, lieu, opened):
        """Return what the screen says of one place: seen by the hub, or why not."""
        gaps = lieu._get_ants_gaps(opened) if lieu.ants_published else []
        return {
            "name": lieu.name,
            "point": lieu.ants_point_id or "",
            "ugf": lieu.ants_ugf or "",
            "is_published": lieu.ants_published,
            "gaps": gaps,
        }

    # -- finding -------------------------------------------------------------------

    def _is_connected(self):
        return bool(self and self.site != "off" and self.sudo().api_token)

    def _get_to_recheck(self):
        """Return the persons to come whose number France Titres has not confirmed."""
        return self.env["mairie.rdv.personne"].search(
            [("company_id", "in", self.company_id.ids),
             ("application_id", "!=", False),
             ("rdv_id.state", "=", "confirmed"),
             ("rdv_id.start", ">", fields.Datetime.now()),
             ("rdv_id.demarche_id.stage", "=", "depot"),
             ("ants_status", "in", (False, "later"))]
        )  # fmt: skip

    # -- buttons -------------------------------------------------------------------

    def action_test(self):
        """Ask about a number that does not exist: any answer proves the connection."""
        self.ensure_one()
        self.check_access("write")
        begin = time.monotonic()
        probe = [("application_ids", PROBE)]
        is_connected = self._is_connected()
        answer = self._call("GET", "/status", probe) if is_connected else None
        is_alive = answer is not None
        if is_alive:
            elapsed = int((time.monotonic() - begin) * 1000)
            message = self.env._("France Titres answers, in %s ms.", elapsed)
        elif not is_connected:
            message = self._get_verdict()
        else:
            message = self.env._(
                "No answer from France Titres. Bookings go on, numbers will be checked "
                "later. Check the token, then call its support."
            )
        return self._tell(message, is_alive)

    def action_recheck(self):
        """Ask again about the numbers that France Titres has not confirmed."""
        self.ensure_one()
        self.check_access("write")
        ants = self.env["mairie.rdv.ants"].with_company(self.company_id).sudo()
        ants._recheck_numbers()
        left = len(self._get_to_recheck())
        message = self.env._("%s numbers left to check.", left)
        return self._tell(message, not left)

    def action_view_calls(self):
        return self._open_list("mairie_rdv.mairie_rdv_ants_appel_action")

    def action_view_outbox(self):
        return self._open_list("mairie_rdv.mairie_rdv_ants_envoi_action")

    def _open_list(self, xmlid):
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return {**action, "domain": [("company_id", "=", self.company_id.id)]}
