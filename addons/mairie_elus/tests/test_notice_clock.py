from datetime import date, datetime

from freezegun import freeze_time
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import IN_TIME, START, ElusCase


@tagged("post_install", "-at_install")
class TestNoticeClock(ElusCase):
    def test_five_clear_days_from_3500_inhabitants(self):
        seance = self._new_seance()
        self.assertEqual(seance.latest_send_date, date(2026, 12, 11))
        self.assertTrue(seance.note_required)
        self.assertEqual(seance.latest_send_at, datetime(2026, 12, 11, 22, 59))

    def test_three_clear_days_below(self):
        self._prepare_commune(self.commune, population=1200)
        seance = self._new_seance()
        self.assertEqual(seance.latest_send_date, date(2026, 12, 13))
        self.assertFalse(seance.note_required)

    def test_one_classified_installation_is_enough_for_five_days(self):
        self._prepare_commune(self.commune, population=1200)
        seance = self._new_seance()
        seance.point_ids.is_icpe = True
        self.assertEqual(seance.latest_send_date, date(2026, 12, 11))
        self.assertTrue(seance.note_required)
        seance.point_ids.is_icpe = False
        self.assertEqual(seance.latest_send_date, date(2026, 12, 13))

    def test_alsace_moselle(self):
        self._prepare_commune(self.commune, population=1200, mairie_insee_code="67482")
        seance = self._new_seance()
        self.assertEqual(seance.latest_send_date, date(2026, 12, 14))

    def test_the_population_is_that_of_the_day_of_the_meeting(self):
        self._prepare_commune(self.commune, population=3400)
        self.commune.mairie_population_ids = [
            Command.create({"date": "2027-01-01", "municipal": 3600})
        ]
        seance = self._new_seance()
        self.assertEqual(seance.notice_days, 3)
        seance.date_start = datetime(2027, 1, 4, 18, 0)
        self.assertEqual(seance.notice_days, 5)
        self.assertEqual(seance.latest_send_date, date(2026, 12, 29))

    @freeze_time(IN_TIME)
    def test_a_later_population_moves_what_is_prepared_only(self):
        sent = self._new_seance()
        sent._convene()
        seance = self._new_seance(date_start=datetime(2026, 12, 18, 18, 0))
        self.env.flush_all()
        self.commune.mairie_population_ids.municipal = 900
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((sent.notice_days, sent.population), (5, 18000))
        self.assertEqual((seance.notice_days, seance.note_required), (3, False))
        self.commune.mairie_local_law = True
        self.assertEqual(seance.notice_code, "local_law")
        self.assertEqual(sent.notice_code, "large")
        sent.action_reopen_preparation()
        self.assertEqual(sent.notice_code, "local_law")

    def test_a_population_entered_after_the_meeting_counts(self):
        self.commune.mairie_population_ids.unlink()
        seance = self._new_seance()
        self.assertEqual(seance.notice_days, 3)
        self.commune.mairie_population_ids = [
            Command.create({"date": "2026-01-01", "municipal": 18000})
        ]
        self.assertEqual((seance.notice_days, seance.note_required), (5, True))

    @freeze_time(IN_TIME)
    def test_the_figures_are_counted_again_when_it_leaves(self):
        seance = self._new_seance()
        self.env.flush_all()
        seance.write({"notice_days": 0, "latest_send_date": False})
        envoi = seance._convene()
        self.assertEqual(envoi.latest_send_date, date(2026, 12, 11))
        self.assertEqual(seance.notice_days, 5)

    def test_the_day_is_that_of_the_commune(self):
        """23:30 UTC on 22 March is 00:30 in Paris on the 23rd."""
        seance = self._new_seance(date_start=datetime(2026, 3, 28, 18, 0))
        self.assertEqual(seance.latest_send_date, date(2026, 3, 22))
        with freeze_time("2026-03-22 22:59:00"):
            self.assertFalse(seance._is_too_late())
        with freeze_time("2026-03-22 23:30:00"):
            self.assertTrue(seance._is_too_late())

    def test_the_day_overseas_is_that_of_the_island(self):
        self.commune.mairie_tz = "Indian/Reunion"
        seance = self._new_seance(date_start=datetime(2026, 12, 16, 21, 0))
        self.assertEqual(seance.date, date(2026, 12, 17))

    def test_a_commission_has_the_delay_of_its_own_rules(self):
        commission = self._new_instance("Travaux")
        seance = self._new_seance(instance_id=commission.id)
        self.assertFalse(seance.latest_send_date)
        self.env["mairie.instance.delai"].create(
            {"instance_id": commission.id, "date_from": date(2026, 6, 1), "days": 3}
        )
        self.assertEqual(seance.latest_send_date, date(2026, 12, 13))

    def test_own_rules_never_shorten_the_law(self):
        self.env["mairie.instance.delai"].create(
            {"instance_id": self.council.id, "date_from": date(2026, 6, 1), "days": 2}
        )
        self.assertEqual(self._new_seance().latest_send_date, date(2026, 12, 11))

    @freeze_time("2026-12-15 09:00:00")
    def test_own_rules_do_not_lengthen_the_urgency(self):
        self.env["mairie.instance.delai"].create(
            {"instance_id": self.council.id, "date_from": date(2026, 6, 1), "days": 8}
        )
        seance = self._new_seance(call="urgent", urgency_reason="Digue rompue.")
        self.assertEqual(seance.notice_days, 1)
        self.assertFalse(seance._is_too_late())

    def test_the_social_board_has_no_urgency(self):
        board = self._new_instance("CCAS", kind="ccas")
        seance = self._new_seance(instance_id=board.id)
        self.assertEqual(seance.latest_send_date, date(2026, 12, 14))
        with self.assertRaises(ValidationError):
            seance.call = "urgent"

    @freeze_time(IN_TIME)
    def test_the_clock_says_its_sum(self):
        seance = self._new_seance().with_context(lang="en_US")
        self.assertEqual(
            seance.clock_detail,
            "Last lawful sending: Friday 11 December, 23:59 (5 clear days before "
            "Thursday 17). 2 days are left.",
        )

    def test_a_classical_example_of_the_first_of_march(self):
        seance = self._new_seance(date_start=datetime(2027, 3, 1, 18, 0))
        self.assertEqual(seance.latest_send_date, date(2027, 2, 23))
        words = seance.with_context(lang="fr_FR")._format_day(seance.date)
        self.assertEqual(words, "lundi 1er mars")

    @freeze_time("2026-12-12 09:00:00")
    def test_the_refusal_gives_the_lawful_ways_out(self):
        text = self._new_seance().with_context(lang="en_US")._get_late_text()
        self.assertIn("Friday 11 December", text)
        self.assertIn("Friday 18 December", text)
        self.assertIn("1 clear day", text)

    @freeze_time("2026-12-16 09:00:00")
    def test_urgency_is_no_way_out_on_the_eve(self):
        seance = self._new_seance()
        self.assertFalse(seance._is_urgency_possible())

    @freeze_time("2026-12-15 09:00:00")
    def test_urgency_leaves_one_clear_day(self):
        self.assertTrue(self._new_seance()._is_urgency_possible())

    def test_french_words_of_the_meeting(self):
        seance = self._new_seance(date_start=START)
        self.assertEqual(seance._get_when(), "jeudi 17 décembre 2026 à 19\xa0h")
