from odoo import api, fields, models


class MairieSocialPost(models.Model):
    """The editorial calendar: when each post came or is to come."""

    _inherit = "mairie.social.post"

    calendar_at = fields.Datetime(
        "In the Calendar", compute="_compute_calendar_at", store=True, index=True
    )
    kind_color = fields.Integer(
        compute="_compute_kind_color", export_string_translation=False
    )

    @api.depends("published_at", "publish_at")
    def _compute_calendar_at(self):
        for post in self:
            post.calendar_at = post.published_at or post.publish_at

    @api.depends("kind")
    def _compute_kind_color(self):
        order = [kind for kind, _label in self._fields["kind"].selection]
        for post in self:
            post.kind_color = order.index(post.kind) + 1
