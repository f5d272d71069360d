"""Publishing: rights, alt texts, schedule in local time, corrections, expiry."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import PIXEL, SocialCase


@tagged("post_install", "-at_install")
class TestPublish(SocialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.voirie_audience = cls._audience("service", department_id=cls.voirie.id)

    def test_draft_is_seen_by_its_author_alone(self):
        draft = self._create_draft(self.contributor, self.voirie_audience)
        for user in (self.karim, self.communication, self.hr, self.manager):
            self.assertFalse(draft.with_user(user).has_access("read"), user.login)
        self.assertTrue(draft.has_access("read"))

    def test_publish_tells_how_many_read(self):
        draft = self._create_draft(self.contributor, self.voirie_audience)
        count = draft.action_publish()
        self.assertEqual(count["total"], self.voirie_audience.member_count)
        self.assertEqual(count["elus"], 0)
        self.assertTrue(draft.with_user(self.karim).has_access("read"))

    def test_contributor_may_not_publish_for_everybody(self):
        draft = self._create_draft(self.contributor, self._audience("all"))
        with self.assertRaisesRegex(UserError, "You may not publish for"):
            draft.action_publish()

    def test_plain_agent_may_not_write(self):
        with self.assertRaises(AccessError):
            self._create_draft(self.karim, self.voirie_audience)
        with self.assertRaises(AccessError):
            self.Post.with_user(self.karim).get_composer()

    def test_hr_note_is_for_hr(self):
        with self.assertRaises(AccessError):
            self._create_draft(self.communication, self.voirie_audience, kind="hr_note")
        note = self._create_draft(self.hr, self._audience("agents"), kind="hr_note")
        note.action_publish()
        self.assertTrue(note.with_user(self.karim).has_access("read"))
        self.assertFalse(note.with_user(self.rose).has_access("read"))

    def test_in_the_name_of_a_foreign_service_is_refused(self):
        with self.assertRaises(AccessError):
            self._create_draft(
                self.contributor, self.voirie_audience, department_id=self.culture.id
            )

    def test_without_audience_nothing_is_published(self):
        draft = self._create_draft(self.contributor, self.Audience)
        with self.assertRaisesRegex(ValidationError, "Choose who will read"):
            draft.action_publish()

    def test_picture_without_words_blocks_decorative_is_accepted(self):
        draft = self._create_draft(self.contributor, self.voirie_audience)
        picture = draft.add_picture(PIXEL)
        with self.assertRaisesRegex(ValidationError, "Describe this picture"):
            draft.action_publish()
        draft.describe_pictures(
            [{"id": picture["id"], "alt": "", "is_decorative": True}]
        )
        draft.action_publish()
        self.assertEqual(draft.state, "published")
        draft.add_picture(PIXEL)  # while correcting: not shown before it is described
        self.assertEqual(len(draft.with_user(self.karim).get_card()["pictures"]), 1)

    def test_drawing_that_can_hold_scripts_is_refused(self):
        draft = self._create_draft(self.contributor, self.voirie_audience)
        svg = b"PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="
        with self.assertRaises(UserError):
            draft.add_picture(svg.decode())
        with self.assertRaises(UserError):
            draft.add_file("plan.svg", svg.decode())

    def test_pictures_pasted_in_the_text_are_dropped(self):
        draft = self._create_draft(
            self.contributor,
            self.voirie_audience,
            body='<p>Avant<img src="http://ailleurs.example/x.png"> après</p>'
            '<p><a href="javascript:alert(1)">lien</a></p><script>alert(1)</script>',
        )
        self.assertNotIn("<img", draft.body)
        self.assertNotIn("javascript", draft.body)
        self.assertNotIn("script", draft.body)
        self.assertIn("après", draft.body)

    def test_a_pasted_article_calls_no_other_host(self):
        """Pictures one inside another, and one after: none may stay."""
        draft = self._create_draft(
            self.contributor,
            self.voirie_audience,
            body='<picture><source srcset="https://a.example/1"><img src="b"></picture>'
            '<video><source src="c"></video><p>Fin<img src="https://a.example/2"></p>',
        )
        self.assertNotIn("a.example", draft.body)
        self.assertIn("Fin", draft.body)

    def test_a_published_text_changes_by_a_correction_only(self):
        post = self._create_post(self.voirie_audience, author=self.contributor)
        for vals in ({"name": "Autre"}, {"body": "<p>Autre</p>"}):
            with self.assertRaises(AccessError):
                post.with_user(self.contributor).write(vals)

    def test_schedule_is_in_local_time_across_both_clock_changes(self):
        for day, utc in (
            ("2027-03-27", "2027-03-27 07:00:00"),
            ("2027-03-28", "2027-03-28 06:00:00"),
            ("2027-10-30", "2027-10-30 06:00:00"),
            ("2027-10-31", "2027-10-31 07:00:00"),
        ):
            draft = self._create_draft(self.contributor, self.voirie_audience)
            with self.subTest(day=day), freeze_time("2027-01-04 09:00:00"):
                draft.action_schedule(f"{day} 08:00")
                self.assertEqual(draft.publish_at, fields.Datetime.to_datetime(utc))

    def test_due_post_is_published_once_for_its_audience(self):
        draft = self._create_draft(self.contributor, self.voirie_audience)
        with freeze_time("2027-03-20 09:00:00"):
            draft.action_schedule("2027-03-28 08:00")
        with freeze_time("2027-03-28 05:59:00"):
            self.assertNotIn(draft.sudo(), self.Post._publish_due())
            self.assertEqual(draft.state, "scheduled")
        announce = patch.object(type(self.Post), "_announce", autospec=True)
        with freeze_time("2027-03-28 06:00:00"), announce as announced:
            self.assertIn(draft.sudo(), self.Post._publish_due())
            self.Post._publish_due()
            waves = [call.args[0] for call in announced.call_args_list if call.args[0]]
            self.assertEqual(len(waves), 1)
            self.assertEqual(draft.audience_ids, self.voirie_audience)
            self.assertTrue(draft.with_user(self.karim).has_access("read"))

    def test_past_hour_is_refused(self):
        draft = self._create_draft(self.contributor, self.voirie_audience)
        with self.assertRaises(UserError):
            draft.action_schedule("2020-01-01 08:00")

    def test_expiry_needs_no_cron(self):
        post = self._create_post(self._audience("all"))
        post.expire_at = fields.Datetime.now() + timedelta(hours=1)
        self.assertTrue(post.with_user(self.karim).has_access("read"))
        with freeze_time(fields.Datetime.now() + timedelta(hours=2)):
            self.env.invalidate_all()
            self.assertFalse(post.with_user(self.karim).has_access("read"))
            self.assertFalse(
                self.Post.with_user(self.karim).search([("id", "=", post.id)])
            )
            self.assertEqual(post.status, "expired")

    def test_slip_corrected_tells_nobody_important_change_does(self):
        post = self._create_post(self.voirie_audience, author=self.contributor)
        mine = post.with_user(self.contributor)
        announce = patch.object(type(self.Post), "_announce", autospec=True)
        with announce as announced:
            mine.correct({"name": "Collecte décalée !"}, False)
            self.assertEqual((post.version, announced.call_count), (1, 0))
            mine.correct({"name": "Collecte annulée"}, True)
            self.assertEqual((post.version, announced.call_count), (2, 1))
        self.assertTrue(post.edited_at)

    def test_correction_cannot_widen_the_audience(self):
        post = self._create_post(self.voirie_audience, author=self.contributor)
        with self.assertRaises(UserError):
            post.with_user(self.contributor).correct(
                {"audience_ids": self._audience("all").ids}, False
            )

    def test_undo_brings_the_draft_back(self):
        draft = self._create_draft(self.contributor, self.voirie_audience)
        draft.action_publish()
        draft.action_withdraw()
        self.assertFalse(draft.with_user(self.karim).has_access("read"))
        self.assertEqual(draft.get_composer(draft.id)["post"]["name"], "Brouillon")

    def test_hidden_post_stays_hidden_when_its_author_publishes_again(self):
        post = self._create_post(self.voirie_audience, author=self.contributor)
        post.with_user(self.communication).action_hide()
        mine = post.with_user(self.contributor)
        mine.action_withdraw()
        mine.action_publish()
        self.assertFalse(post.with_user(self.karim).has_access("read"))
        with self.assertRaises(AccessError):
            mine.action_show()

    def test_unfinished_draft_is_found_again_but_not_one_put_aside(self):
        Post = self.Post.with_user(self.contributor)
        self.assertFalse(Post.get_composer()["post"])
        post_id = Post.save_draft(None, {"name": "Début"})
        self.assertEqual(Post.get_composer()["post"]["id"], post_id)
        Post.save_draft(post_id, {"name": "Début"}, False)
        self.assertFalse(Post.get_composer()["post"])

    def test_published_post_is_not_deleted(self):
        post = self._create_post(self.voirie_audience, author=self.contributor)
        with self.assertRaises(UserError):
            post.with_user(self.contributor).unlink()

    def test_readers_are_counted_before_publishing(self):
        self.karim.email = False
        count = self.Post.with_user(self.contributor).count_readers(
            self.voirie_audience.ids
        )
        self.assertEqual(count["total"], self.voirie_audience.member_count)
        self.assertGreaterEqual(count["without_email"], 1)
        self.assertFalse(count["is_public"])
        foreign = self._audience("elus").ids
        count = self.Post.with_user(self.contributor).count_readers(foreign)
        self.assertEqual(count["total"], 0, "audiences of others are not counted")
