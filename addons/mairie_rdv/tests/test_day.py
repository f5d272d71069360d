"""The screen of the day: who is here, who is next, what is free."""

from datetime import datetime

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import MONDAY, RdvCase

#: Monday 1 June 2026, 9:05 in Paris
MORNING = datetime(2026, 6, 1, 7, 5)
EVENING = datetime(2026, 6, 1, 8, 31)


@tagged("post_install", "-at_install")
class TestDay(RdvCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accueil = cls._new_user("t_accueil", "mairie_rdv.group_accueil")
        cls.agent = cls._new_user("t_rdv", "mairie_rdv.group_agent")
        cls.elsewhere = cls._new_user("t_autre", "mairie_rdv.group_agent")
        cls.lieu.user_ids = cls.accueil + cls.agent
        cls.startClassPatcher(freeze_time(MORNING))
        cls.rdv = cls._create_rdv("09:20", phone="+33639981278", email="l@exemple.fr")

    def _as(self, user, record=None):
        return (record if record is not None else self.rdv).with_user(user)

    def _day(self, user=None, **kwargs):
        rdvs = self.env["mairie.rdv"].with_user(user or self.agent)
        return rdvs.get_desk_day(self.lieu.id, **kwargs)

    # -- reading -------------------------------------------------------------------

    def test_day_shows_who_comes_and_what_is_free(self):
        day = self._day()
        self.assertEqual([rdv["time"] for rdv in day["rdvs"]], ["09:20"])
        desk = day["desks"][0]
        self.assertTrue(desk["is_open"])
        self.assertEqual(desk["hour"], "10:00")
        gaps = [(gap["time"], gap["end"]) for gap in desk["gaps"]]
        self.assertEqual(gaps, [("09:40", "10:00")])
        self.assertEqual(day["free"], {"count": 1, "is_morning": True})

    def test_lines_hold_no_contact(self):
        self.assertNotIn("+33639981278", str(self._day()))
        self.assertNotIn("exemple.fr", str(self._day()))

    def test_thirty_desks_cost_as_many_queries_as_one(self):
        self._day()
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        before = self.env.cr.sql_log_count
        self._day()
        one = self.env.cr.sql_log_count - before
        self.assertLess(one, 50)
        guichets = self.env["mairie.rdv.guichet"]
        for number in range(2, 31):
            guichets += self._create_guichet(f"G{number}")
        self.opening.guichet_ids += guichets
        for guichet in guichets:
            self._create_rdv("09:20", guichet_id=guichet.id)
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        before = self.env.cr.sql_log_count
        self.assertEqual(len(self._day()["rdvs"]), 30)
        self.assertLessEqual(self.env.cr.sql_log_count - before, one)

    def test_version_changes_with_the_day(self):
        rdvs = self.env["mairie.rdv"].with_user(self.agent)
        before = rdvs.get_desk_version(self.lieu.id, MONDAY)
        self.assertEqual(before, rdvs.get_desk_version(self.lieu.id, MONDAY))
        self._create_rdv("09:40")
        self.assertNotEqual(before, rdvs.get_desk_version(self.lieu.id, MONDAY))

    def test_agent_of_another_place_learns_nothing(self):
        rdvs = self.env["mairie.rdv"].with_user(self.elsewhere)
        self.assertIsNone(rdvs.get_desk_day(self.lieu.id)["lieu"])
        for call in (
            lambda: rdvs.get_desk_version(self.lieu.id, MONDAY),
            lambda: rdvs.find_at_desk(self.lieu.id, self.rdv.code),
            lambda: rdvs.get_next_places(self.lieu.id, self.demarche.id),
            lambda: rdvs.book_at_desk(self.lieu.id, {"last_name": "X"}),
            lambda: self._as(self.elsewhere).get_desk_card(),
            lambda: self._as(self.elsewhere).call_at_desk(),
            lambda: self._as(self.elsewhere).move_at_desk("2026-06-01 07:40:00"),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_reserved_procedure_is_not_on_the_day_of_others(self):
        self.demarche.user_ids = self.agent
        self.assertFalse(self._day(self.accueil)["rdvs"])
        self.assertTrue(self._day(self.agent)["rdvs"])

    def test_channel_of_the_day_is_for_its_agents(self):
        lieux = self.env["mairie.rdv.lieu"]
        self.assertEqual(lieux.with_user(self.agent)._get_own_lieux(), self.lieu)
        self.assertFalse(lieux.with_user(self.elsewhere)._get_own_lieux())

    # -- finding -------------------------------------------------------------------

    def _find(self, text, user=None):
        rdvs = self.env["mairie.rdv"].with_user(user or self.accueil)
        return rdvs.find_at_desk(self.lieu.id, text)

    def test_ticket_of_today_checks_in_and_can_be_undone(self):
        found = self._find(self.rdv.display_name.lower())
        self.assertEqual(found["kind"], "arrived")
        self.assertIn("G1", found["message"])
        self.assertEqual(self.rdv.state, "arrived")
        self._as(self.accueil).action_undo()
        self.assertEqual(self.rdv.state, "confirmed")

    def test_link_of_a_ticket_is_a_ticket(self):
        url = f"https://ville.fr/rdv/m/{self.rdv.access_token}"
        self.assertEqual(self._find(url)["kind"], "arrived")
        self.assertEqual(self._find(url)["kind"], "already")

    def test_ticket_of_another_day_says_which(self):
        later = self._create_rdv("09:00", day="2026-06-08")
        found = self._find(later.code)
        self.assertEqual(found["kind"], "other_day")
        self.assertEqual(later.state, "confirmed")

    def test_whoever_comes_on_another_day_is_taken_in_a_gap(self):
        later = self._create_rdv("09:00", day="2026-06-08")
        self.rdv.action_cancel()
        result = self._as(self.agent, later).take_now()
        self.assertEqual(later.state, "arrived")
        self.assertEqual(later.start, MORNING)
        self.assertEqual(result["before"], "2026-06-08 07:00:00")

    def test_name_finds_and_telephone_finds_for_agents(self):
        self.assertEqual(self._find("martin")["rdvs"][0]["id"], self.rdv.id)
        self.assertEqual(self._find("06 39 98 12 78", self.agent)["kind"], "choices")
        self.assertEqual(self._find("06 39 98 12 78")["kind"], "unknown")
        self.assertEqual(self._find("ZZZZZZ")["kind"], "unknown")

    def test_card_masks_the_number_and_hides_it_from_reception(self):
        card = self._as(self.agent).get_desk_card()
        self.assertEqual(card["phone"], "06 .. .. .. 78")
        self.assertNotIn("phone", self._as(self.accueil).get_desk_card())
        self.assertNotIn("note", self._as(self.accueil).get_desk_card())

    # -- booking and moving ----------------------------------------------------------

    def _book(self, start, extra=False, **vals):
        rdvs = self.env["mairie.rdv"].with_user(self.agent)
        return rdvs.book_at_desk(
            self.lieu.id,
            {
                "demarche_id": self.demarche.id,
                "last_name": "Sow",
                "origin": "guichet",
                "start": start,
                **vals,
            },
            extra,
        )

    def test_walk_in_takes_the_place_that_is_offered(self):
        rdvs = self.env["mairie.rdv"].with_user(self.agent)
        places = rdvs.get_next_places(self.lieu.id, self.demarche.id)
        self.assertEqual(places[0]["start"], "2026-06-01 07:40:00")
        booked = self._book(places[0]["start"])["rdv"]
        self.assertEqual(booked["state"], "arrived")
        self.assertFalse(booked["is_extra"])

    def test_telephone_is_only_expected(self):
        booked = self._book("2026-06-08 07:00:00", origin="telephone")["rdv"]
        self.assertEqual(booked["state"], "confirmed")

    def test_full_hour_is_warned_of_then_received_as_an_extra(self):
        answer = self._book("2026-06-01 07:20:00")
        self.assertTrue(answer["extra"])
        booked = self._book("2026-06-01 07:20:00", extra=True)["rdv"]
        self.assertTrue(booked["is_extra"])
        twice = self._book("2026-06-01 07:20:00", extra=True)["rdv"]
        places = self.env["mairie.rdv"].browse([booked["id"], twice["id"]])
        self.assertEqual(sorted(places.mapped("place")), [2, 3])

    def test_agent_receives_outside_opening_hours(self):
        self.assertTrue(self._book("2026-06-01 16:00:00")["extra"])
        self.assertTrue(self._book("2026-06-01 16:00:00", extra=True)["rdv"])

    def test_moving_tells_nobody_unless_asked(self):
        self.rdv.envoi_ids.unlink()
        result = self._as(self.agent).move_at_desk("2026-06-08 07:00:00")
        self.assertFalse(self.rdv.envoi_ids)
        self.assertTrue(result["can_tell"])
        self._as(self.agent).tell_of_move()
        self.assertIn("moved", self.rdv.envoi_ids.mapped("kind"))

    def test_move_to_a_full_hour_keeps_the_old_one(self):
        other = self._create_rdv("09:40")
        self.assertTrue(self._as(self.agent).move_at_desk(str(other.start))["extra"])
        self.assertEqual(str(self.rdv.start), "2026-06-01 07:20:00")

    def test_calling_to_another_desk_moves_there(self):
        second = self._create_guichet("G2")
        busy = self._create_rdv("09:20", guichet_id=second.id)
        self.rdv.action_arrive()
        line = self._as(self.accueil).call_at_desk(second.id)
        self.assertEqual(line["guichet_id"], second.id)
        self.assertEqual(self.rdv.state, "in_progress")
        self.assertNotEqual(self.rdv.place, busy.place)

    # -- closing time ----------------------------------------------------------------

    def test_who_did_not_come_is_absent_after_closing_and_may_come_back(self):
        lieux = self.env["mairie.rdv.lieu"]
        with freeze_time(datetime(2026, 6, 1, 8, 10)):
            lieux._cron_mark_absent()
            self.assertEqual(self.rdv.state, "confirmed", "the desk has just closed")
        with freeze_time(EVENING):
            lieux._cron_mark_absent()
            self.assertEqual(self.rdv.state, "no_show")
        with freeze_time(datetime(2026, 6, 5, 8, 0)):
            self._as(self.agent).action_undo()
            self.assertEqual(self.rdv.state, "confirmed")

    def test_safety_copy_is_for_agents_of_the_place(self):
        copies = self.env["mairie.rdv.copie"]
        copies._cron_copy()
        copy = copies.search([("lieu_id", "=", self.lieu.id)])
        self.assertTrue(copy.file)
        manager = self._new_user("t_resp", "mairie_rdv.group_responsable")
        self.assertFalse(copies.with_user(manager).search([]))
        self.lieu.user_ids = [Command.link(manager.id)]
        self.assertEqual(copies.with_user(manager).search([]), copy)

    def test_reserved_procedure_leaves_its_code_only_on_the_copy(self):
        self.demarche.user_ids = self.agent
        lines = self.lieu.with_user(self.env.ref("base.user_root"))
        day = datetime(2026, 6, 1).date()
        printed = str(lines.sudo()._prepare_day_list(day))
        self.assertNotIn("MARTIN", printed)
        self.assertIn(self.rdv.display_name, printed)
