import logging
import secrets

from odoo.tests import tagged

from .common import MairieHttpCase


@tagged("post_install", "-at_install")
class TestAccessLog(MairieHttpCase):
    def test_personal_tokens_are_masked(self):
        token = secrets.token_urlsafe(16)
        with self.assertLogs("werkzeug", logging.INFO) as log:
            self.url_open(f"/mairie/{token}?jour=1")
        self.assertNotIn(token, "\n".join(log.output))
        self.assertIn("/mairie/***?jour=1", "\n".join(log.output))

    def test_refused_form_does_not_name_the_token_of_its_address(self):
        token = secrets.token_urlsafe(16)
        with self.assertLogs("odoo.http", logging.WARNING) as log:
            path = f"/mairie/{token}"
            logging.getLogger("odoo.http").warning("CSRF failed on path '%s'", path)
        self.assertIn("/mairie/***'", log.output[0])

    def test_ordinary_addresses_are_kept(self):
        with self.assertLogs("werkzeug", logging.INFO) as log:
            self.url_open("/mairie/donnees")
        self.assertIn("/mairie/donnees", "\n".join(log.output))
