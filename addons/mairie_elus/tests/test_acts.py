"""After the meeting: numbers without a gap, steps of an act, minutes and their lacks."""

from datetime import date, timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import START, ElusCase


@tagged("post_install", "-at_install")
class TestActs(ElusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seance = cls._hold(START, points=2)

    @classmethod
    def _hold(cls, start, points=1, vote=True):
        """A meeting of three members, opened, each item put and voted."""
        seance = cls._new_seance(points=points, date_start=start)
        seance.state = "open"
        seance.opened_at = start
        table = seance.with_user(cls.secretary)
        table.console_move(seance._get_members().ids, True)
        for point in seance.point_ids if vote else ():
            table.console_open_point(point.id)
            table.console_vote(point.id, {"mode": "ordinary", "pour": 2, "contre": 1})
        return seance

    def _close(self, seance=None):
        seance = seance or self.seance
        seance.with_user(self.secretary).action_close()
        return seance.deliberation_ids.sorted("rank")

    def test_acts_are_numbered_in_the_order_of_the_items(self):
        acts = self._close()
        self.assertEqual(acts.mapped("name"), ["Affaire 1", "Affaire 2"])
        first, second = acts
        self.assertEqual(second.rank, first.rank + 1)
        self.assertEqual(first.number, f"2026_{first.rank:03d}")

    def test_the_numbers_of_a_year_have_no_gap(self):
        before = self.mandature.company_id._get_last_mairie_act_rank(2026)
        self._close()
        next_year = self._close(self._hold(START + timedelta(days=40)))
        again = self._close(self._hold(START + timedelta(days=7)))
        self.assertEqual(again.rank, before + 3)
        self.assertEqual((next_year.year, next_year.rank), (2027, 1))

    def test_an_item_without_a_vote_has_no_act(self):
        seance = self._hold(START + timedelta(days=30), vote=False)
        self.assertFalse(self._close(seance))

    def test_paper_notes_are_numbered_later_and_once(self):
        seance = self._hold(START + timedelta(days=30), vote=False)
        self._close(seance)
        table = seance.with_user(self.secretary)
        table.console_open_point(seance.point_ids.id)
        table.console_vote(seance.point_ids.id, {"mode": "secret", "pour": 3})
        table.action_number_acts()
        table.action_number_acts()
        self.assertEqual(len(seance.deliberation_ids), 1)

    def test_a_signed_act_does_not_change(self):
        act = self._close()[0].with_user(self.secretary)
        act.name = "Affaire 1, précisée"
        act.action_sign()
        with self.assertRaisesRegex(UserError, "corrected by a new act"):
            act.name = "Autre"
        act.matiere_id = self.env["mairie.matiere"]._find("7.5")
        self.assertEqual(act.matiere_code, "7.5", "one that was forgotten")
        with self.assertRaisesRegex(UserError, "corrected by a new act"):
            act.matiere_id = self.env["mairie.matiere"]._find("3.1")
        with self.assertRaisesRegex(AccessError, "by its steps"):
            act.state = "draft"
        with self.assertRaisesRegex(UserError, "no gap"):
            act.sudo().unlink()

    @freeze_time("2026-12-18 09:00:00")
    def test_an_act_binds_once_online_and_received(self):
        act = self._close()[0].with_user(self.secretary)
        with self.assertRaisesRegex(UserError, "not signed yet"):
            act.action_publish()
        act.action_sign()
        act.action_publish()
        self.assertFalse(act.executory_on)
        act.received_on = date(2026, 12, 21)
        self.assertEqual(act.executory_on, date(2026, 12, 21))
        self.assertEqual(act.online_until, date(2027, 2, 18))
        with self.assertRaisesRegex(ValidationError, "before its vote"):
            act.received_on = date(2026, 12, 1)

    @freeze_time("2026-12-18 09:00:00")
    def test_an_act_that_stays_at_home_binds_once_online(self):
        act = self._close()[0].with_user(self.secretary)
        act.is_transmitted = False
        act.action_sign()
        act.action_publish()
        self.assertEqual(act.executory_on, date(2026, 12, 18))

    @freeze_time("2026-12-18 09:00:00")
    def test_a_small_council_may_choose_posting(self):
        acts = self._close().with_user(self.secretary)
        acts.action_sign()
        act, urgent = acts[:2]
        posted = {"posted_on": date(2026, 12, 18), "posting_ground": "choice"}
        refused = self.assertRaisesRegex(ValidationError, "publishes its acts online")
        with refused, self.env.cr.savepoint():
            act.write(posted)
        refused = self.assertRaisesRegex(ValidationError, "From 3,500 inhabitants")
        with refused, self.env.cr.savepoint():
            self.seance.company_id.mairie_publicity = "posting"
        urgent.write(
            {**posted, "posting_ground": "urgency", "received_on": "2026-12-18"}
        )
        self.assertEqual(urgent.executory_on, date(2026, 12, 18))
        self.assertIn("affiché le 18 décembre", urgent.step_text)
        company = self.seance.company_id
        self._prepare_commune(company, population=1_200)
        company.mairie_publicity = "posting"
        company.mairie_publicity_site = "www.ville.example/actes"
        site = self.env["mairie.publication"]._get_publicity_site(company)
        self.assertEqual(site, "https://www.ville.example/actes")
        self.assertIn("à afficher", act.step_text)
        act.write(posted)
        act.is_transmitted = False
        self.assertEqual(act.executory_on, date(2026, 12, 18))
        self.assertEqual(act.stage, "executory")
        self.env.flush_all()
        dues = self.env["mairie.echeance"].search([("kind", "=", "online")])
        self.assertNotIn(act.id, dues.mapped("res_id"))

    def test_the_list_is_due_within_a_week(self):
        self._close()
        self.assertEqual(self.seance.list_due, date(2026, 12, 24))

    def test_the_minutes_say_what_they_lack(self):
        self._close()
        self.seance.closed_at = START + timedelta(hours=2)
        table = self.seance.with_user(self.secretary)
        self.assertIn("the secretary of the meeting", table.pv_missing)
        with self.assertRaisesRegex(UserError, "still lack"):
            table.action_approve_pv()
        table.secretary_ids = self.deputy.partner_id
        for point in self.seance.point_ids:
            table.console_debate(point.id, "Sans observation.")
        self.assertFalse(table.pv_missing)
        with self.assertRaisesRegex(UserError, "next meeting"):
            table.action_approve_pv()
        self._hold(START + timedelta(days=42))
        table.action_approve_pv()
        self.assertEqual(table.pv_due, date(2027, 2, 4))
        table.action_publish_pv()
        self.assertEqual(table.pv_state, "published")

    def test_the_minutes_wait_for_nothing_that_cannot_come(self):
        """Put off, an item has no decision; added in the room, its reason reports."""
        seance = self._hold(START + timedelta(days=30))
        table = seance.with_user(self.secretary)
        table.console_add_point("Fuite du toit", "Danger pour l'école")
        added = seance.point_ids.filtered("is_added")
        table.console_open_point(added.id)
        self.assertEqual(seance._get_open_items(), added)
        table.console_defer(added.id)
        self.assertFalse(seance._get_open_items())
        table.console_defer(added.id)
        table.console_vote(added.id, {"mode": "ordinary", "pour": 3})
        self.assertFalse(seance._get_unreported())

    def test_documents_tell_what_happened(self):
        act = self._close()[0]
        report = self.env["ir.actions.report"]
        for name, record, words in (
            ("report_deliberation", act, ["Par 2 voix pour et une voix contre"]),
            ("report_deliberation_list", self.seance, ["Approuvée", "24/12/2026"]),
            ("report_pv", self.seance, ["Quorum", "Par 2 voix pour", "Paul Adjoint"]),
        ):
            html, _kind = report._render_qweb_html(f"mairie_elus.{name}", record.ids)
            for word in words:
                self.assertIn(word, html.decode())

    def test_readers_sign_nothing(self):
        acts = self._close()
        reader = self._new_user("dgs.essai", "mairie_elus.group_reader")
        with self.assertRaises(AccessError):
            acts.with_user(reader).action_sign()
        with self.assertRaises(AccessError):
            self.seance.with_user(reader).action_number_acts()
