import json
import logging
import time

import requests
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from urllib3.exceptions import NewConnectionError

from ..exceptions import SmsRefused, SmsUnsure
from ..lib.sms import ovh_signature

_logger = logging.getLogger(__name__)

OVH = "https://eu.api.ovh.com/1.0"
TIMEOUT = 10  # seconds
#: a machine in between gave up: the operator behind it may have done its work
GATEWAY = (502, 504)


class ResCompany(models.Model):
    _inherit = "res.company"

    mairie_rdv_reminder_days = fields.Integer(
        "Reminder (days before)", default=2, help="0: no reminder."
    )
    mairie_rdv_quiet_from = fields.Float("Quiet from", default=20.0)
    mairie_rdv_quiet_to = fields.Float("Quiet until", default=8.0)
    mairie_rdv_waiting_minutes = fields.Integer(
        "Freed Place Kept for (minutes)", default=30
    )
    mairie_rdv_proposal_days = fields.Integer(
        "Dates Offered after a Closing Kept for (days)", default=3
    )
    mairie_rdv_per_person = fields.Integer(
        "Appointments per Person", default=2, help="To come, booked online."
    )
    mairie_rdv_sms_provider = fields.Selection(
        [("none", "No SMS"), ("log", "For trial: written in the log, nothing leaves"),
         ("ovh", "OVHcloud")],
        "SMS Operator",
        default="none",
        required=True,
    )  # fmt: skip
    mairie_rdv_sms_sender = fields.Char("Sender of SMS", size=11)
    mairie_rdv_ovh_service = fields.Char("OVHcloud SMS Service")
    mairie_rdv_ovh_app_key = fields.Char(
        "OVHcloud Application Key", groups="base.group_system"
    )
    mairie_rdv_ovh_app_secret = fields.Char(
        "OVHcloud Application Secret", groups="base.group_system"
    )
    mairie_rdv_ovh_consumer_key = fields.Char(
        "OVHcloud Consumer Key", groups="base.group_system"
    )

    @api.constrains("mairie_rdv_sms_sender")
    def _check_mairie_rdv_sms_sender(self):
        for company in self:
            sender = company.mairie_rdv_sms_sender
            if sender and not (
                3 <= len(sender) <= 11
                and sender.isascii()
                and sender.isalnum()
                and not sender.isdigit()
            ):
                raise ValidationError(
                    self.env._(
                        "The sender of SMS has 3 to 11 letters and digits, without "
                        "accents or spaces."
                    )
                )

    def _has_mairie_sms(self):
        """Tell whether the commune sends SMS at all."""
        self.ensure_one()
        return self.mairie_rdv_sms_provider != "none"

    def _send_mairie_sms(self, phone, text):
        """Send one SMS by the operator of the commune.

        An operator more is a line of the selection and a method
        ``_send_mairie_sms_<operator>(phone, text)``.

        :param phone: E.164, "+33612345678"
        :param text: GSM 7-bit, 160 signs at most
        :return: the operator's reference
        :raise SmsRefused: it will never be taken
        :raise SmsUnsure: no answer came: it may have left
        """
        self.ensure_one()
        return getattr(self, f"_send_mairie_sms_{self.mairie_rdv_sms_provider}")(
            phone, text
        )

    def _send_mairie_sms_none(self, phone, text):
        raise SmsRefused(self.env._("This commune sends no SMS."))

    def _send_mairie_sms_log(self, phone, text):
        # Neither the number nor the words: a log is read by many, and kept.
        _logger.info("SMS of %s characters, for trial: not sent", len(text))
        return "log"

    def _send_mairie_sms_ovh(self, phone, text):
        """Post to ``/sms/{service}/jobs`` of OVHcloud's API, signed.

        Source: OVHcloud, "First steps with the API" and the console of ``/sms``.
        """
        company = self.sudo()
        url = f"{company._get_mairie_ovh_url()}/sms/{company.mairie_rdv_ovh_service}"
        job = {
            "receivers": [phone],
            "message": text,
            "charset": "UTF-8",
            "coding": "7bit",
            "priority": "high",
            "noStopClause": True,
            "validityPeriod": 1440,
            "senderForResponse": not company.mairie_rdv_sms_sender,
        }
        if company.mairie_rdv_sms_sender:
            job["sender"] = company.mairie_rdv_sms_sender
        answer = company._call_mairie_ovh("POST", f"{url}/jobs", json.dumps(job))
        if answer.get("invalidReceivers") or not answer.get("ids"):
            raise SmsRefused(self.env._("The operator does not know this number."))
        return str(answer["ids"][0])

    def _get_mairie_ovh_url(self):
        """Return the address of the API. Tests and Canada use another one."""
        params = self.env["ir.config_parameter"].sudo()
        return params.get_param("mairie_rdv.ovh_url", OVH)

    def _call_mairie_ovh(self, method, url, body):
        """Call the API; a refusal, an unsure outcome and a failure to try again differ.

        :raise requests.RequestException: not done; it may be tried again
        """
        headers = self._prepare_mairie_ovh_headers(method, url, body)
        try:
            response = requests.request(
                method, url, data=body.encode(), headers=headers, timeout=TIMEOUT
            )
        except requests.RequestException as error:
            if _never_left(error):
                raise
            raise self._prepare_sms_doubt() from error
        return self._read_mairie_ovh(response)

    def _prepare_mairie_ovh_headers(self, method, url, body):
        """Return the headers that sign a call."""
        now = int(time.time())
        key, consumer = self.mairie_rdv_ovh_app_key, self.mairie_rdv_ovh_consumer_key
        secret = self.mairie_rdv_ovh_app_secret or ""
        return {
            "Content-Type": "application/json; charset=utf-8",
            "X-Ovh-Application": key or "",
            "X-Ovh-Consumer": consumer or "",
            "X-Ovh-Timestamp": str(now),
            "X-Ovh-Signature": ovh_signature(
                secret, consumer or "", method, url, body, now
            ),
        }

    def _read_mairie_ovh(self, response):
        """Return the object that the API answered; see ``_call_mairie_ovh``."""
        status = response.status_code
        if 400 <= status < 500 and status != 429:
            raise SmsRefused(
                self.env._(
                    "The operator refuses it (%(status)s): check the keys, the sender "
                    "and the credit.",
                    status=status,
                )
            )
        if status in GATEWAY:
            raise self._prepare_sms_doubt()
        response.raise_for_status()
        try:
            answer = response.json()
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise self._prepare_sms_doubt()
        return answer

    def _prepare_sms_doubt(self):
        """Return what to raise when the message may have left: never sent twice."""
        return SmsUnsure(
            self.env._("The operator did not answer: it was not sent again.")
        )


def _never_left(error):
    """Tell whether a call failed before anything of it was sent."""
    if isinstance(error, (requests.ConnectTimeout, requests.exceptions.SSLError)):
        return True
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(reason, NewConnectionError)
