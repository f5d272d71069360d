import secrets
from datetime import timedelta

from odoo import api, fields, models

from ..lib import calendar_file

#: Past meetings stay in the calendar that long.
DAYS_KEPT = 400


class MairieEluAgenda(models.Model):
    """The secret address of a member's calendar: days, hours and places, no item."""

    _name = "mairie.elu.agenda"
    _description = "Calendar Address of a Member"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, ondelete="cascade", index=True
    )
    token = fields.Char(required=True, groups="base.group_system", copy=False)

    _one_each = models.Constraint(
        "UNIQUE (partner_id)", "This member has a calendar address already."
    )
    _token_unique = models.Constraint("UNIQUE (token)", "This address exists already.")

    @api.model
    def _renew(self, partner):
        """Give a member a new address; the one before stops to answer."""
        token = secrets.token_urlsafe(16)
        known = self.sudo().search([("partner_id", "=", partner.id)])
        if known:
            known.token = token
            return known
        return self.sudo().create({"partner_id": partner.id, "token": token})

    @api.model
    def _get_path_of(self, partner):
        """Return the address of a member's calendar, "" when he asked for none."""
        known = self.sudo().search([("partner_id", "=", partner.id)])
        return f"/elus/agenda/{known.token}/seances.ics" if known else ""

    @api.model
    def _find_by_token(self, token):
        if not token or len(token) != 22:
            return self.browse()
        return self.sudo().search([("token", "=", token)])

    def _prepare_feed(self):
        """Return the calendar file of all that this member was convened to."""
        self.ensure_one()
        since = fields.Datetime.now() - timedelta(days=DAYS_KEPT)
        notices = (
            self.env["mairie.convocation"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", self.partner_id.id),
                    ("seance_id.date_start", ">", since),
                ]
            )
        )
        return calendar_file.render_all(
            [notice._prepare_calendar_meeting() for notice in notices]
        )
