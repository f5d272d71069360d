"""Taking, keeping and giving back a place."""

from contextlib import suppress
from unittest.mock import patch

from odoo.addons.mairie_rdv.exceptions import SlotTaken, TooManyBookings
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import ExclusionViolation

from .common import MONDAY, RdvCase


@tagged("post_install", "-at_install")
class TestBooking(RdvCase):
    def test_database_refuses_two_appointments_on_one_place(self):
        self._create_rdv("09:00", guichet_id=self.guichet.id)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ExclusionViolation),
            self.cr.savepoint(),
        ):
            self._create_rdv("09:10", guichet_id=self.guichet.id)

    def test_second_desk_takes_over(self):
        other = self._create_guichet("G2")
        self._create_ouverture(other)
        first = self._hold("09:00", key="a" * 22)
        second = self._hold("09:00", key="b" * 22)
        self.assertEqual(first.guichet_id + second.guichet_id, self.guichet + other)
        with self.assertRaises(SlotTaken):
            self._hold("09:00", key="c" * 22)

    def test_desk_of_two_places_receives_two(self):
        self.guichet.capacity = 2
        places = {self._hold("09:00", key=key * 22).place for key in "ab"}
        self.assertEqual(places, {1, 2})

    def test_what_is_not_on_offer_is_refused(self):
        for time in ("09:07", "08:40", "10:00"):
            with self.assertRaises(SlotTaken):
                self._hold(time)
        with self.assertRaises(SlotTaken):
            self._hold("09:00", day="2026-05-25")
        with self.assertRaises(SlotTaken):
            self._hold("09:00", persons=4)
        with self.assertRaises(SlotTaken):
            self.env["mairie.rdv"]._hold_public(
                self.demarche.id, self.lieu.id, "n'importe", 1, "k" * 22, ""
            )

    def test_same_request_twice_is_one_appointment(self):
        first = self._hold("09:00")
        self.assertEqual(self._hold("09:00"), first)
        self.assertEqual(self.env["mairie.rdv"].search_count([]), self.before + 1)

    def test_hesitating_moves_the_same_hold(self):
        first = self._hold("09:00")
        self.assertEqual(self._hold("09:40"), first)
        self.assertEqual(self._get_times(), "09:00 09:20")

    def test_same_hour_for_something_else_is_another_request(self):
        other = self._create_demarche("Retrait")
        self.guichet.demarche_ids += other
        rdv = self._hold()
        args = other.id, self.lieu.id, f"{MONDAY}T09:00", 1, "k" * 22, "192.0.2.1"
        token = self.env["mairie.rdv"]._hold_public(*args)
        self.assertEqual(token, rdv.access_token, "the same journey moves its hold")
        self.assertEqual(rdv.demarche_id, other)

    def test_expired_hold_gives_way_to_the_next_citizen(self):
        late = self._hold("09:00", key="a" * 22)
        with self._later(minutes=11):
            new = self._hold("09:00", key="b" * 22)
            self.assertEqual(new.state, "hold")
            self.assertEqual(late.state, "expired")

    def test_cron_gives_expired_holds_back(self):
        rdv = self._hold()
        self.env["mairie.rdv"]._cron_expire_holds()
        self.assertEqual(rdv.state, "hold")
        with self._later(minutes=11):
            self.env["mairie.rdv"]._cron_expire_holds()
        self.assertEqual(rdv.state, "expired")

    def test_abandoned_holds_and_addresses_are_forgotten_the_next_day(self):
        gone, kept = self._hold(key="a" * 22), self._hold("09:20", key="b" * 22)
        gone.state = "expired"
        kept.state = "confirmed"
        self.env.flush_all()
        self.cr.execute(
            "UPDATE mairie_rdv SET write_date = %s, create_date = %s WHERE id IN %s",
            ["2026-05-27", "2026-05-27", (gone + kept)._ids],
        )
        self.env.invalidate_all()
        self.env["mairie.rdv"]._gc_abandoned()
        self.assertFalse(gone.exists())
        self.assertFalse(kept.ip_hash)

    def test_one_connection_holds_five_places_at_most(self):
        self.opening.hour_to = 17.0
        for index in range(5):
            self._hold(f"1{index}:00", key=str(index) * 22)
        with self.assertRaises(TooManyBookings) as caught:
            self._hold("15:00", key="5" * 22)
        self.assertLessEqual(caught.exception.retry_after, 600)
        self._hold("15:00", key="6" * 22, ip="192.0.2.2")

    def test_one_connection_takes_two_hundred_times_and_gets_five(self):
        """S11: a robot asks again and again; its limits lifted, it empties the desk."""
        self.opening.hour_to = 17.0
        times = [f"{9 + n // 3:02}:{n % 3 * 20:02}" for n in range(24)]
        self.assertEqual(self._hoard([*times * 9][:200]), 5)
        with patch.object(type(self.env["mairie.rdv"]), "_check_ip_limits"):
            self.assertEqual(self._hoard(times), 24 - 5, "the control")

    def _hoard(self, times):
        """Return how many places one connection gets, each time as a new visitor."""
        held = set()
        for index, time in enumerate(times):
            with suppress(TooManyBookings, SlotTaken):
                held.add(self._hold(time, key=f"{len(times)}-{index}").id)
        return len(held)

    def test_address_itself_is_not_stored(self):
        self.assertNotIn("192.0.2.1", self._hold().ip_hash)

    def test_extending_is_bounded(self):
        rdv = self._hold()
        token = rdv.access_token
        for _index in range(8):
            self.env["mairie.rdv"]._extend_public(token)
        self.assertEqual(rdv.extension_count, 5)

    def test_token_has_128_bits_and_a_wrong_one_gives_nothing(self):
        rdv = self._hold()
        self.assertEqual(len(rdv.access_token), 22)
        self.assertFalse(self.env["mairie.rdv"]._find_public("x" * 22))
        self.assertFalse(self.env["mairie.rdv"]._find_public("' OR 1=1"))
        self.assertFalse(self.env["mairie.rdv"]._find_public(None))

    def test_agent_gets_a_free_desk_by_himself(self):
        rdv = self._create_rdv("09:20")
        self.assertEqual(rdv.guichet_id, self.guichet)
        self.assertEqual(rdv.stop.strftime("%H:%M"), "07:40")

    def test_contact_is_kept_in_one_spelling_whoever_types_it(self):
        rdv = self._create_rdv(phone="06 12 34 56 78", email=" Lea@Exemple.FR ")
        self.assertEqual((rdv.phone, rdv.email), ("+33612345678", "lea@exemple.fr"))
        rdv.phone = "0692 12 34 56"
        self.assertEqual(rdv.phone, "+262692123456", "overseas")
        rdv.phone = "06 39 98 12 34"
        self.assertEqual(rdv.phone, "0639981234", "given to nobody, kept all the same")
        rdv.phone = "poste 12"
        self.assertEqual(rdv.phone, "poste 12", "an agent is never blocked")
        self.lieu.holiday_zone = "nouvelle_caledonie"
        rdv.phone = "75 12 34"
        self.assertEqual(rdv.phone, "+687751234", "the zone of the place comes first")

    def test_agent_outside_hours_chooses_a_desk(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(Exception),  # noqa: B017 - the database's own refusal
            self.cr.savepoint(),
        ):
            self._create_rdv("12:00")
        rdv = self._create_rdv("12:00", guichet_id=self.guichet.id, is_extra=True)
        self.assertEqual(rdv.place, 1)

    def test_extra_appointment_takes_a_place_of_its_own(self):
        self._create_rdv("09:00")
        extra = self._create_rdv("09:00", guichet_id=self.guichet.id, is_extra=True)
        self.assertEqual(extra.place, 2)
        self.assertEqual(self._get_times(), "09:20 09:40")

    def test_desk_of_another_place_is_refused(self):
        other = self._create_lieu("Annexe")
        desk = self._create_guichet("A1", lieu_id=other.id)
        with self.assertRaisesRegex(ValidationError, "Mairie"):
            self._create_rdv("09:00", guichet_id=desk.id)

    def test_desk_without_device_cannot_take_a_passport(self):
        self.guichet.has_device = True
        self.demarche.needs_device = True
        with self.assertRaisesRegex(ValidationError, "Passeport"):
            self.guichet.has_device = False

    def setUp(self):
        super().setUp()
        self.before = self.env["mairie.rdv"].search_count([])

    def test_moving_keeps_the_old_time_until_the_new_one_is_sure(self):
        rdv = self._create_rdv("09:00", email="lea@exemple.fr")
        self._create_rdv("09:20")
        rdvs = self.env["mairie.rdv"]
        with self.assertRaises(SlotTaken):
            rdvs._move_public(rdv.access_token, f"{MONDAY}T09:20")
        self.assertEqual(rdv._get_local_start().strftime("%H:%M"), "09:00")
        self.assertTrue(rdvs._move_public(rdv.access_token, f"{MONDAY}T09:40"))
        self.assertEqual(rdv._get_local_start().strftime("%H:%M"), "09:40")
        self.assertEqual(self._get_times(), "09:00")
        self.assertEqual(rdv.move_count, 1)
