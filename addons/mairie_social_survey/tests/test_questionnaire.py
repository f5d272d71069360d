"""A questionnaire in a post: joined by whoever manages it, answered by its readers."""

from odoo.addons.mairie_social.tests.common import SocialCase
from odoo.exceptions import AccessError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestQuestionnaire(SocialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        managers = cls.env.ref("survey.group_survey_user")
        cls.communication.group_ids += managers
        cls.survey = cls.env["survey.survey"].create(
            {
                "title": "Le temps de travail",
                "access_mode": "public",
                "users_login_required": True,
                "user_id": cls.communication.id,
            }
        )

    def _publish(self):
        draft = self._create_draft(
            self.communication, self._audience("agents"), survey_id=self.survey.id
        )
        draft.action_publish()
        return draft

    def _card(self, post, user):
        return post.with_user(user).get_card()["survey"]

    def test_reader_is_led_there_until_the_answer_is_in(self):
        post = self._publish()
        card = self._card(post, self.karim)
        self.assertTrue(card["url"].endswith(self.survey.get_start_url()))
        self.assertFalse(card["is_answered"])
        self.survey._create_answer(user=self.karim)._mark_done()
        self.assertTrue(self._card(post, self.karim)["is_answered"])
        self.assertFalse(self._card(post, self.lea)["is_answered"], "his own alone")
        with self.assertRaises(AccessError):
            self._card(post, self.rose)

    def test_who_manages_no_questionnaire_joins_none(self):
        draft = self._create_draft(
            self.contributor, self._audience("service", department_id=self.voirie.id)
        )
        Post = draft.with_user(self.contributor)
        self.assertFalse(Post.get_composer()["surveys"])
        for join in (
            lambda: Post.save_draft(draft.id, {"survey_id": self.survey.id}),
            lambda: Post.write({"survey_id": self.survey.id}),
        ):
            with self.assertRaises(AccessError):
                join()

    def test_composer_offers_those_that_a_link_opens(self):
        by_invitation = self.survey.copy({"access_mode": "token"})
        offered = self.Post.with_user(self.communication).get_composer()["surveys"]
        ids = [survey["id"] for survey in offered]
        self.assertIn(self.survey.id, ids)
        self.assertNotIn(by_invitation.id, ids)
