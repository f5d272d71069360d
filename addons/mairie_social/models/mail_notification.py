from odoo import models

from .discuss_channel_inbox import FEW


class MailNotification(models.Model):
    """Whoever is told among many is not told of all the others: only what failed shows."""

    _inherit = "mail.notification"

    def _filtered_for_web_client(self):
        shown = super()._filtered_for_web_client()
        if len(shown) <= FEW:
            return shown
        return shown.filtered(lambda line: line.notification_status != "sent")
