"""Sending an invitation: one button, by whatever its holder can be reached."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .mairie_rdv_message import LINKS
from .wording import date_label, in_town_language

#: what became of an invitation: the first of these that one of its messages says
FATES = {"failed": "failed", "queued": "leaving", "handed": "leaving", "sent": "sent"}


class MairieRdvInvitation(models.Model):
    _inherit = "mairie.rdv.invitation"

    envoi_ids = fields.One2many("mairie.rdv.envoi", "invitation_id", "Messages")
    send_state = fields.Selection(
        [("none", "Nothing sent"), ("leaving", "Leaving"), ("sent", "Sent"),
         ("failed", "Not arrived")],
        "Message",
        compute="_compute_send_state",
    )  # fmt: skip
    can_send = fields.Boolean(compute="_compute_can_send")
    offers_sms = fields.Boolean(compute="_compute_offers_sms")

    @api.depends("envoi_ids.state", "depot_id.envoi_ids.state")
    def _compute_send_state(self):
        for invitation in self:
            states = set(invitation._get_own_messages().mapped("state"))
            fates = [fate for state, fate in FATES.items() if state in states]
            invitation.send_state = fates[0] if fates else "none"

    def _get_own_messages(self):
        """Return the last messages of the invitation, and those that a title sent."""
        self.ensure_one()
        last = max(self.sudo().envoi_ids.mapped("number"), default=0)
        return self.sudo().envoi_ids.filtered(
            lambda envoi: envoi.number == last
        ) or self.sudo().depot_id.envoi_ids.filtered(
            lambda envoi: envoi.kind == "retrait"
        )

    @api.depends("email", "phone", "sms_ok", "valid_until", "use_count", "uses_max")
    def _compute_can_send(self):
        for invitation in self:
            invitation.can_send = bool(
                invitation.demarche_id
                and invitation._is_good()
                and invitation._get_channels()
            )

    @api.depends("company_id")
    def _compute_offers_sms(self):
        for invitation in self:
            # Before a procedure is chosen, that of whoever invites.
            company = (invitation.company_id or self.env.company).sudo()
            invitation.offers_sms = company._has_mairie_sms()

    def _is_good(self):
        """Tell whether the link still opens its procedure."""
        self.ensure_one()
        return bool(
            self.demarche_id.active
            and self.valid_until
            and self.valid_until >= fields.Date.context_today(self)
            and self.use_count < self.uses_max
        )

    def action_send(self):
        """Send the link by e-mail and by SMS, to those who may have it.

        :raise UserError: no way to reach somebody, or a link that is over
        """
        self.check_access("write")
        for invitation in self:
            if not invitation.can_send:
                raise UserError(
                    invitation.env._(
                        "Nothing can leave: an e-mail or a mobile that accepts SMS is "
                        "needed, and a link that still serves."
                    )
                )
        self.env["mairie.rdv.envoi"].sudo().create(
            [
                invitation._prepare_message_vals(channel)
                for invitation in self
                for channel in invitation._get_channels()
            ]
        )
        params = {"message": self.env._("The link leaves within a minute.")}
        return {"type": "ir.actions.client", "tag": "mairie_undo", "params": params}

    def _prepare_message_vals(self, channel):
        self.ensure_one()
        return {
            "invitation_id": self.id,
            "kind": "invitation",
            "channel": channel,
            "number": max(self.sudo().envoi_ids.mapped("number"), default=0) + 1,
        }

    def _is_message_wanted(self, envoi):
        """Tell whether the link still serves when its message leaves."""
        self.ensure_one()
        is_allowed = envoi.channel != "sms" or self._is_sms_allowed()
        return is_allowed and self._is_good()

    def _get_message_values(self, kind, is_short=False):
        """Return the values of an invitation: no date yet, and no word of what for."""
        self.ensure_one()
        lieu = self._get_only_lieu()
        values = {
            "date": "",
            "jour": "",
            "heure": "",
            "lieu": lieu.name or "",
            "adresse": lieu._get_address() if lieu else "",
            "code": "",
            "ville": self.company_id.name,
            "telephone": self._get_town_phone(),
            "lien": self.url,
            "limite": date_label(self.env, self.valid_until, short=is_short),
            "dates": "",
            "pieces": "",
            "raison": "",
        }
        return values, dict.fromkeys(LINKS, self.url)

    def _get_only_lieu(self):
        """Return the place of the procedure when there is but one."""
        lieux = self.demarche_id.sudo().guichet_ids.lieu_id
        lieux = in_town_language(lieux, self.company_id)
        return lieux if len(lieux) == 1 else lieux.browse()

    def _get_town_phone(self):
        self.ensure_one()
        lieu = self._get_only_lieu()
        return lieu._get_phone() if lieu else super()._get_town_phone()

    def unlink(self):
        # What has not left yet holds the address too.
        self.sudo().envoi_ids.mail_id.unlink()
        return super().unlink()
