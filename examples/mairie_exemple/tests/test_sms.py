from unittest.mock import Mock, patch

import requests
from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.addons.mairie_rdv.exceptions import SmsRefused, SmsUnsure
from odoo.tests import tagged

PHONE, TEXT = "+33639980001", "Rendez-vous jeudi à 9 h 20."


@tagged("post_install", "-at_install")
class TestSms(MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune.write(
            {
                "mairie_rdv_sms_provider": "syndicate",
                "mairie_exemple_sms_url": "https://sms.exemple.fr",
                "mairie_exemple_sms_key": "secret",
            }
        )

    def _send(self, status=200, **options):
        answer = Mock(status_code=status, json=lambda: {"id": "m-1"})
        with patch.object(requests, "post", return_value=answer, **options) as post:
            return self.commune._send_mairie_sms(PHONE, TEXT), post.call_args

    def test_one_message_leaves_with_our_key(self):
        reference, call = self._send()
        self.assertEqual(reference, "m-1")
        self.assertEqual(call.args, ("https://sms.exemple.fr/messages",))
        self.assertEqual(call.kwargs["json"], {"to": PHONE, "text": TEXT})
        self.assertEqual(call.kwargs["headers"]["Authorization"], "Bearer secret")

    def test_what_is_refused_and_what_is_unsure_differ(self):
        with self.assertRaises(SmsRefused):
            self._send(status=400)
        with self.assertRaises(SmsUnsure):
            self._send(side_effect=requests.ReadTimeout)
