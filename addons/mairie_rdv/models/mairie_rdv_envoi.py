import logging
from datetime import timedelta

from odoo import api, fields, models

from ..exceptions import SmsRefused, SmsUnsure
from .mairie_rdv_message import EVENTS

_logger = logging.getLogger(__name__)

BATCH = 50
MAX_TRIES = 6
#: after so long an SMS that was being sent is one whose fate is unknown
LOST_AFTER = timedelta(minutes=10)


class MairieRdvEnvoi(models.Model):
    """A message to send: written with the booking, sent later by a cron.

    The unique key makes each message go once, however often the page is posted. An
    e-mail is handed to Odoo's mail queue in the transaction that says so, then
    followed. An SMS is first marked as leaving, for good, and only then sent: whatever
    dies in between, nobody gets it twice.
    """

    _name = "mairie.rdv.envoi"
    _description = "Message to Send"
    _order = "id desc"
    _rec_name = "kind"

    rdv_id = fields.Many2one(
        "mairie.rdv", "Appointment", index=True, ondelete="cascade"
    )
    invitation_id = fields.Many2one(
        "mairie.rdv.invitation", index="btree_not_null", ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", "Commune", compute="_compute_company_id", store=True, index=True
    )
    lieu_id = fields.Many2one(related="rdv_id.lieu_id")
    kind = fields.Selection(EVENTS, required=True)
    channel = fields.Selection(
        [("email", "E-mail"), ("sms", "SMS")], required=True, default="email"
    )
    number = fields.Integer(export_string_translation=False)
    state = fields.Selection(
        [("queued", "To be sent"), ("handed", "Leaving"), ("sent", "Sent"),
         ("failed", "Failed"), ("skipped", "Not sent")],
        required=True,
        default="queued",
        index=True,
    )  # fmt: skip
    tries = fields.Integer(export_string_translation=False)
    next_try = fields.Datetime("Leaves at", required=True, default=fields.Datetime.now)
    handed_at = fields.Datetime(readonly=True, export_string_translation=False)
    sent_at = fields.Datetime(readonly=True)
    mail_id = fields.Many2one(
        "mail.mail", readonly=True, groups=fields.NO_ACCESS, ondelete="set null"
    )
    provider_ref = fields.Char(readonly=True, export_string_translation=False)
    error = fields.Char("Reason", readonly=True)

    _once = models.Constraint(
        "UNIQUE(rdv_id, kind, channel, number)", "This message is queued already."
    )
    _invited_once = models.UniqueIndex(
        "(invitation_id, channel, number) WHERE invitation_id IS NOT NULL"
    )
    _about_one = models.Constraint(
        "CHECK(num_nonnulls(rdv_id, invitation_id) = 1)",
        "A message is about an appointment or an invitation.",
    )
    _queue_index = models.Index("(next_try) WHERE state = 'queued'")

    @api.depends("rdv_id.company_id", "invitation_id.company_id")
    def _compute_company_id(self):
        for envoi in self:
            envoi.company_id = envoi._get_about().company_id

    def _get_about(self):
        """Return whose message it is: an appointment or an invitation."""
        self.ensure_one()
        return self.invitation_id or self.rdv_id

    @api.model
    def _cron_send(self):
        """Send what is due, one transaction each; follow what has left."""
        crons = self.env["ir.cron"]
        self._give_lost_up()
        self._follow_mails()
        due = self.search(self._get_due_domain(), order="next_try, id", limit=BATCH)
        crons._commit_progress(remaining=len(due))
        for envoi in due:
            envoi._in_town_language()._send_or_postpone()
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
            envoi._in_town_language()._send_or_postpone()

    def _in_town_language(self):
        """Return the message with what agents will read of it in the town's language.

        A cron has none of its own.
        """
        self.ensure_one()
        partner = self.company_id.partner_id
        return self.with_context(lang=partner.lang or self.env.lang)

    def _send_or_postpone(self):
        """Send one message; whatever goes wrong with it must not stop the others."""
        self.ensure_one()
        words = self.env["mairie.rdv.message"]._get_words(
            self.company_id, self.kind, self._get_about().lang
        )
        if not words["is_active"] or not self._get_about()._is_message_wanted(self):
            self.write({"state": "skipped", "error": self._get_skip_reason(words)})
            return
        try:
            getattr(self, f"_send_{self.channel}")(words)
        except SmsRefused as refusal:
            self.write({"state": "failed", "error": str(refusal)})
        except SmsUnsure as doubt:
            self.write({"state": "failed", "error": str(doubt)})
        except Exception:
            _logger.exception("message %s of an appointment was not sent", self.id)
            self._postpone(self.env._("It could not be sent; it will be tried again."))

    def _get_skip_reason(self, words):
        """Return why a message is not sent after all, for whoever asks later."""
        if not words["is_active"]:
            return self.env._("The town hall has switched this message off.")
        if self.channel == "sms" and not self._get_about()._is_sms_allowed():
            return self.env._("The citizen wants no more SMS.")
        if self.invitation_id:
            return self.env._("The invitation was used or over before it left.")
        rdv = self.rdv_id
        if rdv.state.startswith("cancelled"):
            return self.env._("The appointment was cancelled meanwhile.")
        if self.kind == "waiting_offer":
            return self.env._("The place was no longer kept for this person.")
        if self.kind == "missed":
            return self.env._("The person came after all.")
        return self.env._("The date was over, or had changed, before it left.")

    def _send_email(self, words):
        """Leave the e-mail to the mail queue, in this transaction: both or nothing."""
        with self.env.cr.savepoint():
            vals = self._get_about()._prepare_mail_vals(self.kind, words)
            mail = self.env["mail.mail"].sudo().create(vals)
            self.write(
                {
                    "mail_id": mail.id,
                    "state": "handed",
                    "handed_at": fields.Datetime.now(),
                }
            )

    def _send_sms(self, words):
        """Say for good that it leaves, then send it.

        :raise SmsRefused: the operator will never take it
        :raise SmsUnsure: it may have left; it is not sent again
        """
        about = self._get_about()
        text = about._get_sms_text(self.kind, words)
        self.write({"state": "handed", "handed_at": fields.Datetime.now()})
        self.env["ir.cron"]._commit_progress()
        ref = self.company_id._send_mairie_sms(about.phone, text)
        self.write(
            {"state": "sent", "sent_at": fields.Datetime.now(), "provider_ref": ref}
        )

    def _postpone(self, reason):
        tries = self.tries + 1
        self.write(
            {
                "tries": tries,
                "state": "failed" if tries >= MAX_TRIES else "queued",
                "next_try": fields.Datetime.now() + timedelta(minutes=5 * 2**tries),
                "error": reason,
            }
        )

    @api.model
    def _give_lost_up(self):
        """An SMS whose sending was cut short is not sent again: it may have left."""
        lost = self.search(
            [
                ("channel", "=", "sms"),
                ("state", "=", "handed"),
                ("handed_at", "<", fields.Datetime.now() - LOST_AFTER),
            ]
        )
        for envoi in lost:
            reason = envoi._in_town_language().env._(
                "The server stopped while it left: it was not sent again."
            )
            envoi.write({"state": "failed", "error": reason})

    @api.model
    def _follow_mails(self):
        """Note which e-mails have left; put those that were refused back in line."""
        now = fields.Datetime.now()
        for envoi in self.search([("channel", "=", "email"), ("state", "=", "handed")]):
            mail = envoi.sudo().mail_id
            if not mail or mail.state == "sent":
                envoi.write({"state": "sent", "sent_at": now, "error": False})
                mail.unlink()
            elif mail.state in ("exception", "cancel") and envoi.next_try <= now:
                envoi._in_town_language()._retry_mail(mail)

    def _retry_mail(self, mail):
        reason = self.env._("The mail server refused it; it will be tried again.")
        self._postpone(reason)
        if self.state == "queued":
            mail.write({"state": "outgoing", "scheduled_date": self.next_try})
            self.state = "handed"
        else:
            # Given up: no copy of an address stays behind.
            mail.unlink()

    def action_send_again(self):
        """Queue again, by hand, a message that failed."""
        self.check_access("read")
        failed = self.filtered(lambda envoi: envoi.state == "failed")
        failed.rdv_id.check_access("write")
        failed.invitation_id.check_access("write")
        failed.sudo().write(
            {"state": "queued", "tries": 0, "next_try": fields.Datetime.now()}
        )
        failed.sudo().mail_id.unlink()
