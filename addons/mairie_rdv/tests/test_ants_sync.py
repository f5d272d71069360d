"""We call the central base: later, as often as needed, until both agree."""

from datetime import timedelta
from unittest.mock import patch

import requests
from odoo.exceptions import AccessError
from odoo.fields import Command, Datetime
from odoo.tests import freeze_time, tagged

from .common import NOW, RdvCase
from .fake_ants import CentralBase, as_sender

NUMBER = "AB12CD34EF"
OTHER = "1234567890"


@tagged("post_install", "-at_install")
class TestAntsSync(RdvCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mairie.rdv.ants.envoi"].search([]).unlink()
        cls.demarche.write({"stage": "depot", "ants_reason": "CNI-PASSPORT"})
        cls.lieu.ants_published = True
        comptes = cls.env["mairie.rdv.ants.compte"]
        cls.compte = comptes._get_account(cls.env.company) or comptes.create({})
        cls.compte.write({"site": "test", "new_token": "secret"})

    def setUp(self):
        super().setUp()
        known = {NUMBER: "validated", OTHER: "validated"}
        self.base = CentralBase("secret", known)
        patcher = patch.object(type(self.compte), "_send_request", as_sender(self.base))
        patcher.start()
        self.addCleanup(patcher.stop)

    def _book(self, number=NUMBER, time="09:00", **vals):
        lines = [Command.create({"application_id": number})]
        return self._create_rdv(time, personne_ids=lines, **vals)

    def _sync(self):
        due = self.env["mairie.rdv.ants.envoi"].search(
            self.env["mairie.rdv.ants.envoi"]._get_due_domain()
        )
        for envoi in due:
            envoi._sync_or_postpone()
        return due

    def _verbs(self):
        return [method for method, path, _params in self.base.calls if "app" in path]

    # -- in step -------------------------------------------------------------------

    def test_booking_calls_nobody_then_the_worker_tells(self):
        rdv = self._book()
        self.env.flush_all()
        self.assertFalse(self.base.calls)
        self._sync()
        held = self.base.appointments[NUMBER]
        self.assertEqual(held[0]["appointment_date"], "2026-06-01 09:00:00")
        self.assertEqual(held[0]["meeting_point_id"], self.lieu.ants_point_id)
        self.assertIn(rdv.access_token, held[0]["management_url"])
        self.assertEqual(rdv.personne_ids.ants_status, "validated")

    def test_doing_it_twice_changes_nothing(self):
        self._book()
        envoi = self._sync()
        envoi.action_retry()
        self._sync()
        self.assertEqual(self._verbs(), ["POST"])

    def test_move_deletes_then_creates(self):
        rdv = self._book()
        self._sync()
        rdv.start = self.lieu._read_start("2026-06-01T09:40")
        self._sync()
        self.assertEqual(self._verbs(), ["POST", "DELETE", "POST"])
        held = [x["appointment_date"] for x in self.base.appointments[NUMBER]]
        self.assertEqual(held, ["2026-06-01 09:40:00"])

    def test_cancellation_deletes_and_undo_creates_again(self):
        rdv = self._book()
        self._sync()
        rdv.action_cancel()
        self._sync()
        self.assertFalse(self.base.appointments[NUMBER])
        rdv.action_undo()
        self._sync()
        self.assertEqual(len(self.base.appointments[NUMBER]), 1)

    def test_appointments_of_other_towns_are_left_alone(self):
        other = {
            "meeting_point": "Saumur",
            "meeting_point_id": "x",
            "appointment_date": "2026-06-01 09:00:00",
            "management_url": "https://saumur.example/1",
        }
        self.base.appointments[NUMBER] = [other]
        rdv = self._book()
        self._sync()
        rdv.action_cancel()
        self._sync()
        self.assertEqual(self.base.appointments[NUMBER], [other])
        self.assertEqual(len(self._verbs()), 2)

    def test_two_persons_have_two_addresses(self):
        lines = [
            Command.create({"application_id": number}) for number in (NUMBER, OTHER)
        ]
        self._create_rdv(persons=2, personne_ids=lines)
        self._sync()
        urls = [self.base.appointments[n][0]["management_url"] for n in (NUMBER, OTHER)]
        self.assertEqual(len(set(urls)), 2)

    def test_already_exists_is_deleted_blindly_and_created_again(self):
        self.base.ghosts.add(NUMBER)
        self._book()
        envoi = self._sync()
        self.assertEqual(self._verbs(), ["POST", "DELETE", "POST"])
        self.assertEqual(envoi.state, "done")

    def test_number_that_is_not_valid_is_not_told(self):
        self.base.statuses[NUMBER] = "consumed"
        rdv = self._book()
        self._sync()
        self.assertFalse(self._verbs())
        self.assertEqual(rdv.personne_ids.ants_status, "consumed")

    def test_number_that_changes_frees_the_old_one(self):
        rdv = self._book()
        self._sync()
        rdv.personne_ids.application_id = OTHER
        self._sync()
        self.assertFalse(self.base.appointments[NUMBER])
        self.assertEqual(len(self.base.appointments[OTHER]), 1)

    def test_collecting_a_title_tells_nothing(self):
        self.demarche.stage = "retrait"
        self._book()
        self.assertFalse(self.env["mairie.rdv.ants.envoi"].search([]))

    def test_failure_is_tried_again_later_and_at_last_given_up(self):
        self.base.down = True
        self._book()
        envoi = self._sync()
        self.assertEqual((envoi.state, envoi.tries), ("queued", 1))
        self.assertEqual(envoi.next_try, NOW + timedelta(seconds=60))
        self.assertFalse(self._sync(), "not before its time")
        for _index in range(19):
            envoi._sync_or_postpone()
        self.assertEqual(envoi.state, "failed")
        self.base.down = False
        envoi.action_retry()
        self._sync()
        self.assertEqual(envoi.state, "done")

    def test_wrong_token_is_seen_on_the_screen_of_control(self):
        self.compte.new_token = "autre"
        self._book()
        envoi = self._sync()
        self.assertEqual(envoi.state, "queued")
        calls = self.env["mairie.rdv.ants.appel"].search([("direction", "=", "out")])
        self.assertEqual(calls[:1].status, 401)
        self.assertNotIn(NUMBER, str(calls.read()))

    # -- checking ------------------------------------------------------------------

    def _check(self, number=NUMBER):
        return self.env["mairie.rdv.ants"]._check_application_id([number])[number]

    def test_each_state_has_its_verdict(self):
        for status, blocks in (
            ("validated", False),
            ("consumed", True),
            ("declared", True),
            ("expired", True),
            ("unknown", True),
        ):
            self.base.statuses[NUMBER] = status
            check = self._check()
            self.assertEqual((check["status"], check["blocks"]), (status, blocks))
            self.assertTrue(check["sentence"])

    def test_booked_elsewhere_is_asked_not_refused(self):
        self.base.appointments[NUMBER] = [
            {
                "meeting_point": "Saumur",
                "meeting_point_id": "x",
                "appointment_date": "2026-06-01 09:00:00",
                "management_url": "javascript:alert(1)",
            }
        ]
        check = self._check()
        self.assertEqual((check["status"], check["asks"]), ("elsewhere", True))
        self.assertIn("Saumur", check["sentence"])
        self.assertEqual(check["elsewhere"], [{"place": "Saumur", "url": ""}])

    def test_silence_is_accepted_or_refused_as_the_town_says(self):
        self.base.down = True
        self.assertEqual(self._check()["status"], "later")
        self.assertFalse(self._check()["blocks"])
        self.compte.if_silent = "refuse"
        self.assertTrue(self._check()["blocks"])

    def test_network_that_fails_is_silence(self):
        with patch.object(
            type(self.compte), "_send_request", side_effect=requests.ReadTimeout
        ):
            self.assertEqual(self._check()["status"], "later")

    def test_half_an_answer_is_silence_and_never_an_error(self):
        self._book()
        for body in ("", '{"AB12', "null", "[]", '"soon"', "{}",
                     f'{{"{NUMBER}": null}}', f'{{"{NUMBER}": []}}'):  # fmt: skip
            with self._answering(200, body):
                check = self._check()
                self.assertEqual((check["status"], check["blocks"]), ("later", False))
                envoi = self._sync() or self.env["mairie.rdv.ants.envoi"].search([])
                self.assertEqual(envoi.state, "queued", body)
        for body in (f'{{"{NUMBER}": {{}}}}', f'{{"{NUMBER}": {{"status": ["x"]}}}}'):
            with self._answering(200, body):
                self.assertEqual(self._check()["status"], "unknown")
        strange = f'{{"{NUMBER}": {{"status": "validated", "appointments": ["x", 1]}}}}'
        with self._answering(200, strange):
            self.assertEqual(self._check()["status"], "validated")

    def test_words_of_an_error_are_kept_without_the_number(self):
        with self._answering(400, f"application {NUMBER} is not well formed"):
            self._check()
        calls = self.env["mairie.rdv.ants.appel"].search([], limit=1, order="id desc")
        self.assertEqual(calls.problem, "application *** is not well formed")

    def _answering(self, status, body):
        """The central base answers these bytes, whatever it is asked."""
        answer = requests.Response()
        answer.status_code, answer._content = status, body.encode()
        return patch.object(type(self.compte), "_send_request", lambda *_args: answer)

    def test_town_that_is_not_connected_blocks_nobody(self):
        self.compte.site = "off"
        self.assertEqual(self._check()["status"], False)
        self.assertFalse(self._check()["blocks"])
        self.assertFalse(self.base.calls)

    def test_numbers_left_are_checked_again(self):
        self.compte.site = "off"
        rdv = self._book()
        self.compte.site = "test"
        self.assertIn(rdv.personne_ids, self.compte._get_to_recheck())
        self.env["mairie.rdv.ants"]._cron_recheck()
        self.assertEqual(rdv.personne_ids.ants_status, "validated")
        self.assertNotIn(rdv.personne_ids, self.compte._get_to_recheck())

    def test_agent_reads_the_verdict_and_nobody_else_asks(self):
        agent = self._new_user("t_rdv", "mairie_rdv.group_agent")
        ants = self.env["mairie.rdv.ants"]
        self.base.statuses[NUMBER] = "expired"
        self.assertEqual(
            ants.with_user(agent).check_application("ab12 cd34 ef")["status"], "expired"
        )
        reception = self._new_user("t_accueil", "mairie_rdv.group_accueil")
        with self.assertRaises(AccessError):
            ants.with_user(reception).check_application(NUMBER)

    def test_agent_goes_on_without_any_number(self):
        rdv = self._create_rdv("09:00")
        self.assertEqual(rdv.state, "confirmed")
        self.assertEqual(rdv._get_application_summary()["role"], "todo")

    def test_test_button_has_a_written_verdict(self):
        self.assertEqual(self.compte.action_test()["params"]["type"], "success")
        self.base.down = True
        self.assertEqual(self.compte.action_test()["params"]["type"], "warning")
        with freeze_time(NOW + timedelta(hours=1)):
            self.assertLess(self.compte.last_success, Datetime.now())
