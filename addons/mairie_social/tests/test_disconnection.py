"""The meter of the right to disconnect: shares by service, never about one person."""

from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import SocialCase

MONDAY_NOON = datetime(2026, 12, 7, 11, 0)  # 12:00 in Paris
MONDAY_LATE = datetime(2026, 12, 7, 20, 30)  # 21:30 in Paris
SUNDAY_NOON = datetime(2026, 12, 6, 11, 0)


@tagged("post_install", "-at_install")
@freeze_time("2026-12-08 09:00:00")
class TestDisconnection(SocialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mail.message"].search([("message_type", "=", "comment")]).unlink()
        cls.env.cr.execute("UPDATE mairie_social_post SET state = 'draft'")
        cls.env.invalidate_all()
        cls.writers = cls.env["res.users"]
        for index in range(6):
            cls.writers |= cls._new_member(f"auteur{index}", cls.culture)

    def _write(self, user, moment):
        self._create_post(self._audience("all"), author=user, published_at=moment)

    def _meter(self):
        return (
            self.env["mairie.social.disconnection"].with_user(self.manager).get_meter()
        )

    def test_evening_and_weekend_count_as_outside(self):
        for writer in self.writers:
            self._write(writer, MONDAY_NOON)
        self._write(self.writers[0], MONDAY_LATE)
        self._write(self.writers[1], SUNDAY_NOON)
        meter = self._meter()
        self.assertEqual(
            (meter["total"]["written"], meter["total"]["share"]), (8, "25,0")
        )
        [service] = meter["services"]
        self.assertEqual((service["name"], service["share"]), ("Culture", "25,0"))

    def test_service_of_few_authors_is_never_a_line_of_its_own(self):
        for writer in self.writers:
            self._write(writer, MONDAY_NOON)
        self._write(self.karim, MONDAY_LATE)
        [line] = self._meter()["services"]
        self.assertEqual((line["name"], line["others"]), ("Culture", ["Voirie"]))
        self.assertEqual((line["written"], line["share"]), (7, "14,3"))

    def test_few_authors_in_all_say_nothing(self):
        self._write(self.karim, MONDAY_LATE)
        meter = self._meter()
        self.assertFalse(meter["total"])
        self.assertFalse(meter["services"])

    def test_agents_do_not_read_it(self):
        with self.assertRaises(AccessError):
            self.env["mairie.social.disconnection"].with_user(self.karim).get_meter()
