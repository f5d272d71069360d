"""How a citizen is told: by which channels, from whom, in what frame."""

from markupsafe import Markup
from odoo import models
from odoo.tools import html_escape

from ..lib.messages import fill, to_html
from ..lib.sms import cut, to_gsm


class MairieRdvContact(models.AbstractModel):
    """Whoever gets messages: the holder of an appointment, or of an invitation."""

    _inherit = "mairie.rdv.contact"

    def _get_channels(self):
        """Return by what the citizen is told: e-mail, and SMS where he agreed."""
        self.ensure_one()
        channels = ["email"] if self.email else []
        wants_sms = self.sms_ok and self.phone and self.company_id._has_mairie_sms()
        return [*channels, *(["sms"] if wants_sms else [])]

    def _is_sms_allowed(self):
        """Tell whether SMS are still agreed to: STOP beats everything before it."""
        self.ensure_one()
        return bool(self.sms_ok and self.phone)

    def _prepare_mail_vals(self, kind, words):
        """Return the values of the e-mail of an event. Hook."""
        self.ensure_one()
        record = self.with_context(lang=self.lang or self.env.lang)
        values, links = record._get_message_values(kind)
        footer = html_escape(record._get_footer())
        body = Markup(
            '<div style="max-width: 600px; font-family: sans-serif; font-size: 16px; '
            'line-height: 1.5;">%s<p style="color: #59636d; font-size: 14px;">%s</p>'
            "</div>"
        ) % (Markup(to_html(words["body"], values, links)), footer)
        return {
            "subject": fill(words["subject"], values),
            "body_html": body,
            "email_from": record._get_sender(),
            "reply_to": record._get_reply_to(),
            "email_to": record.email,
            "auto_delete": True,
            "message_type": "email_outgoing",
        }

    def _get_sms_text(self, kind, words):
        """Return the SMS of an event: one message of 160 signs, never more."""
        self.ensure_one()
        record = self.with_context(lang=self.lang or self.env.lang)
        values, _links = record._get_message_values(kind, is_short=True)
        return cut(to_gsm(fill(words["sms"], values)))

    def _get_sender(self):
        """Return the sender of messages: the town, whatever user or cron sends."""
        self.ensure_one()
        company = self.company_id
        return company.email_formatted or f'"{company.name}" <noreply@localhost>'

    def _get_reply_to(self):
        """Return where answers go. Hook: the mailbox of a service."""
        self.ensure_one()
        return self.company_id.email or self._get_sender()

    def _get_footer(self):
        """Return the line that ends each message: who writes, and how to reach him."""
        self.ensure_one()
        company = self.company_id
        address = " ".join(company._get_mairie_address_lines())
        data_url = f"{self.get_base_url()}/mairie/donnees"
        return self.env._(
            "%(town)s, %(address)s, %(phone)s. Your data: %(url)s",
            town=company.name,
            address=address,
            phone=self._get_town_phone(),
            url=data_url,
        )

    def _get_message_values(self, kind, is_short=False):
        """Return what the marks of a message stand for, and where its buttons lead.

        :param is_short: as short as an SMS needs it
        :return: dict of texts by mark, dict of addresses by button
        """
        raise NotImplementedError

    def _get_town_phone(self):
        """Return the number that citizens call about it."""
        return self.company_id.phone or ""
