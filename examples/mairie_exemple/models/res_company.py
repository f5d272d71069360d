import requests
from odoo import fields, models
from odoo.addons.mairie_rdv.exceptions import SmsRefused, SmsUnsure

TIMEOUT = 10  # seconds


class ResCompany(models.Model):
    _inherit = "res.company"

    mairie_rdv_sms_provider = fields.Selection(
        selection_add=[("syndicate", "Our Syndicate's Gateway")],
        ondelete={"syndicate": "set default"},
    )
    # Secrets are read by the system only.
    mairie_exemple_sms_url = fields.Char("Gateway", groups="base.group_system")
    mairie_exemple_sms_key = fields.Char("Key", groups="base.group_system")

    def _send_mairie_sms_syndicate(self, phone, text):
        """Hand one SMS to the gateway that several towns of ours share.

        Whether it left is known or not: what is unsure must not be sent twice.
        """
        company = self.sudo()
        try:
            answer = requests.post(
                f"{company.mairie_exemple_sms_url}/messages",
                json={"to": phone, "text": text},
                headers={"Authorization": f"Bearer {company.mairie_exemple_sms_key}"},
                timeout=TIMEOUT,
            )
        except requests.ReadTimeout as error:
            raise SmsUnsure(self.env._("The gateway did not answer.")) from error
        if answer.status_code == requests.codes.bad_request:
            raise SmsRefused(self.env._("The gateway refuses this number."))
        answer.raise_for_status()
        return answer.json()["id"]
