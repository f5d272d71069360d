from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError


class MairieSocialPost(models.Model):
    """An urgent post reaches those on call at any hour, and leaves a line saying why."""

    _inherit = "mairie.social.post"

    is_urgent = fields.Boolean("Urgent", copy=False)
    urgent_reason = fields.Char("Why It Cannot Wait", size=200, copy=False)

    @api.model
    def get_composer(self, post_id=None):
        """Add who may call a post urgent, and how many people are on call now."""
        return {
            **super().get_composer(post_id),
            "may_be_urgent": self._writes_for_the_town(),
            "on_call": self.env["mairie.social.duty"]._count_now(),
        }

    def _check_protected(self, vals):
        result = super()._check_protected(vals)
        may = self.env.su or self._writes_for_the_town()
        if vals.get("is_urgent") and not may:
            raise AccessError(
                self.env._("Only Communication and HR call a post urgent.")
            )
        return result

    def _check_ready(self):
        result = super()._check_ready()
        for post in self:
            if post.is_urgent and not (post.urgent_reason or "").strip():
                raise ValidationError(self.env._("Say why it cannot wait."))
        return result

    def _announce(self):
        for post in self.filtered("is_urgent"):
            post._log("urgent", post.urgent_reason)
        return super()._announce()

    def _format_draft(self):
        return {
            **super()._format_draft(),
            "is_urgent": self.is_urgent,
            "urgent_reason": self.urgent_reason or "",
        }

    def _format_card(self, facts, whole):
        card = super()._format_card(facts, whole)
        card["is_urgent"] = self.sudo().is_urgent
        return card
