from freezegun import freeze_time
from odoo.addons.mairie_base.tests.common import MairieHttpCase
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import ScrutinMixin

BEFORE, AFTER = "2026-03-15 18:59:59", "2026-03-15 19:00:00"


@tagged("post_install", "-at_install")
class TestScreens(ScrutinMixin, MairieHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls._new_role("superviseur", "ecrans")
        screens = cls.env["mairie.scrutin.ecran"].with_user(cls.boss)
        cls.screen = screens.create({"tour_id": cls.tour.id, "name": "Salle"})

    def _open(self, screen=None):
        token = (screen or self.screen).token
        return self.url_open(f"/ecran/{token}")

    def test_views_that_have_nothing_to_show_are_passed_over(self):
        self._open_to_public()
        self._complete()
        kinds = ["resultats", "participation", "progression"]
        with freeze_time(AFTER):
            page = self._open().text
            for kind in kinds:
                self.assertIn(f"e-slide--{kind}", page)
            self.assertNotIn("e-slide--sieges", page, "no seat is shared yet")
            self.tour.action_allocate()
        with freeze_time("2026-03-15 19:00:05"):
            self.assertIn("e-slide--sieges", self._open().text)
        with freeze_time(BEFORE):
            page = self._open().text
        self.assertNotIn("e-slide--progression", page)
        self.assertNotRegex(page, r"\b910\b")

    def test_every_view_is_drawn(self):
        self._open_to_public()
        self._complete()
        self.tour.action_allocate()
        bureau = self.tour.bureau_tour_ids[0].bureau_id
        bureau.geojson = {"type": "Point", "coordinates": [0, 47]}
        kinds = [key for key, _l in self.screen.widget_ids._fields["kind"].selection]
        self.screen.widget_ids.unlink()
        self.screen.widget_ids = [
            (0, 0, {"kind": kind, "message": "Buvette\nau fond", "seconds": 5})
            for kind in kinds
        ]
        with freeze_time(AFTER):
            page = self._open().text
        for kind in kinds:
            self.assertIn(f"e-slide--{kind}", page)
        self.assertIn("Buvette", page)
        self.assertEqual(self.screen.round_length, 5 * len(kinds))

    def test_nothing_is_drawn_again_while_nothing_changes(self):
        self._open_to_public()
        self._complete()
        address = f"/ecran/{self.screen.token}/direct"
        with freeze_time(AFTER):
            tag = self.url_open(address).headers["ETag"]
        with freeze_time("2026-03-15 19:00:05"):
            same = self.url_open(address, headers={"If-None-Match": tag})
            self.assertEqual((same.status_code, same.content), (304, b""))
            self._station("0003")._reopen("PV relu")
        with freeze_time("2026-03-15 19:00:10"):
            answer = self.url_open(address, headers={"If-None-Match": tag})
        self.assertEqual(answer.status_code, 200)

    def test_a_revoked_address_shows_nothing(self):
        former = self.screen.token
        self.screen.action_revoke()
        self.assertNotEqual(self.screen.token, former)
        answer = self.url_open(f"/ecran/{former}")
        unknown = self.url_open("/ecran/nulle-part")
        self.assertEqual((answer.status_code, unknown.status_code), (404, 404))
        self.assertEqual(answer.content, unknown.content)
        log = self.env["mairie.scrutin.journal"].search([("event", "=", "screen")])
        self.assertEqual(log.user_id, self.boss)

    def test_a_copy_has_views_and_an_address_of_its_own(self):
        copy = self.screen.copy()
        self.assertNotEqual(copy.token, self.screen.token)
        self.assertEqual(
            copy.widget_ids.mapped("kind"), self.screen.widget_ids.mapped("kind")
        )
        self.assertEqual(self._open(copy).status_code, 200)

    def test_an_address_is_never_chosen(self):
        with self.assertRaises(AccessError):
            self.screen.token = "a" * 32
        screens = self.env["mairie.scrutin.ecran"].with_user(self.boss)
        made = screens.with_context(default_token="b" * 32).create(
            [{"tour_id": self.tour.id, "token": "c" * 32}] * 2
        )
        self.assertFalse({"b" * 32, "c" * 32} & set(made.mapped("token")))

    def test_screens_are_for_supervisors(self):
        for role in ("lecture", "operateur", "secretaire"):
            user = self._new_role(role, f"{role}_ecran")
            with self.subTest(role), self.assertRaises(AccessError):
                self.screen.with_user(user).read(["name"])

    def test_our_form_may_frame_it_and_nobody_else(self):
        headers = self._open().headers
        self.assertIn("frame-ancestors 'self'", headers["Content-Security-Policy"])
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")

    @mute_logger("odoo.sql_db")
    def test_a_view_lasts_long_enough_to_be_read(self):
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.screen.sudo().widget_ids[0].seconds = 1
            self.env.flush_all()
