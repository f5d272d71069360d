"""Telephones are told in the working hours of each one; reports of the field."""

from datetime import datetime
from unittest.mock import patch

from odoo import fields
from odoo.addons.mail.tools.web_push import DeviceUnreachableError
from odoo.addons.mairie_base.tests.common import MairieHttpCase
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import PIXEL, SocialCase, SocialMixin

FRIDAY_EVENING = "2026-12-11 18:30:00"  # 19:30 in Paris
MONDAY = datetime(2026, 12, 14, 7, 0)  # 8:00 in Paris
PUSH = "odoo.addons.mail.models.mail_push"


class PushMixin(SocialMixin):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendar = cls.env["resource.calendar"].create(
            {"name": "Bureau", "tz": "Europe/Paris", "company_id": cls.commune.id}
        )
        staff = (cls.karim | cls.lea).employee_ids.sudo()
        staff.write({"resource_calendar_id": calendar.id, "tz": "Europe/Paris"})
        for user in cls.karim | cls.lea | cls.rose:
            cls._add_device(user)
        cls.Job = cls.env["mairie.social.push.job"]

    @classmethod
    def _add_device(cls, user):
        return cls.env["mail.push.device"].create(
            {
                "partner_id": user.partner_id.id,
                "endpoint": f"https://push.example/{user.login}",
                "keys": "{}",
            }
        )

    def _publish(self, **vals):
        audience = self._audience("all")
        post = self._create_post(
            audience, state="draft", published_at=False, **vals
        ).sudo()
        post._publish()
        return post

    def _jobs(self, post):
        jobs = self.Job.search([("post_id", "=", post.id)])
        return {job.user_id: job for job in jobs}


@tagged("post_install", "-at_install")
class TestPush(PushMixin, SocialCase):
    def test_author_is_told_who_will_be_told_and_not_before_when(self):
        audience = self._audience("agents")
        Post = self.Post.with_user(self.communication)
        with freeze_time(FRIDAY_EVENING):
            told = Post.foresee_push(audience.ids)
        self.assertEqual(told, {"by_push": 2, "later": 2, "first": MONDAY})
        with freeze_time("2026-12-14 09:00:00"):
            told = Post.foresee_push(audience.ids)
        self.assertEqual(told, {"by_push": 2, "later": 0, "first": False})
        nobody = self.Post.with_user(self.karim).foresee_push(audience.ids)
        self.assertFalse(nobody["by_push"], "he may not write to them")

    @freeze_time(FRIDAY_EVENING)
    def test_friday_evening_waits_for_monday(self):
        post = self._publish()
        jobs = self._jobs(post)
        self.assertEqual(set(jobs), {self.karim, self.lea, self.rose})
        self.assertEqual(jobs[self.karim].not_before, MONDAY)
        self.Job._send_due()
        pushed = self.env["mail.push"].search([]).mail_push_device_id.partner_id
        self.assertFalse(pushed & (self.karim | self.lea).partner_id)
        with freeze_time("2026-12-14 07:01:00"):
            self.Job._send_due()
            self.Job._send_due()
        pushed = self.env["mail.push"].search([]).mapped("mail_push_device_id")
        self.assertEqual(len(pushed), len(self.env["mail.push"].search([])))
        self.assertEqual(
            pushed.partner_id, (self.karim | self.lea | self.rose).partner_id
        )

    @freeze_time(FRIDAY_EVENING)
    def test_leave_decided_in_between_counts(self):
        post = self._publish()
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Congés",
                "resource_id": self.karim.employee_ids.sudo().resource_id.id,
                "date_from": "2026-12-13 23:00:00",
                "date_to": "2026-12-16 22:59:00",
            }
        )
        with freeze_time("2026-12-14 07:01:00"):
            self.Job._send_due()
        job = self._jobs(post)[self.karim]
        self.assertEqual(job.state, "waiting")
        self.assertEqual(job.not_before, datetime(2026, 12, 17, 7, 0))

    @freeze_time("2026-12-11 10:00:00")
    def test_words_on_the_screen_of_a_telephone(self):
        note = self._publish(kind="hr_note", name="Congés de Karim B.")
        self.assertNotIn("Karim", str(note._prepare_push_payload()))
        self.Job._send_due()
        self.assertEqual(self._jobs(note)[self.karim].state, "sent")

    def test_whoever_asks_is_written_what_was_missed_in_their_hours(self):
        self.lea.write({"email": "lea@example.com", "mairie_digest": "day"})
        with freeze_time(FRIDAY_EVENING):
            self._publish(name="Marché déplacé")
            self._publish(kind="hr_note", name="Congés de Karim B.")
            self.assertFalse(self._digest(self.lea), "not outside her hours")
        with freeze_time("2026-12-14 07:01:00"):
            (mail,) = self._digest(self.lea)
            self.assertIn("Marché déplacé", mail.body_html)
            self.assertNotIn("Karim", mail.body_html)
        with freeze_time("2026-12-14 10:01:00"):
            self._publish(name="Grue en place")
            self.assertFalse(self._digest(self.lea), "once a day")
        with freeze_time("2026-12-14 14:00:00"):
            self.Post.with_user(self.lea).get_home()
        with freeze_time("2026-12-15 08:01:00"):
            self.assertFalse(self._digest(self.lea), "she has seen it")
            self.assertFalse(self._digest(self.karim), "he did not ask")

    def _digest(self, user):
        """:return: the e-mails that the hour brings to ``user``"""
        mails = self.env["mail.mail"].sudo()
        known = mails.search([])
        self.env["res.users"]._send_digests()
        sent = mails.search([]) - known
        return sent.filtered(lambda mail: user.partner_id in mail.recipient_ids)

    @freeze_time(FRIDAY_EVENING)
    def test_withdrawn_post_is_told_to_nobody(self):
        post = self._publish()
        post.action_withdraw()
        with freeze_time("2026-12-14 07:01:00"):
            self.Job._send_due()
        self.assertFalse(
            [job for job in self._jobs(post).values() if job.state != "dropped"]
        )

    @freeze_time("2026-12-11 10:00:00")
    def test_a_wave_of_415_devices_is_nine_batches_that_no_failure_stops(self):
        endpoints = [f"https://push.example/{index}" for index in range(412)]
        partner = self.karim.partner_id
        self.env["mail.push.device"].create(
            [
                {"partner_id": partner.id, "endpoint": url, "keys": "{}"}
                for url in endpoints
            ]
        )
        self.env["mail.push"].search([]).unlink()
        self._publish()
        self.Job._send_due()
        self.assertEqual(self.env["mail.push"].search_count([]), 415)
        self._set_keys()
        gone, failing, told = set(endpoints[:3]), set(endpoints[3:13]), []

        def push(device, **_rest):
            told.append(device["endpoint"])
            if device["endpoint"] in gone:
                raise DeviceUnreachableError("410")
            if device["endpoint"] in failing:
                raise ValueError("refused")

        batches = 0
        with patch(f"{PUSH}.push_to_end_point", push), mute_logger(PUSH):
            while self.env["mail.push"].search_count([]):
                self.env["mail.push"]._push_notification_to_endpoint()
                batches += 1
        self.assertEqual(batches, 9)
        self.assertEqual((len(told), len(set(told))), (415, 415))
        left = partner.user_ids.partner_id.ids
        kept = self.env["mail.push.device"].search([("partner_id", "in", left)])
        self.assertFalse(gone & set(kept.mapped("endpoint")))
        self.assertTrue(failing <= set(kept.mapped("endpoint")))

    def _set_keys(self):
        parameters = self.env["ir.config_parameter"]
        for name in ("private", "public"):
            parameters.set_param(f"mail.web_push_vapid_{name}_key", "essai")

    def _call_in(self, user, start, end):
        return self.env["mairie.social.duty"].create(
            {"user_id": user.id, "start": start, "end": end}
        )

    def _publish_urgent(self, **vals):
        return self._publish(is_urgent=True, urgent_reason="La Loire monte", **vals)

    @freeze_time(FRIDAY_EVENING)
    def test_urgent_reaches_at_once_those_on_call_and_only_them(self):
        self._call_in(self.karim, "2026-12-11 16:00:00", "2026-12-14 06:00:00")
        jobs = self._jobs(self._publish_urgent())
        self.assertEqual(jobs[self.karim].not_before, fields.Datetime.now())
        self.assertEqual(jobs[self.lea].not_before, MONDAY)
        self.Job._send_due()
        self.assertEqual(jobs[self.karim].state, "sent")
        self.assertEqual(jobs[self.lea].state, "waiting")

    @freeze_time(FRIDAY_EVENING)
    def test_urgent_waits_for_the_duty_that_begins_before_the_working_day(self):
        self._call_in(self.lea, "2026-12-12 07:00:00", "2026-12-13 07:00:00")
        jobs = self._jobs(self._publish_urgent())
        self.assertEqual(jobs[self.lea].not_before, datetime(2026, 12, 12, 7, 0))

    @freeze_time(FRIDAY_EVENING)
    def test_ordinary_post_lets_those_on_call_sleep(self):
        self._call_in(self.karim, "2026-12-11 16:00:00", "2026-12-14 06:00:00")
        self.assertEqual(self._jobs(self._publish())[self.karim].not_before, MONDAY)

    def test_urgent_is_logged_with_its_reason(self):
        post = self._publish_urgent()
        log = self.env["mairie.social.moderation.log"].search(
            [("post_ref", "=", post.id)]
        )
        self.assertEqual((log.action, log.reason), ("urgent", "La Loire monte"))

    def test_only_communication_and_hr_call_a_post_urgent(self):
        service = self._audience("service", department_id=self.voirie.id)
        draft = self._create_draft(self.contributor, service)
        with self.assertRaises(AccessError):
            draft.write({"is_urgent": True})
        mine = self._create_draft(self.communication, self._audience("all"))
        mine.write({"is_urgent": True})
        with self.assertRaises(ValidationError):
            mine.action_publish()

    def test_only_hr_and_the_manager_keep_the_list_of_duty(self):
        duty = self._call_in(self.karim, "2026-12-11 16:00:00", "2026-12-14 06:00:00")
        self.assertEqual(duty.with_user(self.rose).user_id, self.karim)
        with self.assertRaises(AccessError):
            duty.with_user(self.karim).unlink()
        duty.with_user(self.hr).unlink()

    @freeze_time(FRIDAY_EVENING)
    def test_hours_of_the_town_for_whoever_has_no_timetable(self):
        self.assertEqual(
            self._jobs(self._publish())[self.rose].not_before, fields.Datetime.now()
        )
        self.commune.mairie_social_day_to = 19.0
        self.assertEqual(
            self._jobs(self._publish())[self.rose].not_before,
            datetime(2026, 12, 12, 7, 0),
        )

    @freeze_time(FRIDAY_EVENING)
    def test_message_of_a_colleague_does_not_ring_at_night(self):
        awake = self.Job._filter_awake((self.karim | self.rose).partner_id)
        self.assertEqual(awake, self.rose.partner_id)


@tagged("post_install", "-at_install")
class TestSharedTablet(PushMixin, MairieHttpCase):
    def test_signing_out_takes_the_device_off(self):
        self.karim.password = "le bac passe sur la Loire"
        self.authenticate("karim", "le bac passe sur la Loire")
        vapid = self.env["mail.push.device"].get_web_push_vapid_public_key()
        endpoint = "https://push.example/tablette"
        self.make_jsonrpc_request(
            "/web/dataset/call_kw/mail.push.device/register_devices",
            {
                "model": "mail.push.device",
                "method": "register_devices",
                "args": [],
                "kwargs": {
                    "endpoint": endpoint,
                    "keys": {"p256dh": "a", "auth": "b"},
                    "vapid_public_key": vapid,
                },
            },
        )
        device = [("endpoint", "=", endpoint)]
        self.assertTrue(self.env["mail.push.device"].search(device))
        self.url_open("/web/session/logout")
        self.assertFalse(self.env["mail.push.device"].search(device))

    def test_kiosk_is_remembered_by_the_tablet(self):
        page = self.assertPublicPage(self.url_open("/borne"))
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        self.url_open("/borne", {"csrf_token": token, "shared": "1"})
        self.assertIn("mairie_kiosk", self.opener.cookies)
        self.authenticate("admin", "admin")
        self.opener.cookies["mairie_kiosk"] = "1"
        self.assertIn('"mairie_kiosk_seconds": 120', self.url_open("/odoo").text)

    def test_installed_it_bears_the_name_of_the_town(self):
        manifest = self.url_open("/web/manifest.webmanifest").json()
        self.assertEqual(manifest["name"], self.commune.name)
        self.assertEqual(manifest["theme_color"], "#1f4e79")

    def test_offline_page_shows_the_last_posts(self):
        self.assertIn("mairie_offline_posts", self.url_open("/odoo/offline").text)


@tagged("post_install", "-at_install")
class TestFieldReport(SocialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mairie.social.field.route"].search([]).unlink()
        cls.env["mairie.social.field.route"].create(
            {"kind": "road", "department_id": cls.voirie.id}
        )
        cls.Report = cls.env["mairie.social.field.report"]

    @freeze_time("2026-12-11 10:00:00")
    def test_sent_twice_it_counts_once_and_goes_to_its_service(self):
        vals = {
            "kind": "road",
            "words": "Dalle",
            "key": "k-1",
            "photo": PIXEL.decode(),
        }
        mine = self.Report.with_user(self.lea)
        first, second = mine.send(vals), mine.send(vals)
        self.assertEqual(first, second)
        report = self.Report.browse(first["id"])
        self.assertEqual(report.department_id, self.voirie)
        self.assertEqual(report.user_id, self.lea)
        self.assertEqual(str(report.due_on), "2026-12-16")
        with self.assertRaises(AccessError):
            self.Report.with_user(self.karim).send(vals)

    def test_service_answers_and_nobody_else(self):
        report = self.Report.browse(
            self.Report.with_user(self.lea).send({"kind": "road", "words": "Trou"})[
                "id"
            ]
        )
        self.assertFalse(
            self.Report.with_user(self.rose).search([("id", "=", report.id)])
        )
        with self.assertRaises(AccessError):
            report.with_user(self.lea).action_done()
        mine = report.with_user(self.karim)
        mine.action_take()
        mine.answer = "Rebouché"
        mine.action_done()
        told = self.env["mail.notification"].search(
            [("res_partner_id", "=", self.lea.partner_id.id)]
        )
        self.assertIn("Rebouché", str(told.mail_message_id.mapped("body")))


@tagged("post_install", "-at_install")
class TestFieldPage(SocialMixin, MairieHttpCase):
    def test_page_and_plain_form(self):
        self.karim.password = "le bac passe sur la Loire"
        self.assertIn("/web/login", self.url_open("/signaler").url)
        self.authenticate("karim", "le bac passe sur la Loire")
        page = self.assertPublicPage(self.url_open("/signaler"))
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        data = {"csrf_token": token, "kind": "waste", "words": "Dépôt sauvage"}
        self.assertPublicPage(self.url_open("/signaler", data))
        found = self.env["mairie.social.field.report"].search(
            [("words", "=", "Dépôt sauvage")]
        )
        self.assertEqual(found.user_id, self.karim)
        worker = self.url_open("/signaler/ouvrier.js")
        self.assertIn("field.js", worker.text)
        self.assertEqual(worker.headers["Service-Worker-Allowed"], "/signaler")
        self.assertEqual(worker.headers["Cache-Control"], "no-cache")
