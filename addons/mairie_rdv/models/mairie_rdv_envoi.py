import logging
from datetime import timedelta

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

BATCH = 50
MAX_TRIES = 6
TEMPLATES = {
    "confirmed": "mairie_rdv.mail_template_confirmed",
    "moved": "mairie_rdv.mail_template_confirmed",
    "link": "mairie_rdv.mail_template_confirmed",
    "cancelled": "mairie_rdv.mail_template_cancelled",
}


class MairieRdvEnvoi(models.Model):
    """A message to send: written with the booking, sent later by a cron.

    The unique key makes each message go once, however often the page is posted.
    """

    _name = "mairie.rdv.envoi"
    _description = "Message to Send"
    _order = "id desc"
    _rec_name = "kind"

    rdv_id = fields.Many2one(
        "mairie.rdv", "Appointment", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="rdv_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [("confirmed", "Confirmation"), ("moved", "Change"), ("link", "Link again"),
         ("cancelled", "Cancellation")],
        required=True,
    )  # fmt: skip
    number = fields.Integer(export_string_translation=False)
    state = fields.Selection(
        [("queued", "To be sent"), ("sent", "Sent"), ("failed", "Failed")],
        required=True,
        default="queued",
    )
    tries = fields.Integer(export_string_translation=False)
    next_try = fields.Datetime(required=True, default=fields.Datetime.now)
    sent_at = fields.Datetime(readonly=True)

    _once = models.Constraint(
        "UNIQUE(rdv_id, kind, number)", "This message is queued already."
    )
    _queue_index = models.Index("(next_try) WHERE state = 'queued'")

    @api.model
    def _cron_send(self):
        """Hand the messages that are due to the mail queue, one transaction each."""
        due = self.search(self._get_due_domain(), order="next_try, id", limit=BATCH)
        crons = self.env["ir.cron"]
        crons._commit_progress(remaining=len(due))
        for envoi in due:
            envoi._send_or_postpone()
            if not crons._commit_progress(1):
                break
        if due:
            self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    @api.model
    def _get_due_domain(self):
        """Return what is to be sent now."""
        return [("state", "=", "queued"), ("next_try", "<=", fields.Datetime.now())]

    def _send_all_due(self):
        """Send those of these messages that are due, in one transaction."""
        for envoi in self.filtered_domain(self._get_due_domain()):
            envoi._send_or_postpone()

    def _send_or_postpone(self):
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._send()
        except Exception:
            # One message that cannot be rendered must not stop the others.
            _logger.exception("message %s of an appointment was not sent", self.id)
            self._postpone()

    def _send(self):
        """Render the message and leave it to the mail queue.

        Hook: another channel. :return: nothing; raises when it must be tried again
        """
        rdv = self.rdv_id
        if rdv.email:
            template = self.env.ref(TEMPLATES[self.kind])
            template.send_mail(rdv.id, force_send=False)
        self.write({"state": "sent", "sent_at": fields.Datetime.now()})

    def _postpone(self):
        tries = self.tries + 1
        self.write(
            {
                "tries": tries,
                "state": "failed" if tries >= MAX_TRIES else "queued",
                "next_try": fields.Datetime.now() + timedelta(minutes=5 * 2**tries),
            }
        )
