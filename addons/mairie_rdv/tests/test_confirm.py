"""The form of the citizen: what is asked, what is refused, with which sentence."""

from unittest.mock import patch

from odoo.addons.mairie_rdv.exceptions import FormRefused, SlotTaken, TooManyBookings
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MONDAY, RdvCase

FORM = {"first_name": "Léa", "last_name": "Martin", "email": "lea@exemple.fr"}


@tagged("post_install", "-at_install")
class TestConfirm(RdvCase):
    def _confirm(self, rdv, **form):
        return self.env["mairie.rdv"]._confirm_public(
            rdv.access_token, {**FORM, **form}
        )

    def _errors(self, rdv, **form):
        with self.assertRaises(FormRefused) as caught:
            self._confirm(rdv, **form)
        return caught.exception.errors

    def test_confirming_books_and_queues_one_message(self):
        rdv = self._hold()
        self.assertTrue(self._confirm(rdv))
        self.assertTrue(self._confirm(rdv), "a second click is harmless")
        self.assertEqual(rdv.state, "confirmed")
        self.assertEqual(rdv.contact_name, "Léa MARTIN")
        self.assertEqual(rdv.envoi_ids.mapped("kind"), ["confirmed"])

    def test_no_partner_is_created(self):
        before = self.env["res.partner"].search_count([])
        self._confirm(self._hold())
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_answers_missing(self):
        rdv = self._hold()
        errors = self._errors(rdv, first_name=" ", last_name="", email="")
        self.assertEqual(list(errors), ["first_name", "last_name", "email"])
        self.assertEqual(rdv.state, "hold")

    def test_contact_is_read_and_tidied(self):
        rdv = self._hold()
        self.assertEqual(list(self._errors(rdv, email="lea@")), ["email"])
        self.assertEqual(list(self._errors(rdv, phone="12")), ["phone"])
        self._confirm(rdv, email=" Lea@Exemple.FR ", phone="06 12 34 56 78")
        self.assertEqual(rdv.email, "lea@exemple.fr")
        self.assertEqual(rdv.phone, "+33612345678")

    def test_overseas_mobile_is_known(self):
        rdv = self._hold()
        self._confirm(rdv, email="", phone="0692 12 34 56")
        self.assertEqual(rdv.phone, "+262692123456")

    def test_number_is_read_by_the_zone_of_the_place_first(self):
        rdv = self._hold()
        cases = (
            ("nouvelle_caledonie", "75 12 34", "+687751234"),
            ("polynesie", "87 12 34 56", "+68987123456"),
            ("guadeloupe", "0690 30 12 34", "+590690301234"),
            ("mayotte", "0639 02 12 34", "+262639021234"),
            ("metropole", "06 12 34 56 78", "+33612345678"),
        )
        for zone, typed, kept in cases:
            self.lieu.holiday_zone = zone
            self.assertEqual(rdv._read_phone(typed), kept, zone)

    def test_a_wrong_number_is_told_what_is_wrong_with_it(self):
        rdv = self._hold()
        cases = (
            ("06 12 34", "complete"),
            ("06 12 34 56 78 90 12", "too many"),
            ("06 39 98 12 34", "right length"),
            ("bonjour", "like"),
        )
        for typed, word in cases:
            self.assertIn(word, self._errors(rdv, phone=typed)["phone"], typed)

    def test_sms_are_not_promised_to_a_line_that_receives_none(self):
        rdv = self._hold()
        errors = self._errors(rdv, phone="02 41 72 81 90", sms_ok="1")
        self.assertIn("SMS", errors["phone"])
        self._confirm(rdv, phone="02 41 72 81 90")
        self.assertFalse(rdv.sms_ok)

    def test_trap_for_robots(self):
        self.assertEqual(list(self._errors(self._hold(), website="x")), ["website"])

    def test_pre_demande_is_asked_per_person_to_lodge(self):
        self.demarche.write({"stage": "depot", "ants_reason": "PASSPORT"})
        self.demarche.duration_ids = [Command.create({"persons": 2, "minutes": 40})]
        rdv = self._hold(persons=2)
        errors = self._errors(rdv, application_1="AB12CD34E")
        self.assertEqual(list(errors), ["application_1", "application_2"])
        same = {"application_1": "AB12CD34EF", "application_2": "ab12cd34ef"}
        self.assertEqual(list(self._errors(rdv, **same)), ["application_2"])
        self._confirm(rdv, application_1="AB12CD34EF", application_2="zz12cd34ef")
        numbers = rdv.personne_ids.mapped("application_id")
        self.assertEqual(numbers, ["AB12CD34EF", "ZZ12CD34EF"])
        other = self._hold("09:40", key="o" * 22)
        again = self._errors(other, email="b@exemple.fr", application_1="zz12cd34ef")
        self.assertEqual(list(again), ["application_1"], "it is expected already")

    def test_pre_demande_is_never_asked_to_collect(self):
        self.demarche.write({"stage": "retrait", "ants_reason": "PASSPORT"})
        self.assertTrue(self._confirm(self._hold()))

    def test_one_appointment_per_procedure_and_contact(self):
        mine = self._create_rdv("09:40", email=FORM["email"])
        errors = {}
        try:  # assertRaises would roll the message back
            self._confirm(self._hold())
        except FormRefused as refusal:
            errors = refusal.errors
        self.assertEqual(list(errors), ["email"])
        self.assertNotIn("9", errors["email"], "the page tells no date")
        self.assertEqual(mine.envoi_ids.kind, "link", "its owner gets the link")

    def test_sensitive_procedure_does_not_tell_who_comes_already(self):
        self.demarche.is_sensitive = True
        self._create_rdv("09:40", email=FORM["email"])
        self.assertTrue(self._confirm(self._hold()))

    def test_appointments_of_another_commune_neither_count_nor_answer(self):
        rdv = self._create_rdv("09:40", email=FORM["email"])
        company = self.env["res.company"].create({"name": "Autre commune"})
        self.env["mairie.rdv"]._send_links_again(FORM["email"], company.id)
        self.assertFalse(rdv.envoi_ids)
        self.env.flush_all()
        self.cr.execute(
            "UPDATE mairie_rdv SET company_id = %s WHERE id = %s", [company.id, rdv.id]
        )
        self.env.invalidate_all()
        self.assertTrue(self._confirm(self._hold()))

    def test_a_few_appointments_in_all_for_one_contact(self):
        for index, time in enumerate(("09:20", "09:40")):
            other = self._create_demarche(f"Autre {index}")
            self.guichet.demarche_ids += other
            self._create_rdv(time, demarche_id=other.id, phone="+33612345678")
        with self.assertRaises(TooManyBookings):
            self._confirm(self._hold(), email="", phone="0612345678")
        unlimited = patch.object(type(self.env["mairie.rdv"]), "_check_person_limits")
        with unlimited:  # the control
            self.assertTrue(self._confirm(self._hold(), email="", phone="0612345678"))

    def test_expired_hold_is_taken_again_when_still_free(self):
        rdv = self._hold()
        rdv.state = "expired"
        self.assertTrue(self._confirm(rdv))
        self.assertEqual(rdv.state, "confirmed")

    def test_expired_hold_that_is_gone_is_refused_and_another_time_accepted(self):
        rdv = self._hold()
        rdv.state = "expired"
        self._create_rdv("09:00")
        with self.assertRaises(SlotTaken):
            self._confirm(rdv, start=f"{MONDAY}T09:00")
        nearest = self.env["mairie.rdv"]._get_nearest_public(rdv.access_token)
        self.assertEqual(nearest[0]["value"], f"{MONDAY}T09:20")
        self.assertTrue(self._confirm(rdv, start=nearest[0]["value"]))
        self.assertEqual(rdv._get_local_start().strftime("%H:%M"), "09:20")

    def test_cancelling_gives_the_place_back_once(self):
        rdv = self._create_rdv("09:00", email="lea@exemple.fr")
        rdvs = self.env["mairie.rdv"]
        self.assertTrue(rdvs._cancel_public(rdv.access_token))
        self.assertTrue(rdvs._cancel_public(rdv.access_token))
        self.assertEqual(rdv.state, "cancelled_usager")
        self.assertEqual(rdv.envoi_ids.mapped("kind"), ["cancelled"])
        self.assertEqual(self._get_times(), "09:00 09:20 09:40")

    def test_too_late_to_change_online(self):
        rdv = self._create_rdv("09:00")
        with (
            self._later(days=2, hours=22),
            self.assertRaisesRegex(UserError, "02 61 91 00 01"),
        ):
            self.env["mairie.rdv"]._cancel_public(rdv.access_token)
        self.assertEqual(rdv.state, "confirmed")

    def test_booking_stays_light(self):
        self._hold("09:20", key="w" * 22)
        with self.assertQueryCount(25):
            rdv = self._hold("09:00", key="a" * 22)
        with self.assertQueryCount(25):
            self._confirm(rdv)
            self.env.flush_all()
