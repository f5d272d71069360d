from odoo.addons.mairie_base.controllers.public import PublicController
from odoo.exceptions import ValidationError
from odoo.http import Controller, route
from odoo.tests import tagged

from .common import MairieHttpCase


@tagged("post_install", "-at_install")
class TestPublicPage(MairieHttpCase):
    def test_a_public_page_keeps_every_promise(self):
        page = self.assertPublicPage(self.url_open("/mairie/donnees"))
        self.assertIn(self.commune.name, page.text_content())
        self.assertIn("02 61 91 00 00", page.text_content())

    def test_it_sets_no_cookie_and_may_be_kept(self):
        response = self.url_open("/mairie/donnees")
        self.assertNotIn("Set-Cookie", response.headers)
        self.assertIn("max-age=60", response.headers["Cache-Control"])
        again = self.url_open(
            "/mairie/donnees", headers={"If-None-Match": response.headers["ETag"]}
        )
        self.assertEqual(again.status_code, 304)
        self.assertFalse(again.content)
        self.assertIn("default-src 'none'", again.headers["Content-Security-Policy"])

    def test_it_speaks_french_to_whoever_reads_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        response = self.url_open(
            "/mairie/donnees", headers={"Accept-Language": "fr-FR,fr;q=0.9"}
        )
        page = self.assertPublicPage(response)
        self.assertEqual(page.get("lang"), "fr-FR")

    def test_every_page_names_the_state_of_accessibility(self):
        """Law 2005-102, article 47: on each page, with a way to the statement."""
        page = self.assertPublicPage(self.url_open("/mairie/donnees"))
        (link,) = page.xpath("//footer//a[contains(@href, '/accessibilite')]")
        self.assertRegex(link.text_content(), "not compliant|non conforme")
        statement = self.assertPublicPage(self.url_open(link.get("href")))
        text = " ".join(statement.text_content().split())
        self.assertRegex(text, "no audit|aucun audit")
        self.assertIn("71120", statement.text_content())

    def test_compliance_needs_an_audit_that_found_it(self):
        self.commune.write(
            {
                "mairie_accessibility_state": "partial",
                "mairie_accessibility_rate": 72,
                "mairie_accessibility_date": "2026-06-01",
                "mairie_accessibility_auditor": "Cabinet Essai",
                "mairie_accessibility_email": "acces@exemple.fr",
            }
        )
        page = self.assertPublicPage(self.url_open("/mairie/accessibilite"))
        text = " ".join(page.text_content().split())
        self.assertRegex(text, "partially compliant|partiellement conformes")
        for words in ("Cabinet Essai", "72", "acces@exemple.fr"):
            self.assertIn(words, text)
        for state, rate in (("partial", 49), ("full", 99), ("none", 101)):
            with self.subTest(state), self.assertRaises(ValidationError):
                self.commune.write(
                    {
                        "mairie_accessibility_state": state,
                        "mairie_accessibility_rate": rate,
                    }
                )

    def test_colours_come_as_a_style_sheet(self):
        self.commune.mairie_color = "#ffd200"
        page = self.assertPublicPage(self.url_open("/mairie/donnees"))
        (address,) = page.xpath("//link[contains(@href, '/mairie/theme/')]/@href")
        css = self.url_open(address)
        self.assertIn("text/css", css.headers["Content-Type"])
        self.assertIn("--m-brand:#ffd200;", css.text)
        self.assertIn("--m-on-brand:#000000;", css.text)

    def test_every_file_that_it_names_is_there(self):
        page = self.assertPublicPage(self.url_open("/mairie/donnees"))
        for address in page.xpath("//link/@href | //img/@src"):
            with self.subTest(address):
                self.assertEqual(self.url_open(address).status_code, 200)
                self.assertIn("?v=", address)

    def test_the_logo_of_odoo_is_nobodys(self):
        self.commune.logo = self.commune._get_logo()
        page = self.assertPublicPage(self.url_open("/mairie/donnees"))
        self.assertFalse(page.xpath("//img[contains(@src, '/mairie/logo/')]"))
        address = f"/mairie/logo/{self.commune.id}"
        self.assertEqual(self.url_open(address).status_code, 404)

    def test_an_unknown_commune_has_neither_colours_nor_logo(self):
        for address in ("/mairie/theme/0.css", "/mairie/logo/0"):
            self.assertEqual(self.url_open(address).status_code, 404)

    def test_controllers_stand_alone_though_they_share_a_base(self):
        """Two modules may name a method alike: neither replaces the other's."""
        module = "mairie_base"
        before = list(Controller.children_classes[module])
        try:

            class First(PublicController):
                @route("/first", type="http", auth="none")
                def index(self):
                    return "first"

            class Second(PublicController):
                @route("/second", type="http", auth="none")
                def index(self):
                    return "second"

            registered = Controller.children_classes[module]
            self.assertEqual(registered, [*before, First, Second])
            self.assertNotIn(PublicController, registered)
        finally:
            Controller.children_classes[module][:] = before
