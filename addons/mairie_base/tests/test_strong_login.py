import re

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MairieCase, MairieHttpCase

PASSWORD = "un mot de passe assez long"


class StrongLogin:
    """A manager with an address, and an agent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._new_user(
            "strong_maire",
            "mairie_base.group_manager",
            name="Anne",
            password=PASSWORD,
            email="anne@commune.example",
        )
        cls.agent = cls._new_user("strong_agent", name="Paul", password=PASSWORD)
        cls.no_proof = cls.env["res.users"]._get_mairie_without_proof()

    def _save(self, wanted=True):
        settings = self.env["res.config.settings"]
        self.no_proof.email = "a@commune.example"
        settings.create({"mairie_strong_login": wanted}).set_values()


@tagged("post_install", "-at_install")
class TestStrongLogin(StrongLogin, MairieCase):
    def test_sensitive_accounts_give_a_second_proof_and_others_none(self):
        self.assertFalse(self.manager._mfa_type())
        self._save()
        self.assertEqual(self.manager._mfa_type(), "totp_mail")
        self.assertFalse(self.agent._mfa_type())
        self.manager.totp_secret = "ABCDEFGHIJKLMNOP"
        self.assertEqual(self.manager._mfa_type(), "totp")

    def test_it_asks_again_after_half_an_hour_and_twelve_characters(self):
        self._save()
        self.assertEqual(self.manager._get_lock_timeout_inactivity(), 1800)
        self.assertFalse(self.agent._get_lock_timeout_inactivity())
        with self.assertRaises(UserError):
            self.agent.password = "onze lettre"
        self._save(False)
        self.assertFalse(self.manager._get_lock_timeout_inactivity())
        self.assertFalse(self.manager._mfa_type())

    def test_a_shorter_time_that_somebody_chose_stays(self):
        group = self.env.ref("mairie_base.group_manager")
        group.lock_timeout_inactivity = 5
        self._save()
        self._save(False)
        self.assertEqual(group.lock_timeout_inactivity, 5)

    def test_nobody_is_shut_out(self):
        self.manager.email = False
        with self.assertRaisesRegex(UserError, "Anne"):
            self._save()

    def test_every_role_that_decides_is_sensitive(self):
        """Whoever may change what others rely on, in each module that is there."""
        roles = self.env["res.groups"]._get_mairie_sensitive().get_external_id()
        wanted = {
            "base.group_system",
            "mairie_base.group_manager",
            "mairie_base.group_dpo",
            "mairie_elus.group_secretary",
            "mairie_rdv.group_responsable",
            "mairie_scrutin.group_superviseur",
            "mairie_scrutin.group_admin",
            "mairie_social.group_hr",
        }
        there = {
            name for name in wanted if self.env.ref(name, raise_if_not_found=False)
        }
        self.assertLessEqual(there, set(roles.values()))


@tagged("post_install", "-at_install")
class TestStrongLoginPage(StrongLogin, MairieHttpCase):
    def _send(self, path, values):
        page = self.url_open(path).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        return self.url_open(path, data={"csrf_token": token, **values})

    def test_a_password_alone_opens_nothing(self):
        self._save()
        form = {"login": "strong_maire", "password": PASSWORD}
        answer = self._send("/web/login", form)
        self.assertTrue(answer.url.endswith("/web/login/totp"), answer.url)
        self.assertIn("/web/login", self.url_open("/odoo").url)
        code, _expiration = self.manager._get_totp_mail_code()
        answer = self._send("/web/login/totp", {"totp_token": code})
        self.assertTrue(answer.url.endswith("/odoo"), answer.url)
