"""Review, report, decide, tell why, ask again; and a log that stays."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SocialCase


@tagged("post_install", "-at_install")
class TestModeration(SocialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Log = cls.env["mairie.social.moderation.log"]
        cls.Report = cls.env["mairie.social.report"]
        cls.agents = cls._audience("agents")
        cls.voirie_audience = cls._audience("service", department_id=cls.voirie.id)
        cls.post = cls._create_post(cls.agents, author=cls.contributor)

    def _actions(self, post=None):
        domain = [("post_ref", "=", (post or self.post).id)]
        return self.Log.search(domain, order="id").mapped("action")

    def _told(self, user):
        return self.env["mail.notification"].search_count(
            [("res_partner_id", "=", user.partner_id.id)]
        )

    def test_three_people_hide_a_post_and_its_author_is_told(self):
        for user in (self.karim, self.lea):
            self.post.with_user(user).report("hurtful", "Regardez")
            self.assertFalse(self.post.is_hidden)
        self.post.with_user(self.hr).report("wrong")
        self.assertTrue(self.post.is_hidden)
        self.assertFalse(self.post.with_user(self.karim).has_access("read"))
        self.assertEqual(self._told(self.contributor), 1)
        card = self.post.with_user(self.contributor).get_card()
        self.assertTrue(card["hidden_reason"])
        self.assertEqual(self._actions(), ["report"] * 3 + ["auto_hide"])

    def test_same_person_counts_once_and_nobody_reports_himself(self):
        self.post.with_user(self.karim).report("other")
        with self.assertRaises(UserError):
            self.post.with_user(self.karim).report("other")
        with self.assertRaises(UserError):
            self.post.with_user(self.contributor).report("other")
        with self.assertRaises(AccessError):
            self.post.with_user(self.rose).report("other")

    def test_moderator_hides_with_a_reason_the_author_asks_again(self):
        self.post.with_user(self.karim).report("private")
        report = self.Report.with_user(self.communication).search(
            [("post_id", "=", self.post.id)]
        )
        report.decision_note = "Un numéro personnel y figure."
        report.action_hide()
        self.assertEqual(report.state, "hidden")
        self.assertEqual(self.post.hidden_reason, "Un numéro personnel y figure.")
        mine = self.post.with_user(self.contributor)
        mine.appeal("Je l'ai retiré")
        with self.assertRaises(UserError):
            mine.appeal("Encore")
        again = self.Report.with_user(self.communication).search(
            [("post_id", "=", self.post.id), ("state", "=", "open")]
        )
        self.assertEqual(again.reason, "appeal")
        again.action_keep()
        self.assertTrue(self.post.with_user(self.karim).has_access("read"))
        self.assertEqual(self._actions(), ["report", "hide", "appeal", "keep"])

    def test_third_button_closes_the_comments(self):
        self.post.with_user(self.karim).report("other")
        report = self.Report.with_user(self.communication).search(
            [("post_id", "=", self.post.id)]
        )
        report.action_close_comments()
        self.assertEqual(self.post.comment_policy, "closed")
        self.assertFalse(self.post.is_hidden)

    def test_hidden_comment_is_found_by_no_door(self):
        comment = self.post.with_user(self.karim).add_comment("Zut alors")["comment"]
        message = self.env["mail.message"].browse(comment["id"])
        self.post.with_user(self.lea).report("hurtful", "", message.id)
        report = self.Report.with_user(self.communication).search(
            [("message_id", "=", message.id)]
        )
        self.assertIn("Zut alors", report.target)
        report.action_hide()
        self.assertFalse(self.post.with_user(self.lea).get_comments()["comments"])
        self.assertFalse(
            self.env["mail.message"]
            .with_user(self.lea)
            .search([("id", "=", message.id)])
        )
        self.assertEqual(self._told(self.karim), 1)
        report.action_keep()
        self.assertTrue(self.post.with_user(self.lea).get_comments()["comments"])

    def test_reports_are_for_their_moderators(self):
        note = self._create_post(self.agents, author=self.hr, kind="hr_note")
        note.with_user(self.karim).report("wrong")
        self.assertFalse(
            self.Report.with_user(self.communication).search(
                [("post_id", "=", note.id)]
            )
        )
        self.assertTrue(
            self.Report.with_user(self.hr).search([("post_id", "=", note.id)])
        )
        for user in (self.karim, self.contributor, self.manager):
            self.assertFalse(self.Report.with_user(user).search([]))

    def test_what_is_reported_in_a_group_goes_to_its_moderators_alone(self):
        Group = self.env["mairie.social.group"].with_user(self.karim)
        group = Group.create({"name": "Cercle", "privacy": "secret"})
        self.env["mairie.social.group.member"].create(
            {"group_id": group.id, "user_id": self.lea.id}
        )
        posts = self.Post.with_user(self.karim)
        post = posts._write_for_group(group, "Salut", "Zut")
        post._publish()
        post = post.with_user(self.lea)
        post.report("hurtful")
        told = self.env["mail.message"].search([("body", "ilike", "Cercle")])
        self.assertEqual(told.partner_ids, self.karim.partner_id)
        found = self.Report.with_user(self.communication).search([])
        self.assertNotIn(post, found.sudo().post_id)
        self.assertEqual(
            (group.report_count, group.with_user(self.lea).report_count), (1, 0)
        )
        with self.assertRaises(AccessError):
            group.with_user(self.lea).action_open_reports()
        action = group.action_open_reports()
        report = self.Report.with_user(self.karim).search(action["domain"])
        report.action_hide()
        self.assertEqual((report.state, post.sudo().is_hidden), ("hidden", True))
        report.action_keep()
        self.assertFalse(post.sudo().is_hidden)

    def test_log_is_changed_by_nobody(self):
        self.post.with_user(self.karim).report("other")
        line = self.Log.search([("post_ref", "=", self.post.id)])
        for record in (line, line.sudo(), line.with_user(self.communication)):
            with self.assertRaises(UserError):
                record.write({"reason": "Rien"})
            with self.assertRaises(UserError):
                record.unlink()
        for statement in ("UPDATE %s SET reason = ''", "DELETE FROM %s", "TRUNCATE %s"):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(Exception, "ne se modifie pas"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement % line._table)

    def test_where_a_review_is_asked_nobody_publishes_alone(self):
        self.commune.mairie_social_review = True
        draft = self._create_draft(self.contributor, self.voirie_audience)
        self.assertTrue(draft.get_composer(draft.id)["needs_review"])
        with self.assertRaisesRegex(UserError, "reviewed first"):
            draft.action_publish()
        with self.assertRaisesRegex(UserError, "reviewed first"):
            draft.action_schedule("2035-01-08 08:00")
        draft.action_submit()
        self.assertFalse(draft.with_user(self.karim).has_access("read"))
        reviewer = draft.with_user(self.communication)
        self.assertEqual(reviewer.status, "review")
        with self.assertRaises(AccessError):
            draft.action_approve()
        reviewer.action_approve()
        self.assertEqual(draft.state, "published")
        own = self._create_draft(self.communication, self.agents)
        own.action_publish()
        self.assertEqual(own.state, "published")

    def test_approved_for_later_is_scheduled(self):
        draft = self._create_draft(self.contributor, self.voirie_audience)
        draft.action_submit("2035-01-08 08:00")
        draft.with_user(self.communication).action_approve()
        self.assertEqual(draft.state, "scheduled")
        self.assertEqual(str(draft.publish_at), "2035-01-08 07:00:00")

    def test_refusal_is_explained_and_the_draft_comes_back(self):
        draft = self._create_draft(self.contributor, self.voirie_audience)
        draft.action_submit()
        reviewer = draft.with_user(self.communication)
        with self.assertRaisesRegex(UserError, "Say what is to change"):
            reviewer.action_send_back(" ")
        reviewer.action_send_back("Ajoutez la date.")
        self.assertEqual(draft.state, "draft")
        self.assertEqual(draft.get_card()["review_note"], "Ajoutez la date.")
        self.assertEqual(self._told(self.contributor), 1)

    def test_dragged_in_the_calendar_and_back(self):
        draft = self._create_draft(self.contributor, self.voirie_audience)
        draft.action_schedule("2035-01-08 08:00")
        before = fields.Datetime.to_string(draft.publish_at)
        draft.action_reschedule("2035-01-11 07:00:00")
        self.assertEqual(str(draft.calendar_at), "2035-01-11 07:00:00")
        draft.action_reschedule(before)
        self.assertEqual(str(draft.publish_at), before)
        with self.assertRaises(UserError):
            draft.action_reschedule("2020-01-11 07:00:00")
        with self.assertRaises(AccessError):
            draft.with_user(self.karim).action_reschedule("2035-01-11 07:00:00")
        with self.assertRaises(UserError):
            self.post.with_user(self.contributor).action_reschedule(
                "2035-01-11 07:00:00"
            )

    def test_pinned_until_a_day(self):
        post = self.post.with_user(self.communication)
        post.action_pin("2035-01-08 08:00")
        self.assertEqual(str(self.post.pinned_until), "2035-01-08 07:00:00")
        with self.assertRaises(AccessError):
            self.post.with_user(self.contributor).action_pin("2035-01-08 08:00")
        self.post.sudo().pinned_until = fields.Datetime.now() - timedelta(minutes=1)
        pinned = [card["id"] for card in self.Post.with_user(self.karim).get_pinned()]
        self.assertNotIn(self.post.id, pinned)
