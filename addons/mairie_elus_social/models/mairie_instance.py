from odoo import api, fields, models

#: Seats whose holder looks after the group.
MODERATING = ("president", "vice_president")
PURPOSE_SIZE, NAME_SIZE = 160, 80


class MairieInstance(models.Model):
    """An assembly and its group in the hub: one membership, that of the mandates."""

    _inherit = "mairie.instance"

    social_group_ids = fields.One2many(
        "mairie.social.group",
        "mairie_instance_id",
        "Group in the Hub",
        groups="mairie_elus.group_reader",
    )

    def action_open_social_group(self):
        """Open the group of this assembly, made at the first click."""
        self.ensure_one()
        self.check_access("write")
        if not self.sudo().social_group_ids:
            self._create_social_group()
        self._sync_social_groups()
        return {
            "type": "ir.actions.act_window",
            "res_model": "mairie.social.group",
            "res_id": self.sudo().social_group_ids.id,
            "views": [[False, "form"]],
        }

    def action_open_channel(self):
        """The discussion of an assembly is that of its group, where it has one."""
        group = self.sudo().social_group_ids
        if self.sudo().channel_id or not group:
            return super().action_open_channel()
        self.check_access("write")
        self._sync_social_groups()
        return group.sudo(False).action_open_discussion()

    def _create_social_group(self):
        """Make the group; whoever makes it looks after it."""
        return self.env["mairie.social.group"].sudo().create(self._prepare_group_vals())

    def _prepare_group_vals(self):
        """Return the values of the group: its name is seen, its content is not."""
        self.ensure_one()
        return {
            "name": self.name[:NAME_SIZE],
            "kind": "commission",
            "privacy": "private",
            "purpose": (self.purpose or "")[:PURPOSE_SIZE],
            "company_id": self.company_id.id,
            "mairie_instance_id": self.id,
        }

    def _get_social_roles(self):
        """Return who belongs in the group today: user -> role.

        Hook: a town that lets its services in, or a member who moderates.
        """
        self.ensure_one()
        instance = self.sudo()
        today = fields.Date.context_today(self)
        chairs = instance.president_id | instance.vice_president_id
        seats = instance.membre_ids._filter_in_office(today)
        chairs |= seats.filtered(lambda row: row.role in MODERATING).partner_id
        people = chairs.browse(
            [contact.partner_id.id for contact in instance._get_contacts_on(today)]
        )
        users = (people | chairs).user_ids.filtered(
            lambda user: user.active and not user.share
        )
        return {
            user: "moderator" if user.partner_id in chairs else "member"
            for user in users
        }

    def _sync_social_groups(self):
        self.sudo().social_group_ids._follow_instance()

    @api.model
    def _cron_sync_channels(self):
        """Mandates begin and end by their dates alone: look once a day."""
        result = super()._cron_sync_channels()
        self.sudo().search([("social_group_ids", "!=", False)])._sync_social_groups()
        return result

    def write(self, vals):
        result = super().write(vals)
        if {"president_id", "vice_president_id", "kind"} & vals.keys():
            self._sync_social_groups()
        return result
