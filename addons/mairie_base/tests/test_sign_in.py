from odoo.exceptions import AccessDenied
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MairieCase, MairieHttpCase

PASSWORD = "un mot de passe assez long"


@tagged("post_install", "-at_install")
class TestSignIn(MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.karim = cls._new_user("90123", name="Karim", password=PASSWORD, email=False)
        cls.karim.partner_id.phone = "02 61 91 90 23"
        cls.lina = cls._new_user("base_lina", name="Lina", password=PASSWORD)
        cls.lina.email = "Lina.Perrin@commune.example"

    def _sign_in(self, login, password=PASSWORD):
        credential = {"login": login, "password": password, "type": "password"}
        return self.env["res.users"].authenticate(credential, {"interactive": True})

    def test_a_staff_number_a_telephone_or_an_email_opens(self):
        for login, user in (
            ("90123", self.karim),
            ("02 61 91 90 23", self.karim),
            ("0261919023", self.karim),
            ("base_lina", self.lina),
            ("lina.perrin@commune.example", self.lina),
        ):
            with self.subTest(login):
                self.assertEqual(self._sign_in(login)["uid"], user.id)

    @mute_logger("odoo.addons.base.models.res_users")
    def test_a_number_that_two_people_share_opens_nothing(self):
        self.lina.partner_id.phone = "02.61.91.90.23"
        with self.assertRaises(AccessDenied):
            self._sign_in("0261919023")

    @mute_logger("odoo.addons.base.models.res_users")
    def test_a_wrong_password_or_an_unknown_name_opens_nothing(self):
        for login in ("0261919023", "0261910000", "nobody@commune.example", "901"):
            with self.subTest(login), self.assertRaises(AccessDenied):
                self._sign_in(login, "autre chose")


@tagged("post_install", "-at_install")
class TestSignInPage(MairieHttpCase):
    def test_page_asks_for_what_people_have_and_calls_nobody(self):
        response = self.url_open("/web/login")
        self.assertIn('for="login"', response.text)
        self.assertNotIn("odoo.com", response.text)
        self.assertNotIn("web.user_switch", response.text)
        self.assertNotIn("d-none", response.text.split("oe_login_form")[1][:40])

    def test_its_style_fetches_no_font_from_elsewhere(self):
        """With the website module installed as well: its themes name some."""
        bundle = self.env["ir.qweb"]._get_asset_bundle("web.assets_frontend", js=False)
        css = bundle.css().raw.decode()
        self.assertNotRegex(css, r"@import\s+(url\()?[\"']?(https?:)?//")

    def test_calls_rely_on_the_towns_own_server(self):
        self.env["mail.ice.server"].search([]).unlink()
        servers = self.env["mail.ice.server"]._get_ice_servers()
        self.assertEqual(servers, [{"urls": "stun:127.0.0.1:3478"}])
        self.env["mail.ice.server"].create({"uri": "relais.example:3478"})
        servers = self.env["mail.ice.server"]._get_ice_servers()
        self.assertEqual(servers, [{"urls": "stun:relais.example:3478"}])
