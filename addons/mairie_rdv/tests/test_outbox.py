"""Each message leaves once, when it should, in 160 signs, and says little."""

import contextlib
import json
import threading
from collections import Counter
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest.mock import patch

from odoo.addons.base.models.ir_mail_server import MailDeliveryException
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..exceptions import SmsUnsure
from ..lib.sms import ovh_signature, sms_length, to_gsm
from ..models.mairie_rdv_message import EVENTS
from .common import NOW, RdvCase

PHONE = "+33639980001"
ENVOI = "odoo.addons.mairie_rdv.models.mairie_rdv_envoi"
OUTBOX = "odoo.addons.mairie_rdv.models.mairie_rdv_outbox"


class OutboxCase(RdvCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["mairie.rdv.envoi"].search([]).unlink()
        # A test may not commit; what is committed when is told by the states.
        crons = type(self.env["ir.cron"])
        self.startPatcher(patch.object(crons, "_commit_progress", return_value=1.0))
        self.company = self.lieu.company_id
        self.company.mairie_rdv_sms_provider = "log"
        self.demarche.name = "Aide sociale"
        self.rdv = self._create_rdv(email="lea@exemple.fr", phone=PHONE, lang="fr_FR")
        self.rdv.sms_ok = True

    def _sms(self):
        return self.rdv.envoi_ids.filtered(lambda envoi: envoi.channel == "sms")


@tagged("post_install", "-at_install")
class TestOutbox(OutboxCase):
    # -- words ---------------------------------------------------------------------

    def test_no_message_tells_who_comes_or_for_what(self):
        self.lieu.name = "Mairie annexe de la Chaussée des Prés"
        messages = self.env["mairie.rdv.message"]
        for event, _label in EVENTS:
            words = messages._get_words(self.company, event, "fr_FR")
            subject = self.rdv._prepare_mail_vals(event, words)["subject"]
            text = self.rdv._get_sms_text(event, words)
            for said in (subject, text, self.rdv._get_manage_url()):
                for secret in ("Martin", "Léa", "Lea", "Aide sociale", PHONE[3:]):
                    self.assertNotIn(secret, said, event)
            self.assertLessEqual(sms_length(text), 160, text)
            self.assertEqual(to_gsm(text), text)
            self.assertTrue(
                text.endswith(self.rdv.access_token) or "/rdv" in text, text
            )

    def test_calendar_file_tells_neither(self):
        text = self.env["mairie.rdv"]._get_calendar_file(self.rdv.access_token)
        self.assertIn("SEQUENCE:0", text)
        for secret in ("Martin", "Aide sociale"):
            self.assertNotIn(secret, text)

    def test_town_hall_writes_its_own_words_and_goes_back(self):
        messages = self.env["mairie.rdv.message"].with_context(lang="fr_FR")
        domain = messages.action_open_messages()["domain"]
        mine = messages.search(domain)
        self.assertEqual(len(mine), len(EVENTS))
        confirmed = mine.filtered(lambda message: message.event == "confirmed")
        confirmed.subject = "Venez {jour}"
        self.assertTrue(confirmed.is_changed)
        self.rdv._notify("confirmed")
        self.rdv.envoi_ids._send_all_due()
        mail = self.rdv.envoi_ids.sudo().mail_id
        self.assertEqual(mail.subject, "Venez lundi 1er juin")
        confirmed.action_reset()
        self.assertFalse(confirmed.is_changed)

    def test_a_name_cannot_be_written_into_a_subject(self):
        messages = self.env["mairie.rdv.message"].with_context(lang="fr_FR")
        message = messages.search(messages.action_open_messages()["domain"])[0]
        for vals in (
            {"subject": "{nom}"},
            {"sms": "{pieces}"},
            {"body": "[x](ailleurs)"},
        ):
            with self.assertRaises(ValidationError):
                message.write(vals)

    def test_message_that_is_switched_off_does_not_leave(self):
        messages = self.env["mairie.rdv.message"].with_context(lang="fr_FR")
        mine = messages.search(messages.action_open_messages()["domain"])
        mine.is_active = False
        self.rdv._notify("confirmed")
        self.rdv.envoi_ids._send_all_due()
        self.assertEqual(set(self.rdv.envoi_ids.mapped("state")), {"skipped"})
        self.assertIn("coupé", self.rdv.envoi_ids[0].error)

    def test_message_that_came_too_late_says_why_it_was_not_sent(self):
        self.rdv._notify("confirmed")
        self.rdv.sudo().state = "cancelled_usager"
        self.rdv.envoi_ids._send_all_due()
        self.assertIn("annulé", self.rdv.envoi_ids[0].error)

    def test_text_twin_has_a_line_for_each_piece_and_the_subject_its_spaces(self):
        self.demarche.is_sensitive = False
        self.demarche.pieces = "<ul><li>une photo</li><li>un justificatif</li></ul>"
        self.rdv._notify("confirmed")
        mails = self.rdv.envoi_ids.filtered(lambda envoi: envoi.channel == "email")
        mails._send_all_due()
        mail = mails.sudo().mail_id
        mail.subject = "Une place plus tôt : lundi 14 décembre à 14\u00a0h"
        message = self.env["ir.mail_server"]._build_email__(
            "a@ex.fr", ["b@ex.fr"], mail.subject, mail.body_html, subtype="html"
        )
        received = message_from_bytes(message.as_bytes(), policy=policy.default)
        self.assertEqual(received["Subject"], mail.subject)
        text = received.get_body(("plain",)).get_content()
        lines = [line.strip() for line in text.splitlines()]
        self.assertIn("une photo", lines)
        self.assertIn("un justificatif", lines)

    # -- once --------------------------------------------------------------------------

    def test_mail_that_the_server_refuses_is_tried_again_and_leaves_once(self):
        self.rdv.sms_ok = False
        self.rdv._notify("confirmed")
        envoi = self.rdv.envoi_ids
        envoi._send_all_due()
        mail = envoi.sudo().mail_id
        mail.state = "exception"
        envoi._follow_mails()
        self.assertEqual(
            (mail.state, envoi.state, envoi.tries), ("outgoing", "handed", 1)
        )
        mail.unlink()  # the queue deletes what has left
        envoi._follow_mails()
        self.assertEqual(envoi.state, "sent")
        envoi._send_all_due()
        self.assertFalse(envoi.sudo().mail_id)

    def test_sms_cut_short_by_a_crash_is_not_sent_again(self):
        self.rdv._notify("confirmed")
        crash = patch.object(
            type(self.company), "_send_mairie_sms", side_effect=SystemExit
        )
        with crash, contextlib.suppress(SystemExit):
            self._sms()._send_or_postpone()
        self.assertEqual(self._sms().state, "handed", "written before it left")
        with (
            self._later(minutes=11),
            patch.object(type(self.company), "_send_mairie_sms") as send,
        ):
            self.env["mairie.rdv.envoi"]._cron_send()
        send.assert_not_called()
        self.assertEqual(self._sms().state, "failed")
        self.assertTrue(self._sms().error)

    def test_operator_that_does_not_answer_is_not_asked_twice(self):
        self.rdv._notify("confirmed")
        unsure = patch.object(
            type(self.company), "_send_mairie_sms", side_effect=SmsUnsure("silence")
        )
        with unsure:
            self._sms()._send_or_postpone()
        self.assertEqual(self._sms().state, "failed")

    def test_no_sms_without_consent_nor_after_stop(self):
        self.rdv._notify("confirmed")
        self.assertTrue(self._sms())
        self.assertTrue(self.env["mairie.rdv"]._stop_sms_public(self.rdv.access_token))
        self._sms()._send_all_due()
        self.assertEqual(self._sms().state, "skipped")
        self.rdv._notify("moved", number=1)
        self.assertNotIn("moved", self._sms().mapped("kind"))

    # -- when --------------------------------------------------------------------------

    def test_reminder_leaves_two_days_before_at_the_same_hour_once(self):
        rdvs = self.env["mairie.rdv"]
        rdv = self._create_rdv(
            "09:20", day="2026-06-08", email="b@exemple.fr", confirmed_at=NOW
        )
        rdvs._cron_remind()
        self.assertNotIn("reminder", rdv.envoi_ids.mapped("kind"))
        for now in (
            "2026-06-06 07:19:00",
            "2026-06-06 07:21:00",
            "2026-06-06 07:36:00",
        ):
            with freeze_time(now):
                rdvs._cron_remind()
            kinds = rdv.envoi_ids.mapped("kind")
            self.assertEqual(kinds.count("reminder"), int(now[14:16] != "19"), now)

    def test_those_told_already_do_not_hide_the_others(self):
        values = {"email": "b@exemple.fr", "confirmed_at": NOW}
        early = self._create_rdv("09:20", day="2026-06-08", **values)
        late = self._create_rdv("09:40", day="2026-06-08", **values)
        with patch(f"{OUTBOX}.REMINDER_BATCH", 1):
            for now in ("2026-06-06 07:21:00", "2026-06-06 07:41:00"):
                with freeze_time(now):
                    self.env["mairie.rdv"]._cron_remind()
        for rdv in early | late:
            self.assertEqual(rdv.envoi_ids.mapped("kind").count("reminder"), 1)

    def test_who_did_not_come_is_told_once_and_not_when_it_was_a_mistake(self):
        self.rdv.sms_ok = False
        rdvs = self.env["mairie.rdv"]
        with freeze_time("2026-06-01 07:30:00"):
            self.rdv._move_to("no_show")
            rdvs._cron_remind()
        self.assertNotIn("missed", self.rdv.envoi_ids.mapped("kind"), "may be undone")
        with freeze_time("2026-06-01 10:00:00"):
            rdvs._cron_remind()
            rdvs._cron_remind()
            self.assertEqual(self.rdv.envoi_ids.mapped("kind").count("missed"), 1)
            self.rdv._move_to("arrived")
            self.rdv.envoi_ids._send_all_due()
        self.assertEqual(set(self.rdv.envoi_ids.mapped("state")), {"skipped"})

    def test_quiet_hours_wait_for_eight_in_the_morning(self):
        def at(text):
            return self.rdv._get_polite_time(self.lieu._read_start(text))

        read = self.lieu._read_start
        self.assertEqual(at("2026-05-29T19:59"), read("2026-05-29T19:59"))
        self.assertEqual(at("2026-05-29T20:00"), read("2026-05-30T08:00"))
        self.assertEqual(at("2026-05-30T03:00"), read("2026-05-30T08:00"))
        # The night of the change of clocks, 8:00 stays 8:00.
        self.assertEqual(at("2026-10-24T23:00"), read("2026-10-25T08:00"))


class ServerDies(BaseException):
    """Nothing catches it: what was not committed is lost."""


@tagged("post_install", "-at_install")
class TestEachOnce(OutboxCase):
    """Ten people, a server that dies while it sends, a mail server that refuses half.

    A savepoint plays the last commit. The controls lift one protection each: the same
    evening then tells somebody twice.
    """

    PEOPLE = 10

    def setUp(self):
        super().setUp()
        self.rdv.state = "cancelled_usager"
        self.demarche.duration = 5
        self.rdvs = self.rdv.browse()
        for number in range(self.PEOPLE):
            self.rdvs += self._create_rdv(
                f"09:{5 * number:02}",
                email=f"p{number}@exemple.fr",
                phone=f"+3363998{number:04}",
                sms_ok=True,
            )
        self.sms, self.mails, self.refused = Counter(), Counter(), set()

    def _take_sms(self, phone, _text):
        """The operator has it; twice the server dies before it could say so."""
        self.sms[phone] += 1
        if self.sms.total() in (3, 6):
            raise ServerDies
        return "ref"

    def _take_mail(self, message, *_args, **_kwargs):
        address = message["To"]
        if int(address[1]) % 2 and address not in self.refused:
            self.refused.add(address)
            raise MailDeliveryException("451 try again later")
        self.mails[address] += 1

    def _queue_twice(self):
        for _click in range(2):
            for rdv in self.rdvs:
                again = contextlib.suppress(IntegrityError)
                with again, mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    rdv._notify("confirmed")
                    self.env.flush_all()

    def _live_through(self, marks_first=True):
        """Run the cron until all is told, whatever dies in between."""

        def commit(_crons, processed=None, **kwargs):
            if marks_first or processed or kwargs:
                self.env.flush_all()
                self.env.cr.execute("SAVEPOINT committed")
            return 1.0

        crons, servers = type(self.env["ir.cron"]), type(self.env["ir.mail_server"])
        operator = patch.object(
            type(self.company), "_send_mairie_sms", side_effect=self._take_sms
        )
        smtp = patch.object(servers, "send_email", side_effect=self._take_mail)
        self.startPatcher(patch.object(servers, "_disable_send", return_value=False))
        self.startPatcher(patch.object(servers, "_connect__", return_value=None))
        with operator, smtp, patch.object(crons, "_commit_progress", commit):
            for run in range(8):
                with self._later(minutes=15 * run):
                    self._run_once()

    def _run_once(self):
        try:
            self.env["mairie.rdv.envoi"]._cron_send()
        except ServerDies:
            self.env.cr.execute("ROLLBACK TO SAVEPOINT committed")
            self.env.invalidate_all(flush=False)
        mails = self.rdvs.envoi_ids.sudo().mail_id
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            mails.process_email_queue(mails.ids)

    def test_each_person_is_told_exactly_once(self):
        self._queue_twice()
        self._live_through()
        self.assertEqual(len(self.refused), self.PEOPLE // 2)
        for told in (self.sms, self.mails):
            self.assertEqual(sorted(told.values()), [1] * self.PEOPLE)

    def test_without_its_mark_an_sms_cut_short_leaves_again(self):
        self._queue_twice()
        self._live_through(marks_first=False)
        self.assertIn(2, self.sms.values())

    def test_without_its_key_a_message_queued_twice_leaves_twice(self):
        self.env.cr.execute(
            "ALTER TABLE mairie_rdv_envoi DROP CONSTRAINT mairie_rdv_envoi_once"
        )
        self._queue_twice()
        self._live_through()
        self.assertIn(2, self.mails.values())


class FakeOvh(BaseHTTPRequestHandler):
    """OVHcloud's SMS service, as its documentation tells it."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        url = f"http://{self.headers['Host']}{self.path}"
        signature = ovh_signature(
            "secret",
            "consumer",
            "POST",
            url,
            body,
            int(self.headers["X-Ovh-Timestamp"]),
        )
        is_ours = (
            self.headers["X-Ovh-Signature"] == signature
            and self.headers["X-Ovh-Application"] == "key"
            and self.headers["X-Ovh-Consumer"] == "consumer"
        )
        job = json.loads(body)
        self.server.jobs.append(job)
        answer = {"ids": [26929925], "validReceivers": job["receivers"]}
        text = json.dumps({**answer, "invalidReceivers": []})
        if self.server.half == "":
            return  # the line is cut once the message is taken
        self.send_response(self.server.status if is_ours else 403)
        self.end_headers()
        self.wfile.write((self.server.half or text).encode())

    def log_message(self, *args):
        pass


@tagged("post_install", "-at_install")
class TestOvh(OutboxCase):
    def setUp(self):
        super().setUp()
        self.server = HTTPServer(("127.0.0.1", 0), FakeOvh)
        self.server.jobs, self.server.status, self.server.half = [], 200, None
        thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        thread.start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        port = self.server.server_port
        self.env["ir.config_parameter"].set_param(
            "mairie_rdv.ovh_url", f"http://127.0.0.1:{port}/1.0"
        )
        self.company.write(
            {
                "mairie_rdv_sms_provider": "ovh",
                "mairie_rdv_sms_sender": "MAIRIE",
                "mairie_rdv_ovh_service": "sms-ab12345-1",
                "mairie_rdv_ovh_app_key": "key",
                "mairie_rdv_ovh_app_secret": "secret",
                "mairie_rdv_ovh_consumer_key": "consumer",
            }
        )

    def test_signed_call_is_understood_and_noted(self):
        self.rdv._notify("confirmed")
        self._sms()._send_all_due()
        self.assertEqual(self._sms().state, "sent")
        self.assertEqual(self._sms().provider_ref, "26929925")
        (job,) = self.server.jobs
        self.assertEqual(job["receivers"], [PHONE])
        self.assertEqual((job["sender"], job["noStopClause"]), ("MAIRIE", True))

    def test_wrong_secret_is_refused_for_good_and_says_what_to_do(self):
        self.company.mairie_rdv_ovh_app_secret = "autre"
        self.rdv._notify("confirmed")
        self._sms()._send_all_due()
        self.assertEqual(self._sms().state, "failed")
        self.assertIn("403", self._sms().error)

    def test_server_in_trouble_is_asked_again_later(self):
        self.server.status = 503
        self.rdv._notify("confirmed")
        with mute_logger(ENVOI):
            self._sms()._send_all_due()
        self.assertEqual((self._sms().state, self._sms().tries), ("queued", 1))
        self.server.status = 200
        with self._later(minutes=30):
            self._sms()._send_all_due()
        self.assertEqual(self._sms().state, "sent")

    def test_half_an_answer_may_mean_that_it_left_and_is_not_sent_twice(self):
        for status, half in ((200, '{"ids": [269'), (200, "[]"), (200, "null"),
                             (200, ""), (502, "{}"), (504, "{}")):  # fmt: skip
            self.server.jobs.clear()
            self.server.status, self.server.half = status, half
            self.rdv.envoi_ids.sudo().unlink()
            self.rdv._queue_message("confirmed", number=self.rdv.move_count)
            self._sms()._send_all_due()
            with self._later(days=1):
                self._sms()._send_all_due()
            self.assertEqual(self._sms().state, "failed", (status, half))
            self.assertEqual(len(self.server.jobs), 1, (status, half))

    def test_operator_out_of_reach_is_asked_again(self):
        port = self.server.server_port
        self.server.shutdown()
        self.server.server_close()
        self.env["ir.config_parameter"].set_param(
            "mairie_rdv.ovh_url", f"http://127.0.0.1:{port}/1.0"
        )
        self.rdv._notify("confirmed")
        with mute_logger(ENVOI):
            self._sms()._send_all_due()
        self.assertEqual((self._sms().state, self._sms().tries), ("queued", 1))


@tagged("post_install", "-at_install")
class TestInvitationSent(OutboxCase):
    def setUp(self):
        super().setUp()
        self.demarche.visibility = "link"
        self.invitation = self.env["mairie.rdv.invitation"].create(
            {
                "demarche_id": self.demarche.id,
                "last_name": "Martin",
                "email": "inv@exemple.fr",
                "phone": PHONE,
                "sms_ok": True,
                "lang": "fr_FR",
            }
        )

    def _leave(self):
        self.invitation.envoi_ids._send_all_due()
        return self.invitation.envoi_ids.sorted("channel")

    def test_link_leaves_by_each_channel_and_says_not_what_for(self):
        self.assertFalse(self.invitation.new({}).can_send, "a form just opened")
        self.assertEqual(self.invitation.send_state, "none")
        self.invitation.action_send()
        self.assertEqual(self.invitation.send_state, "leaving")
        with patch(
            "odoo.addons.mairie_rdv.models.res_company.ResCompany._send_mairie_sms_log",
            return_value="ref",
        ) as sms:
            by_mail, by_sms = self._leave()
        text = sms.call_args.args[-1]
        mail = by_mail.sudo().mail_id
        self.assertEqual(mail.email_to, "inv@exemple.fr")
        self.assertEqual(by_sms.state, "sent")
        self.assertLessEqual(sms_length(text), 160)
        for said in (mail.body_html, text):
            self.assertIn(self.invitation.url, said)
            self.assertNotIn(self.demarche.name, said)
        mail.state = "sent"
        self.env["mairie.rdv.envoi"]._follow_mails()
        self.invitation.invalidate_recordset(["send_state"])
        self.assertEqual(self.invitation.send_state, "sent")

    def test_agent_finds_the_procedure_in_an_empty_form(self):
        domain = self.invitation._fields["demarche_id"]._description_domain(self.env)
        self.assertNotIn("company_id", str(domain), "it is empty until one is chosen")

    def test_link_without_an_address_or_over_does_not_leave(self):
        self.invitation.write({"email": False, "sms_ok": False})
        with self.assertRaises(UserError):
            self.invitation.action_send()
        self.invitation.email = "inv@exemple.fr"
        self.invitation.action_send()
        self.invitation.valid_until = "2026-05-01"
        envoi = self._leave()
        self.assertEqual(envoi.state, "skipped")
        self.assertFalse(self.invitation.can_send)

    def test_message_of_an_invitation_is_for_those_who_may_see_it(self):
        self.invitation.action_send()
        envois = self.invitation.envoi_ids
        agent = new_test_user(
            self.env,
            "agent-rdv",
            "mairie_rdv.group_agent",
            context={"no_reset_password": True},
        )
        self.assertFalse(envois.with_user(agent).search([("id", "in", envois.ids)]))
        self.lieu.user_ids += agent
        seen = envois.with_user(agent).search([("id", "in", envois.ids)])
        self.assertEqual(seen, envois)
        self.invitation.with_user(agent).action_send()
        self.assertEqual(len(self.invitation.envoi_ids), 4)
        self._leave()
        mails = self.invitation.envoi_ids.sudo().mail_id
        self.invitation.with_user(agent).unlink()
        self.assertFalse(mails.exists())
