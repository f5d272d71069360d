from odoo import api, fields, models
from odoo.fields import Command


class MairieInstance(models.Model):
    """A body as a place to work: its discussion, joined by those who sit in it today."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.instance"

    channel_id = fields.Many2one(
        "discuss.channel",
        "Discussion",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups="mairie_elus.group_reader",
    )

    def action_open_channel(self):
        """Open the discussion of this body, made at the first click."""
        self.ensure_one()
        self.check_access("write")
        if not self.channel_id:
            self.sudo().channel_id = self._create_channel()
        self._sync_channels()
        return {
            "type": "ir.actions.act_url",
            "url": f"/odoo/discuss?active_id=discuss.channel_{self.channel_id.id}",
            "target": "self",
        }

    def _create_channel(self):
        """A private discussion: who sits there is invited, nobody else finds it."""
        self.ensure_one()
        return (
            self.env["discuss.channel"]
            .sudo()
            .create(
                {
                    "name": self.name,
                    "description": self.purpose or "",
                    "channel_type": "group",
                }
            )
        )

    def _get_channel_partners(self):
        """Return who belongs in the discussion today: members with a user, secretary.

        Hook: a town that lets its services in.
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        people = self.env["res.partner"]
        for contact in self.sudo()._get_contacts_on(today):
            people |= contact.partner_id
        people = people.filtered("user_ids")
        return people | self.seance_ids.secretary_id.partner_id

    def _sync_channels(self):
        """Let in who sits in the body, and out who no longer does."""
        for instance in self.sudo().filtered("channel_id"):
            channel = instance.channel_id
            wanted = instance._get_channel_partners()
            members = channel.channel_member_ids
            coming = wanted - members.partner_id
            members.filtered(lambda m, w=wanted: m.partner_id not in w).unlink()
            channel.write(
                {
                    "channel_member_ids": [
                        Command.create({"partner_id": partner.id}) for partner in coming
                    ]
                }
            )

    @api.model
    def _cron_sync_channels(self):
        """Mandates begin and end by their dates alone: look once a day."""
        self.search([("channel_id", "!=", False)])._sync_channels()
