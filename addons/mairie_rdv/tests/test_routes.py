"""Every address of ours, from the routing map: foreign links, forged forms, guesses."""

import secrets
import threading
from unittest.mock import patch

from odoo.http import Request
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MONDAY, RdvHttpCase

CONTROLLERS = "odoo.addons.mairie_rdv.controllers"
#: the kiosk has no session to protect: whoever posts must know its token
WITHOUT_CSRF = {"/rdv/borne/<string:token>"}
#: lists and forms that are everybody's
OPEN = {
    "/rdv",
    "/rdv/delais",
    "/rdv/retrouver",
    "/rdv/api/ants/openapi.json",
}
SECRET = "Zanzibarova"


@tagged("post_install", "-at_install")
class TestRoutes(RdvHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Odoo's map reads the name of the database from the thread of a request.
        thread, db = threading.current_thread(), cls.env.cr.dbname
        cls.startClassPatcher(patch.object(thread, "dbname", db, create=True))
        cls.rules = [
            rule
            for rule in cls.env["ir.http"].routing_map().iter_rules()
            if rule.endpoint.func.__module__.startswith(CONTROLLERS)
        ]
        group = "mairie_rdv.group_responsable"
        cls.elsewhere = cls._new_user("ro_autre", group, password="ro_autre-2026")
        cls.rdv = cls._create_rdv(last_name=SECRET, note=SECRET)

    def _fill(self, rule, token):
        """Return the address of a rule with values that open nothing."""
        values = {
            "token": token,
            "slug": "demarche-d-ailleurs",
            "lieu_id": self.lieu.id,
            "day": MONDAY,
        }
        _domain, path = rule.build({name: values[name] for name in rule.arguments})
        return path

    def _rules(self, method):
        return [rule for rule in self.rules if method in (rule.methods or ())]

    def test_all_our_routes_are_here(self):
        self.assertGreater(len(self._rules("GET")), 15)
        self.assertGreater(len(self._rules("POST")), 10)
        self.assertFalse([rule for rule in self.rules if not rule.methods])

    def test_a_foreign_link_opens_nothing_and_tells_nothing(self):
        for user in (None, "ro_autre"):
            self.authenticate(user, user and "ro_autre-2026")
            self.assertEqual(self._find_strays(self._rules("GET")), [], user)

    def test_a_link_that_opens_what_is_not_ones_own_would_be_seen(self):
        """The control: any token finds the appointment, and the search above says so."""
        opened = patch.object(
            type(self.rdv), "_find_public", lambda rdvs, token: self.rdv.sudo()
        )
        rules = [rule for rule in self._rules("GET") if rule.rule.startswith("/rdv/m/")]
        with opened:
            self.assertTrue(self._find_strays(rules))

    def _find_strays(self, rules):
        """Return what these addresses tell to whoever guesses: nothing, one hopes."""
        tokens = [secrets.token_urlsafe(16), self.rdv.code, str(self.rdv.id)]
        strays, bodies = [], {}
        for rule in rules:
            for token in tokens if "token" in rule.arguments else tokens[:1]:
                answer = self.url_open(self._fill(rule, token), allow_redirects=False)
                allowed = {200} if rule.rule in OPEN else {303, 401, 404}
                if answer.status_code not in allowed or SECRET in answer.text:
                    strays.append((rule.rule, answer.status_code))
                if answer.status_code == 404 and "token" in rule.arguments:
                    bodies.setdefault(rule.rule, set()).add(answer.content)
        # Wrong number and wrong token look the same.
        return strays + [(rule, 404) for rule, seen in bodies.items() if len(seen) > 1]

    def test_a_form_forged_elsewhere_changes_nothing(self):
        before = self._snapshot()
        for rule, answer in self._forge():
            refused = 404 if rule in WITHOUT_CSRF else 400
            self.assertEqual(answer.status_code, refused, rule)
        self.assertEqual(self._snapshot(), before)

    def test_a_forged_form_that_passes_would_be_seen(self):
        """The control: without the check of its origin, the same forms do change."""
        before = self._snapshot()
        with patch.object(Request, "validate_csrf", return_value=True):
            self._forge()
        self.assertNotEqual(self._snapshot(), before)

    def _forge(self):
        """Send each form as another site would; return (address, answer) pairs."""
        form = {"start": f"{MONDAY}T09:20", "first_name": "Pirate", "veut": "1"}
        with mute_logger("odoo.http"):
            return [
                (
                    rule.rule,
                    self.url_open(
                        self._fill(rule, self.rdv.access_token),
                        data=form,
                        allow_redirects=False,
                    ),
                )
                for rule in self._rules("POST")
            ]

    def test_only_the_kiosk_goes_without_a_session(self):
        loose = {
            rule.rule
            for rule in self._rules("POST")
            if not rule.endpoint.routing.get("csrf", True)
        }
        self.assertEqual(loose, WITHOUT_CSRF)

    def _snapshot(self):
        self.env.invalidate_all()
        fields = ("state", "start", "first_name", "sms_ok")
        count = self.env["mairie.rdv"].search_count([])
        return count, self.rdv.read(fields), self.rdv.attente_ids.ids

    def test_guesses_of_a_token_are_hopeless(self):
        self.assertGreaterEqual(len(self.rdv.access_token), 22, "128 bits")
        rdvs = self.env["mairie.rdv"]
        for guess in ("", "x" * 22, self.rdv.access_token[:-1], "%" * 22, None):
            self.assertFalse(rdvs._find_public(guess))
        self.assertTrue(rdvs._find_public(self.rdv.access_token))
