from odoo import fields, models


class MailMail(models.Model):
    """The outgoing mail of a notice reports to it."""

    _inherit = "mail.mail"

    mairie_convocation_id = fields.Many2one(
        "mairie.convocation", "Notice", ondelete="set null", index="btree_not_null"
    )

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        for mail in self.sudo().filtered("mairie_convocation_id"):
            mail.mairie_convocation_id._record_delivery(
                not failure_type, failure_reason or failure_type
            )
        return super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )
