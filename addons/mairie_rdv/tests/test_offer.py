"""From rows to times: the SQL path gives the engine what the rows say."""

from odoo.fields import Command
from odoo.tests import tagged

from .common import MONDAY, RdvCase


@tagged("post_install", "-at_install")
class TestOffer(RdvCase):
    def test_opening_is_cut_into_times(self):
        self.assertEqual(self._get_times(), "09:00 09:20 09:40")

    def test_persons_take_the_minutes_of_their_line(self):
        self.demarche.duration_ids = [Command.create({"persons": 2, "minutes": 35})]
        self.assertEqual(self._get_times(persons=2), "09:00 09:20")
        self.assertEqual(self._get_times(persons=3), "09:00")

    def test_live_appointment_takes_its_time(self):
        rdv = self._create_rdv("09:20")
        self.assertEqual(self._get_times(), "09:00 09:40")
        rdv.action_cancel()
        self.assertEqual(self._get_times(), "09:00 09:20 09:40")

    def test_hold_counts_until_it_expires(self):
        self._hold("09:20")
        self.assertEqual(self._get_times(), "09:00 09:40")
        with self._later(minutes=11):
            self.assertEqual(self._get_times(), "09:00 09:20 09:40")

    def test_own_appointment_counts_as_free_when_it_moves(self):
        rdv = self._create_rdv("09:20")
        search = self.demarche._search_days(self.lieu, 1, ignore=rdv)
        self.assertEqual(search["earliest"][1]["value"], f"{MONDAY}T09:20")

    def test_rest_keeps_neighbours_away(self):
        self.demarche.buffer_after = 10
        self._create_rdv("09:00")
        self.assertEqual(self._get_times(), "09:40")

    def test_public_holiday_is_closed_and_exceptional_opening_is_not(self):
        whit_monday = "2026-05-25"
        with self._later(days=-7):
            days = self.demarche._search_days(self.lieu, 1)["days"]
            self.assertNotIn(whit_monday, [day["iso"] for day in days])
            self._create_exception("extra", whit_monday, hour_from=14, hour_to=15)
            days = self.demarche._search_days(self.lieu, 1)["days"]
            self.assertEqual(days[0]["iso"], whit_monday)
            self.assertEqual(days[0]["slots"][0]["value"], f"{whit_monday}T14:00")

    def _create_exception(self, kind, day, **vals):
        return self.env["mairie.rdv.exception"].create(
            {
                "name": "Exception",
                "kind": kind,
                "all_day": kind == "closing" and "hour_from" not in vals,
                "date_from": day,
                "date_to": day,
                **vals,
            }
        )

    def test_closing_of_a_day_of_a_desk_and_of_some_hours(self):
        self._create_exception("closing", MONDAY, hour_from=9, hour_to=9.5)
        self.assertEqual(self._get_times(), "09:40")
        self._create_exception("closing", MONDAY, lieu_id=self.lieu.id)
        self.assertEqual(self._get_times(), "")

    def test_closing_of_another_place_changes_nothing(self):
        other = self._create_lieu("Annexe")
        self._create_exception("closing", MONDAY, lieu_id=other.id)
        self.assertEqual(self._get_times(), "09:00 09:20 09:40")

    def test_closing_counts_the_appointments_that_it_hits(self):
        self._create_rdv("09:00")
        closing = self._create_exception("closing", MONDAY)
        self.assertEqual(closing.hit_count, 1)
        closing.write({"all_day": False, "hour_from": 14.0, "hour_to": 17.0})
        self.assertEqual(closing.hit_count, 0, "closed after it")

    def test_opening_reserved_to_other_procedures(self):
        other = self._create_demarche("Retrait")
        self.guichet.demarche_ids += other
        self.opening.demarche_ids = other
        self.assertEqual(self._get_times(), "")
        self.assertEqual(self._get_times(other), "09:00 09:20 09:40")

    def test_share_kept_for_the_desk(self):
        self.opening.online_share = 50
        self._create_rdv("09:00", origin="web")
        self.assertEqual(self._get_times(), "")
        start = self.lieu._read_start(f"{MONDAY}T09:20")
        self.assertTrue(
            self.demarche._get_free_places(self.lieu, start, 1, online=False)
        )

    def test_full_day_stays_in_the_list(self):
        for time in ("09:00", "09:20", "09:40"):
            self._create_rdv(time)
        self._create_ouverture(weekday="1")
        days = self.demarche._search_days(self.lieu, 1)["days"]
        self.assertEqual([len(day["slots"]) for day in days[:2]], [0, 3])

    def test_notice_bounds_the_first_time_as_well(self):
        self.demarche.lead_min_hours = 24 * 5
        self.assertEqual(self.demarche._get_first_slot()["value"], "2026-06-08T09:00")
        self.demarche.lead_max_days = 6
        self.assertFalse(self.demarche._get_first_slot())

    def test_overseas_place_keeps_its_own_clock(self):
        noumea = self._create_lieu(
            "Nouméa", tz="Pacific/Noumea", holiday_zone="nouvelle_caledonie"
        )
        desk = self._create_guichet("N1", lieu_id=noumea.id)
        self._create_ouverture(desk, weekday="1", hour_from=8.0, hour_to=9.0)
        slot = self.demarche._search_days(noumea, 1)["earliest"][0]
        self.assertEqual(slot["value"], "2026-06-02T08:00")
        self.assertEqual(f"{slot['start']:%Y-%m-%d %H:%M}", "2026-06-01 21:00")

    def test_page_costs_the_same_whatever_the_number_of_desks(self):
        self.demarche._search_days(self.lieu, 1)
        with self.assertQueryCount(6):
            self.demarche._search_days(self.lieu, 1)
        desks = self.guichet
        for index in range(9):
            desks += self._create_guichet(f"G{index + 2}")
        for weekday in "01234":
            self._create_ouverture(desks, weekday=weekday, hour_to=17.0)
        for time in ("10:00", "10:20", "10:40", "11:00"):
            for desk in desks:
                self._create_rdv(time, guichet_id=desk.id)
        self.env.flush_all()
        self.env.invalidate_all()
        self.demarche._get_lieux()
        with self.assertQueryCount(10):  # 6, and the rows read again
            self.demarche._search_days(self.lieu, 1)

    def test_first_times_cost_the_same_whatever_the_number_of_procedures(self):
        demarches = self.demarche
        for index in range(8):
            other = self._create_demarche(f"Démarche {index}")
            self.guichet.demarche_ids += other
            demarches += other
        demarches._get_first_slots()
        with self.assertQueryCount(6):
            self.assertEqual(len(demarches._get_first_slots()), 9)
