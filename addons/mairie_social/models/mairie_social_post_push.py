from odoo import models


class MairieSocialPost(models.Model):
    """A publication is told to telephones, in the hours of each one."""

    _inherit = "mairie.social.post"

    def _announce(self):
        result = super()._announce()
        Job = self.env["mairie.social.push.job"].sudo()
        for post in self.filtered(lambda post: post.state == "published"):
            Job._queue(post)
        return result

    def _is_push_urgent(self):
        """Hook: what also reaches those on call outside their working hours."""
        self.ensure_one()
        return self.sudo().is_urgent

    def _prepare_push_payload(self):
        """What passes by the makers of browsers: encrypted, and yet without a name.

        :return: dict of the Notifications API
        """
        self.ensure_one()
        return {
            "title": self.sudo().company_id.name,
            "options": {
                "body": self._get_push_text(),
                "icon": "/mairie_social/static/description/icon.png",
                "data": {"model": self._name, "res_id": self.id},
            },
        }

    def _get_push_text(self):
        """:return: one line; neither the title of an HR note nor the name of a group"""
        self = self.with_context(lang=self.sudo().author_id.lang or "fr_FR")
        if self.kind == "hr_note":
            return self.env._("A new HR note to read")
        if self.sudo().group_id:
            return self.env._("A new post in a group")
        if self.sudo().is_urgent:
            return self.env._("Urgent: %s", self.name)
        return self.env._("New: %s", self.name)
