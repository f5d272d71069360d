"""The internal letter: what it carries, whom it reaches, and that it leaves once."""

import io
from datetime import timedelta

from lxml import html
from odoo import Command, fields
from odoo.addons.mairie_base.tests.common import MairieHttpCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError
from pypdf import PdfReader

from .common import SocialCase, SocialMixin


class NewsletterMixin(SocialMixin):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.karim | cls.rose).partner_id.email = False
        cls.lea.email = "lea@example.com"
        cls.all_audience = cls._audience("all")
        today = fields.Date.today()
        cls.letter = (
            cls.env["mairie.social.newsletter"]
            .with_user(cls.communication)
            .create(
                {
                    "name": "La lettre de novembre",
                    "period_start": today - timedelta(days=20),
                    "period_end": today,
                    "audience_ids": [Command.set(cls.all_audience.ids)],
                }
            )
        )

    @classmethod
    def _create_month(cls):
        """Twelve posts for all; an expired one, a service's, an HR note and an old one."""
        now = fields.Datetime.now()
        dozen = [
            cls._create_post(
                cls.all_audience,
                name=f"Nouvelle {rank}",
                published_at=now - timedelta(days=1, minutes=rank),
            )
            for rank in range(12)
        ]
        voirie = cls._audience("service", department_id=cls.voirie.id)
        two_days = {"published_at": now - timedelta(days=2)}
        cls._create_post(
            cls.all_audience, expire_at=now - timedelta(hours=1), **two_days
        )
        cls.closed = cls._create_post(voirie, name="Pour la voirie", **two_days)
        cls.note = cls._create_post(
            cls._audience("agents"), author=cls.hr, kind="hr_note", **two_days
        )
        cls._create_post(cls.all_audience, published_at=now - timedelta(days=40))
        return cls.Post.union(*dozen)


@tagged("post_install", "-at_install")
class TestNewsletter(NewsletterMixin, SocialCase):
    def test_takes_the_posts_of_the_month_that_all_may_read(self):
        dozen = self._create_month()
        self.letter.action_collect()
        taken = self.letter.line_ids.post_id.filtered(
            lambda post: (
                post.company_id == self.commune
                and post.author_id in self.communication | self.hr
            )
        )
        self.assertEqual(taken, dozen.with_env(taken.env))
        count = len(self.letter.line_ids)
        self.letter.action_collect()
        self.assertEqual(len(self.letter.line_ids), count)

    def test_a_closed_post_holds_the_letter_back_until_it_is_out(self):
        dozen = self._create_month()
        self._add(self.closed | dozen[:1])
        line = self.letter.line_ids.filtered(lambda line: line.post_id == self.closed)
        self.assertEqual(line.fit, "closed")
        self.assertEqual(self.letter.misfit_count, 1)
        with self.assertRaisesRegex(UserError, "Pour la voirie"):
            self.letter.action_send()
        self.letter.action_drop_misfits()
        self.assertEqual(self.letter.line_ids.post_id, dozen[:1])

    def test_a_letter_to_one_service_may_carry_its_posts(self):
        self._create_month()
        self.letter.audience_ids = self.closed.audience_ids
        self.letter.action_collect()
        self.assertIn(self.closed, self.letter.line_ids.post_id)

    def test_a_post_withdrawn_meanwhile_does_not_leave(self):
        dozen = self._create_month()
        self._add(dozen[:2])
        dozen[0].is_hidden = True
        self.letter.invalidate_recordset()
        with self.assertRaises(UserError):
            self.letter.action_send()

    def test_words_of_a_note_one_may_not_read_are_not_drawn_in(self):
        self._create_month()
        for post in (self.note, self._create_draft(self.contributor, self.Audience)):
            with self.assertRaises(UserError):
                self._add(post)

    def test_reaches_the_feed_and_those_with_an_address(self):
        self._send()
        post = self.letter.post_id
        self.assertEqual((post.kind, post.state), ("letter", "published"))
        self.assertTrue(post.with_user(self.karim).has_access("read"))
        self.assertIn("Nouvelle 0", post.body)
        mailed = self.letter.receipt_ids.user_id
        self.assertIn(self.lea, mailed)
        self.assertFalse(mailed & (self.karim | self.rose))
        mail = self._mail_of(self.lea)
        self.assertEqual(mail.recipient_ids, self.lea.partner_id)
        self.assertIn("Nouvelle 0", mail.body_html)
        self.assertIn(f"/odoo/mairie.social.post/{post.id}", mail.body_html)
        self.assertIn("List-Unsubscribe", mail.headers)
        self.assertNotIn("bacs", mail.body_html, "the texts stay at home")

    def test_leaves_once(self):
        self._send()
        before = self.env["mail.mail"].search_count([])
        with self.assertRaises(UserError):
            self.letter.action_send()
        with self.assertRaises(UserError):
            self.letter.name = "Autre"
        with self.assertRaises(UserError):
            self.letter.line_ids[:1].summary = "Autre"
        with self.assertRaises(UserError):
            self.letter.line_ids.unlink()
        with self.assertRaises(UserError):
            self.letter.unlink()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_a_second_receipt(self):
        self._send()
        receipt = self.letter.receipt_ids[:1].sudo()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            receipt.copy()

    def test_sheet_is_a_tagged_a4_of_less_than_two_megabytes(self):
        self._send()
        file = self.letter.post_id.attachment_ids
        self.assertEqual(file.mimetype, "application/pdf")
        self.assertLess(file.file_size, 2_000_000)
        reader = PdfReader(io.BytesIO(file.raw))
        page = reader.pages[0]
        self.assertAlmostEqual(float(page.mediabox.width), 595, delta=1)
        self.assertAlmostEqual(float(page.mediabox.height), 842, delta=1)
        self.assertTrue(reader.trailer["/Root"]["/MarkInfo"]["/Marked"])
        self.assertIn("page 1", page.extract_text())

    def test_others_than_communication_see_no_letter(self):
        for user in (self.karim, self.contributor, self.hr):
            with self.assertRaises(AccessError):
                self.letter.with_user(user).read(["name"])

    def test_order_is_that_of_the_hand(self):
        dozen = self._create_month()
        self._add(dozen[:3])
        first, second, third = self.letter.line_ids
        third.sequence = -1
        self.letter.invalidate_recordset()
        body = str(self.letter.preview)
        places = [body.index(line.post_id.name) for line in (third, first, second)]
        self.assertEqual(places, sorted(places))

    def _add(self, posts):
        self.letter.line_ids = [Command.create({"post_id": post.id}) for post in posts]

    def _send(self):
        self._add(self._create_month()[:2])
        self.letter.action_send()

    def _mail_of(self, user):
        receipts = self.letter.sudo().receipt_ids
        return receipts.filtered(lambda line: line.user_id == user).mail_id


@tagged("post_install", "-at_install")
class TestFewerMails(NewsletterMixin, MairieHttpCase):
    def test_a_click_then_a_button_stop_the_e_mails(self):
        path = self.letter._get_less_url(self.lea).split("/", 3)[3]
        page = html.fromstring(self.url_open(f"/{path}").text)
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        self.lea.invalidate_recordset()
        self.assertTrue(self.lea.mairie_newsletter_mail, "a scanner changes nothing")
        self.url_open(f"/{path}/oui", data={"csrf_token": token})
        self.lea.invalidate_recordset()
        self.assertFalse(self.lea.mairie_newsletter_mail)
        self.assertNotIn(self.lea, self.letter._get_mailed_users())

    def test_a_forged_address_opens_nothing(self):
        path = self.letter._get_less_url(self.lea).split("/", 3)[3]
        for forged in (path[:-3] + "abc", "lettre-interne/moins/abc"):
            self.assertEqual(self.url_open(f"/{forged}").status_code, 404)
