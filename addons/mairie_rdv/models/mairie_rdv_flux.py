import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import consteq

from ..lib.codes import spell
from ..lib.feed import Event, feed_file
from .mairie_rdv_public import TOKEN

DAYS_BEFORE, DAYS_AFTER = 7, 60


class MairieRdvFlux(models.Model):
    """An agent's appointments in his own calendar: hours, desks and codes only."""

    _name = "mairie.rdv.flux"
    _description = "Calendar to Subscribe To"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users",
        "Agent",
        required=True,
        default=lambda self: self.env.user,
        readonly=True,
        ondelete="cascade",
    )
    guichet_ids = fields.Many2many(
        "mairie.rdv.guichet", string="Desks", help="Empty: all desks of one's places."
    )
    access_token = fields.Char(
        groups=fields.NO_ACCESS,
        copy=False,
        required=True,
        default=lambda self: secrets.token_urlsafe(16),
        export_string_translation=False,
    )
    url = fields.Char("Address", compute="_compute_url")

    _user_uniq = models.Constraint(
        "UNIQUE(user_id)", "This agent has his calendar already."
    )
    _token_uniq = models.Constraint(
        "UNIQUE(access_token)", "This address is in use already."
    )

    @api.depends("access_token")
    def _compute_url(self):
        for flux in self:
            token = flux.sudo().access_token
            flux.url = f"{flux.get_base_url()}/rdv/agenda/{token}.ics"

    @api.model
    def action_open(self):
        """Open one's own calendar; the first visit makes it."""
        self.check_access("read")
        flux = self.search([("user_id", "=", self.env.uid)])
        flux = flux or self.create({})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("My Calendar"),
            "res_model": self._name,
            "res_id": flux.id,
            "views": [[False, "form"]],
            "target": "new",
        }

    def action_renew(self):
        """Change the address: telephones that have the former one get nothing more."""
        self.check_access("write")
        self.sudo().access_token = secrets.token_urlsafe(16)
        return self.action_open()

    @api.model
    def _get_file(self, token):
        """Return the calendar of a token, or None.

        The rights are those of its agent at this minute: gone from a place, he reads
        it no more.
        """
        if not TOKEN.fullmatch(token or ""):
            return None
        flux = self.sudo().search([("access_token", "=", token)], limit=1)
        if not flux or not consteq(flux.access_token, token):
            return None
        agent = flux.user_id
        if not agent.active or not agent.has_group("mairie_rdv.group_accueil"):
            return None
        rdvs = flux._search_rdvs(self.env["mairie.rdv"].with_user(agent))
        return feed_file(
            self.env._("Appointments"), [flux._prepare_event(rdv) for rdv in rdvs]
        )

    def _search_rdvs(self, rdvs):
        now = fields.Datetime.now()
        domain = [
            ("start", ">=", now - timedelta(days=DAYS_BEFORE)),
            ("start", "<=", now + timedelta(days=DAYS_AFTER)),
            ("state", "in", ("confirmed", "arrived", "in_progress", "done")),
        ]
        if self.guichet_ids:
            domain.append(("guichet_id", "in", self.guichet_ids.ids))
        return rdvs.search(domain)

    def _prepare_event(self, rdv):
        """Return one event: neither the name nor the reason, phones show them."""
        return Event(
            uid=f"rdv-{rdv.id}@{rdv.company_id.id}.mairie",
            start=rdv.start,
            stop=rdv.stop,
            stamp=rdv.write_date,
            summary=f"{rdv.guichet_id.name}, {spell(rdv.code)}",
            location=rdv.lieu_id.name,
        )
