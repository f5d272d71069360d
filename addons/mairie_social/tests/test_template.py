"""Texts of the launch: drafts in the words of the town, for whoever may publish."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SocialCase


@tagged("post_install", "-at_install")
class TestTemplate(SocialCase):
    def _take(self, name, user):
        template = self.env.ref(f"mairie_social.template_{name}").with_user(user)
        return self.Post.browse(template.action_make_post()["res_id"])

    def test_each_text_becomes_a_draft_without_a_brace_left(self):
        for template in self.env["mairie.social.template"].search([]):
            draft = self.Post.browse(
                template.with_user(self.communication).action_make_post()["res_id"]
            )
            with self.subTest(template.name):
                self.assertEqual((draft.state, draft.kind), ("draft", template.kind))
                self.assertFalse(draft.audience_ids, "somebody chooses who reads")
                self.assertNotRegex(f"{draft.name} {draft.body}", r"[{}]")

    def test_notice_says_whom_to_ask_and_how_long_things_are_kept(self):
        self.commune.mairie_dpo_email = "dpo@essai.example"
        self.env.ref("mairie_social.retention_chat").months = 7
        notice = self._take("notice", self.hr)
        self.assertTrue(notice.must_read)
        self.assertIn("dpo@essai.example", notice.body)
        self.assertIn("7 months", notice.body)

    def test_charter_says_the_hours_that_the_town_settled(self):
        self.commune.write(
            {
                "mairie_social_day_from": 7.5,
                "mairie_social_quiet_exceptions": "l'astreinte hivernale",
            }
        )
        charter = self._take("charter", self.communication)
        self.assertIn("07:30", charter.body)
        self.assertIn("l'astreinte hivernale", charter.body)

    def test_who_does_not_publish_takes_none(self):
        with self.assertRaises(AccessError):
            self._take("welcome", self.karim)
