from odoo.tests import tagged

from .common import MairieHttpCase


@tagged("post_install", "-at_install")
class TestPublicPage(MairieHttpCase):
    def test_privacy_page_keeps_every_promise(self):
        page = self.assertPublicPage(self.url_open("/mairie/donnees"))
        self.assertIn(self.commune.name, page.text_content())
