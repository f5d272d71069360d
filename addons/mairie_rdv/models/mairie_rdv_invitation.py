"""A link that opens one procedure to who holds it."""

import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq

from .mairie_rdv_public import TOKEN

VALID_DAYS = 60


class MairieRdvInvitation(models.Model):
    """An invitation: private procedures by link, and titles to collect."""

    _name = "mairie.rdv.invitation"
    _inherit = "mairie.rdv.contact"
    _description = "Invitation to Book"
    _order = "id desc"
    _rec_name = "demarche_id"

    demarche_id = fields.Many2one(
        "mairie.rdv.demarche",
        "Procedure",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="demarche_id.company_id", store=True, index=True
    )
    depot_id = fields.Many2one(
        "mairie.rdv", "After the Appointment", ondelete="set null", readonly=True
    )
    persons = fields.Integer(default=1, required=True)
    first_name = fields.Char()
    last_name = fields.Char()
    email = fields.Char()
    phone = fields.Char()
    sms_ok = fields.Boolean("SMS Wanted")
    lang = fields.Char(
        readonly=True,
        default=lambda self: self.env.lang,
        export_string_translation=False,
    )
    valid_until = fields.Date(
        required=True,
        default=lambda self: fields.Date.today() + timedelta(days=VALID_DAYS),
    )
    uses_max = fields.Integer("Appointments at Most", default=1, required=True)
    rdv_ids = fields.One2many("mairie.rdv", "invitation_id", "Appointments")
    use_count = fields.Integer("Appointments Booked", compute="_compute_use_count")
    access_token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: secrets.token_urlsafe(16),
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    url = fields.Char("Link", compute="_compute_url")

    _access_token_uniq = models.Constraint(
        "UNIQUE(access_token)", "This link is in use already."
    )
    _uses_positive = models.Constraint(
        "CHECK(uses_max BETWEEN 1 AND 1000 AND persons BETWEEN 1 AND 20)",
        "An invitation serves 1 to 1,000 times.",
    )

    @api.depends("rdv_ids.state")
    def _compute_use_count(self):
        for invitation in self:
            kept = invitation.sudo().rdv_ids.filtered(
                lambda rdv: rdv.state not in NOT_USED
            )
            invitation.use_count = len(kept)

    def _compute_url(self):
        for invitation in self:
            token = invitation.sudo().access_token
            invitation.url = f"{invitation.get_base_url()}/rdv/i/{token}"

    @api.model
    def _find_public(self, token, company_id):
        """Return the invitation of a token while it is good, sudoed, else empty."""
        if not TOKEN.fullmatch(token or ""):
            return self.sudo().browse()
        found = self.sudo().search([("access_token", "=", token)], limit=1)
        if not found or not consteq(found.access_token, token):
            return found.browse()
        is_good = found.company_id.id == company_id and found._is_good()
        return found if is_good else found.browse()

    @api.model
    def _get_public_slug(self, token, company_id):
        """Return the slug of the procedure that a token opens, or None."""
        return self._find_public(token, company_id).demarche_id.slug or None


class MairieRdv(models.Model):
    _inherit = "mairie.rdv"

    invitation_id = fields.Many2one(
        "mairie.rdv.invitation", "By Invitation", readonly=True, ondelete="set null"
    )
    retrait_invitation_ids = fields.One2many(
        "mairie.rdv.invitation", "depot_id", "Invitations to Collect"
    )
    can_invite_retrait = fields.Boolean(compute="_compute_can_invite_retrait")

    @api.depends("state", "demarche_id", "retrait_invitation_ids")
    def _compute_can_invite_retrait(self):
        for rdv in self:
            rdv.can_invite_retrait = bool(
                rdv.state == "done"
                and rdv.demarche_id.sudo().retrait_demarche_id
                and not rdv.sudo().retrait_invitation_ids
            )

    def action_title_arrived(self):
        """Tell the citizens that their title is there, with a link to collect it."""
        self.check_access("write")
        for rdv in self:
            if not rdv.can_invite_retrait:
                raise UserError(
                    self.env._(
                        "Only a lodging that is done, once, invites to a collection."
                    )
                )
        invitations = self.env["mairie.rdv.invitation"].sudo()
        for rdv in self.sudo():
            invitations.create(rdv._prepare_retrait_vals())
        self._notify("retrait", number=0)
        count = len(self)
        message = self.env._("Invited to collect: %s", count)
        params = {"message": message}
        return {"type": "ir.actions.client", "tag": "mairie_undo", "params": params}

    def _prepare_retrait_vals(self):
        """Return the values of the invitation to collect a title. Hook."""
        self.ensure_one()
        names = ("first_name", "last_name", "email", "phone", "sms_ok", "persons")
        return {
            "demarche_id": self.demarche_id.retrait_demarche_id.id,
            "depot_id": self.id,
            **{name: self[name] for name in names},
        }

    def _get_message_links(self, kind):
        links = super()._get_message_links(kind)
        if kind == "retrait" and self.retrait_invitation_ids:
            links["lien"] = self.retrait_invitation_ids[:1].url
        return links


NOT_USED = ("expired", "cancelled_usager", "cancelled_mairie")
