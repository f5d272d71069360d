"""Closing a period: who is hit, who is moved, who is offered dates; and back."""

from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from ..exceptions import SlotTaken
from .common import MONDAY, RdvCase


@tagged("post_install", "-at_install")
class TestClosure(RdvCase):
    def setUp(self):
        super().setUp()
        self.env["mairie.rdv.envoi"].search([]).unlink()
        self.env["res.lang"]._activate_lang("fr_FR")
        self.lieu.company_id.partner_id.lang = "fr_FR"
        self.other = self._create_guichet("G2")
        self.opening.guichet_ids += self.other
        self.one = self._create_rdv(
            "09:00", email="un@ex.fr", guichet_id=self.guichet.id
        )
        self.two = self._create_rdv(
            "09:20", email="deux@ex.fr", guichet_id=self.guichet.id
        )
        self.full = self._create_rdv("09:20", guichet_id=self.other.id)

    def _close(self, **vals):
        wizard = self.env["mairie.rdv.close"].create(
            {
                "name": "Inventaire",
                "public_reason": "Le guichet est en panne.",
                "lieu_id": self.lieu.id,
                "guichet_id": self.guichet.id,
                "date_from": MONDAY,
                "date_to": MONDAY,
                **vals,
            }
        )
        return wizard, wizard.action_close()

    def test_the_wizard_shows_who_is_hit_before_anything_happens(self):
        self.lieu.user_ids += self.env.user
        form = Form(self.env["mairie.rdv.close"])
        form.lieu_id = self.lieu
        form.guichet_id = self.guichet
        form.date_from = form.date_to = MONDAY
        wizard = form.save()
        self.assertEqual(len(wizard.line_ids), 2)
        self.assertEqual(wizard.line_ids.guichet_id, self.other)
        self.assertEqual(wizard.other_count, 1)
        self.assertIn("1", wizard.button_label)
        self.assertEqual(set((self.one + self.two).mapped("state")), {"confirmed"})

    def test_equal_desk_at_the_same_hour_takes_over_and_nobody_is_told(self):
        self._close()
        self.assertEqual(self.one.guichet_id, self.other)
        self.assertEqual(self.one.state, "confirmed")
        self.assertFalse(self.one.envoi_ids)

    def test_the_others_are_offered_three_dates_that_are_held(self):
        self._close()
        self.assertEqual(self.two.state, "cancelled_mairie")
        dates = self.two.proposal_ids
        self.assertEqual(len(dates), 3)
        self.assertEqual(set(dates.mapped("state")), {"hold"})
        self.assertEqual(len({date.start.date() for date in dates}), 3, "three days")
        envoi = self.two.envoi_ids
        self.assertEqual(envoi.kind, "closed")
        with self._later(minutes=2):
            envoi._send_all_due()
        body = envoi.sudo().mail_id.body_html
        self.assertIn("Le guichet est en panne.", body)
        self.assertIn(f"/rdv/m/{self.two.access_token}/choisir", body)
        french = dates[0].with_context(lang="fr_FR")
        self.assertIn(french._get_when(), body.replace("&nbsp;", "\u00a0"))

    def test_choosing_keeps_code_and_link_and_gives_the_other_dates_back(self):
        self._close()
        rdvs, token, code = self.env["mairie.rdv"], self.two.access_token, self.two.code
        choice = rdvs._get_dates_public(token)
        wanted = choice["dates"][1]["value"]
        self.assertTrue(rdvs._choose_public(token, wanted))
        self.assertTrue(rdvs._choose_public(token, wanted), "twice is once")
        self.assertEqual((self.two.state, self.two.code), ("confirmed", code))
        self.assertEqual(self.two.start, self.lieu._read_start(wanted))
        self.assertEqual(set(self.two.proposal_ids.mapped("state")), {"expired"})

    def test_message_of_a_closing_does_not_leave_once_a_date_is_chosen(self):
        self._close()
        closed = self.two.envoi_ids
        self.two._choose_date(self.two.proposal_ids[0].start)
        with self._later(minutes=2):
            closed._send_all_due()
        self.assertEqual((closed.kind, closed.state), ("closed", "skipped"))

    def test_quiet_hours_give_way_to_whoever_would_come_for_nothing(self):
        early = self._create_rdv("08:40", guichet_id=self.guichet.id)
        night, morning = (
            self.lieu._read_start(f"{MONDAY}T{hour}") for hour in ("06:00", "08:00")
        )
        with freeze_time(night):
            leaves = [
                rdv._prepare_message_vals("closed")["next_try"]
                for rdv in (early, self.two)
            ]
        self.assertEqual(leaves, [night + timedelta(minutes=1), morning])

    def test_closing_without_any_other_date_promises_none(self):
        self.opening.write({"kind": "date", "date_from": MONDAY})
        self._close(guichet_id=False)
        self.assertFalse(self.two.proposal_ids)
        with self._later(minutes=2):
            self.two.envoi_ids._send_all_due()
        body = self.two.envoi_ids.sudo().mail_id.body_html
        self.assertIn("Le guichet est en panne.", body)
        self.assertNotIn("kept for you", body)
        self.assertNotIn("gardées pour vous", body)

    def test_date_that_is_not_offered_or_no_longer_kept_is_refused(self):
        self._close()
        rdvs, token = self.env["mairie.rdv"], self.two.access_token
        with self.assertRaises(SlotTaken):
            rdvs._choose_public(token, "2026-07-06T09:00")
        wanted = rdvs._get_dates_public(token)["dates"][0]["value"]
        with self._later(days=4), self.assertRaises(SlotTaken):
            rdvs._choose_public(token, wanted)

    def test_undo_puts_everything_back_and_nobody_was_told(self):
        _wizard, action = self._close()
        params = action["params"]
        closing = self.env[params["model"]].browse(params["ids"])
        getattr(closing, params["method"])()
        self.assertFalse(closing.exists())
        self.assertEqual(self.one.guichet_id, self.guichet)
        self.assertEqual(
            (self.two.state, self.two.guichet_id.id), ("confirmed", self.guichet.id)
        )
        self.assertFalse(self.two.envoi_ids)
        self.assertEqual(set(self.two.proposal_ids.mapped("state")), {"expired"})

    def test_absence_of_an_agent_closes_the_desk_that_he_holds(self):
        agent = self._new_user("t_absent", "mairie_rdv.group_agent")
        self.guichet.user_id = agent
        self._close(guichet_id=False, lieu_id=False, user_id=agent.id)
        self.assertEqual(self.one.guichet_id, self.other)
        self.assertEqual(self.two.state, "cancelled_mairie")
        self.assertEqual(self.full.state, "confirmed", "the other desk works")

    def test_hours_outside_the_closing_are_not_touched(self):
        self._close(all_day=False, hour_from=9 + 1 / 3, hour_to=10.0)
        self.assertEqual(self.one.guichet_id, self.guichet)
        self.assertEqual(self.two.state, "cancelled_mairie")

    def test_who_has_no_address_is_to_be_called_and_never_counted_as_told(self):
        self.two.write({"email": False, "phone": "+33241728190"})
        wizard, action = self._close()
        self.assertEqual((wizard.other_count, wizard.call_count), (1, 1))
        line = wizard.line_ids.filtered("is_to_call")
        self.assertIn("+33241728190", line.outcome)
        self.assertNotRegex(wizard.sentence, "3 dates: 1")
        self.assertIn("1", wizard.button_label)
        self.assertRegex(action["params"]["message"], "message: 0, to be called: 1")
        listed = self.env["mairie.rdv"].search(action["params"]["next"]["domain"])
        self.assertEqual(listed, self.two)
        self.assertEqual(len(listed.proposal_ids), 3, "dates are kept for him too")
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "mairie_rdv.mairie_rdv_call_report", listed.ids
        )
        self.assertIn("+33241728190", html.decode())
        listed.action_told()
        self.assertFalse(listed.is_to_call)
        self.assertEqual(listed.told_by_id, self.env.user)

    def test_whoever_closes_the_place_of_others_sees_no_number(self):
        self.two.write({"email": False, "phone": "+33241728190"})
        manager = self._new_user("t_elsewhere", "mairie_rdv.group_responsable")
        wizards = self.env["mairie.rdv.close"].with_user(manager)
        wizard = wizards.create(
            {
                "name": "Inventaire",
                "lieu_id": self.lieu.id,
                "guichet_id": self.guichet.id,
                "date_from": MONDAY,
                "date_to": MONDAY,
            }
        )
        line = wizard.line_ids.filtered("is_to_call")
        self.assertTrue(line.outcome)
        self.assertNotIn("28190", line.outcome)
        self.assertFalse(line.rdv_id)

    def test_message_that_failed_or_is_switched_off_makes_a_call(self):
        self._close()
        self.assertFalse(self.two.is_to_call)
        self.two.envoi_ids.state = "failed"
        self.assertTrue(self.two.is_to_call)
        self.two.lang = "fr_FR"
        self.env["mairie.rdv.message"].create(
            {
                "event": "closed", "lang": "fr_FR", "subject": "x", "body": "x",
                "sms": "x", "is_active": False,
            }
        )  # fmt: skip
        self.assertFalse(self.two._is_reached_by("closed"))

    def test_agent_takes_a_kept_date_on_the_telephone(self):
        self.two.write({"email": False, "phone": "+33241728190"})
        self._close()
        self.lieu.user_ids += (agent := self._new_user("t_a", "mairie_rdv.group_agent"))
        date = self.two.proposal_ids[1]
        start = date.start
        date.with_user(agent).action_take_date()
        self.assertEqual((self.two.state, self.two.start), ("confirmed", start))
        self.assertFalse(self.two.is_to_call)
        with self.assertRaises(UserError):
            date.with_user(agent).action_take_date()

    def test_date_is_kept_no_longer_than_somebody_could_come(self):
        self.demarche.lead_min_hours = 2
        self.lieu.company_id.mairie_rdv_proposal_days = 30
        self._close()
        dates = self.two.proposal_ids.sorted("start")
        for date in dates:
            self.assertEqual(date.hold_until, date.start - timedelta(hours=2))
        page = self.env["mairie.rdv"]._get_dates_public(self.two.access_token)
        self.assertTrue(page["dates"][0]["until"])
        self.assertFalse(page["dates"][-1]["until"], "as long as the page says above")
        later = dates[0].hold_until + timedelta(minutes=1)
        with freeze_time(later):
            self.assertNotIn(dates[0], self.two._get_open_dates())


@tagged("post_install", "-at_install")
class TestDeskClosesToday(RdvCase):
    """Monday 1 June 2026, 9:03: the agent of a desk has to leave."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls._new_user("t_rdv", "mairie_rdv.group_agent")
        cls.lieu.user_ids = cls.agent
        cls.late = cls._create_rdv("09:20", guichet_id=cls.guichet.id)
        cls.startClassPatcher(freeze_time(datetime(2026, 6, 1, 7, 3)))
        cls.wizards = cls.env["mairie.rdv.close"].with_user(cls.agent)

    def _open(self, **vals):
        action = self.wizards.get_desk_action(self.lieu.id, self.guichet.id)
        wizards = self.wizards.with_context(**action["context"])
        return wizards.create(vals)

    def test_the_wizard_opens_on_the_rest_of_the_day_with_who_is_hit(self):
        wizard = self._open()
        self.assertEqual((wizard.hour_from, wizard.hour_to), (9 + 5 / 60, 10.0))
        self.assertEqual(wizard.line_ids.rdv_id, self.late)
        self.assertIn("1", wizard.button_label)

    def test_the_agent_closes_and_takes_it_back(self):
        params = self._open().action_close()["params"]
        self.assertEqual(self.late.state, "cancelled_mairie")
        closing = self.env[params["model"]].with_user(self.agent).browse(params["ids"])
        getattr(closing, params["method"])()
        self.assertEqual(self.late.state, "confirmed")

    def test_he_closes_neither_another_day_nor_another_place_nor_the_whole(self):
        other = self._create_lieu("Annexe")
        desk = self._create_guichet("A1", lieu_id=other.id)
        for vals in (
            {"date_to": "2026-06-02"},
            {"date_from": "2026-06-08", "date_to": "2026-06-08"},
            {"guichet_id": False},
            {"lieu_id": other.id, "guichet_id": desk.id},
        ):
            wizard = self._open(**vals)
            self.assertFalse(wizard.line_ids, "nor learns who comes there")
            with self.assertRaises(AccessError):
                wizard.action_close()
        with self.assertRaises(AccessError):
            self.wizards.get_desk_action(other.id, desk.id)
        with self.assertRaises(AccessError):
            self.wizards.get_desk_action(self.lieu.id, desk.id)

    def test_he_takes_back_no_closing_of_somebody_else(self):
        closing = self.env["mairie.rdv.exception"].create(
            {"name": "Travaux", "lieu_id": self.lieu.id}
        )
        with self.assertRaises(AccessError):
            closing.with_user(self.agent).action_undo_close()

    def test_reception_closes_nothing(self):
        reception = self._new_user("t_accueil", "mairie_rdv.group_accueil")
        with self.assertRaises(AccessError):
            self.env["mairie.rdv.close"].with_user(reception).create({})
