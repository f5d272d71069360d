"""Coming to an event: seats are not oversold, the room opens to whoever comes."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import SocialCase


@tagged("post_install", "-at_install")
class TestEvent(SocialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.event = cls._create_post(
            cls._audience("all"),
            kind="event",
            event_start=fields.Datetime.now() + timedelta(days=3),
            event_url="https://visio.example/salle",
            event_registration=True,
            event_seats=2,
        )

    def _register(self, user, wanted=True):
        return self.event.with_user(user).register(wanted)

    def test_said_twice_it_counts_once_and_is_taken_back(self):
        self._register(self.karim)
        facts = self._register(self.karim)
        self.assertEqual((facts["count"], facts["mine"]), (1, True))
        facts = self._register(self.karim, False)
        self._register(self.karim, False)
        self.assertEqual((facts["count"], facts["mine"]), (0, False))
        self.assertEqual(self.event.registration_count, 0)

    def test_third_person_finds_no_seat_of_two(self):
        self._register(self.karim)
        self._register(self.lea)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._register(self.rose)
        self.event.invalidate_recordset()
        self.assertEqual(self.event.registration_count, 2)
        self._register(self.karim, False)
        self._register(self.rose)

    @mute_logger("odoo.sql_db")
    def test_the_database_has_the_last_word_on_the_last_seat(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.event.sudo().registration_count = 3
            self.event.flush_recordset()

    def test_link_of_the_room_is_for_whoever_comes(self):
        card = self.event.with_user(self.karim).get_card()
        self.assertEqual((card["event"]["url"], card["event"]["has_room"]), ("", True))
        self.assertEqual(
            self._register(self.karim)["url"], "https://visio.example/salle"
        )

    def test_over_or_closed_nobody_registers(self):
        self.event.event_start = fields.Datetime.now() - timedelta(minutes=1)
        with self.assertRaises(UserError):
            self._register(self.karim)

    def test_whoever_may_not_read_does_not_register(self):
        elus = self._create_post(
            self._audience("elus"), kind="event", event_registration=True
        )
        with self.assertRaises(AccessError):
            elus.with_user(self.karim).register(True)

    def test_list_of_who_comes_is_for_its_author(self):
        self._register(self.karim)
        self._register(self.lea)
        lines = self.env["mairie.social.registration"]
        domain = [("post_id", "=", self.event.id)]
        self.assertEqual(len(lines.with_user(self.communication).search(domain)), 2)
        self.assertEqual(lines.with_user(self.lea).search(domain).user_id, self.lea)
        with self.assertRaises(AccessError):
            self.event.with_user(self.lea).action_open_registrations()

    def test_figures_are_not_written_by_hand(self):
        with self.assertRaises(AccessError):
            self.event.with_user(self.communication).registration_count = 0

    def test_link_is_https(self):
        with self.assertRaises(ValidationError):
            self.event.sudo().event_url = "http://visio.example"

    def test_an_erased_person_gives_the_seat_back(self):
        self._register(self.karim)
        self.env["mairie.social.registration"]._forget(self.karim)
        self.assertEqual(self.event.registration_count, 0)
