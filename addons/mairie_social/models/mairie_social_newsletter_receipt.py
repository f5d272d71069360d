from datetime import timedelta

from odoo import api, fields, models

KEPT_DAYS = 90


class MairieSocialNewsletterReceipt(models.Model):
    """One e-mail to one person: the line that forbids to send the same letter twice."""

    _name = "mairie.social.newsletter.receipt"
    _description = "E-mail of an Internal Letter"
    _order = "id"
    _rec_name = "user_id"

    newsletter_id = fields.Many2one(
        "mairie.social.newsletter", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", "Person", required=True, index=True, ondelete="cascade"
    )
    mail_id = fields.Many2one("mail.mail", readonly=True, ondelete="set null")
    state = fields.Selection(
        [("waiting", "Waiting"), ("sent", "Sent"), ("failed", "Not delivered")],
        "Delivery",
        compute="_compute_state",
    )

    _once = models.Constraint(
        "UNIQUE(newsletter_id, user_id)", "This person has already received the letter."
    )

    @api.depends("mail_id.state")
    def _compute_state(self):
        """An e-mail that is gone was sent: see :meth:`_gc_mails`."""
        states = {"outgoing": "waiting", "exception": "failed", "cancel": "failed"}
        for receipt in self:
            receipt.state = states.get(receipt.sudo().mail_id.state, "sent")

    @api.autovacuum
    def _gc_mails(self):
        """The words of an e-mail are not kept once it has long been sent."""
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        old = self.sudo().search(
            [("create_date", "<", limit), ("mail_id.state", "=", "sent")]
        )
        old.mail_id.unlink()
