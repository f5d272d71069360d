"""Ideas that get an answer, thanks without a ranking."""

from datetime import timedelta

from freezegun import freeze_time
from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SocialCase


@tagged("post_install", "-at_install")
class TestParticipate(SocialCase):
    def _suggest(self, user, **vals):
        Suggestion = self.env["mairie.social.suggestion"].with_user(user)
        return Suggestion.create({"name": "Un abri vélos", **vals})

    def _thank(self, user, *receivers):
        return (
            self.env["mairie.social.kudos"]
            .with_user(user)
            .create(
                {
                    "receiver_ids": [Command.set([one.id for one in receivers])],
                    "text": "Merci pour samedi <b>!</b>",
                }
            )
        )

    def test_answer_is_due_in_thirty_days_then_late(self):
        with freeze_time("2027-01-04 09:00:00"):
            idea = self._suggest(self.karim)
            self.assertEqual(str(idea.answer_due_on), "2027-02-03")
            self.assertEqual(idea.status, "open")
        with freeze_time("2027-02-04 09:00:00"):
            idea.invalidate_recordset()
            self.assertEqual(idea.status, "late")

    def test_nothing_in_the_table_names_the_author_of_an_anonymous_idea(self):
        idea = self._suggest(self.karim, is_anonymous=True, author_id=self.karim.id)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT * FROM mairie_social_suggestion WHERE id = %s", [idea.id]
        )
        row = self.env.cr.dictfetchone()
        self.assertIsNone(row["author_id"])
        self.assertFalse({"create_uid", "write_uid", "create_date"} & row.keys())

    def test_nobody_signs_for_somebody_else_nor_answers_himself(self):
        idea = self._suggest(
            self.karim, author_id=self.lea.id, state="accepted", answer="Oui !"
        )
        self.assertEqual(idea.author_id, self.karim)
        self.assertEqual((idea.state, idea.answer), ("open", False))
        with self.assertRaises(AccessError):
            idea.action_accept()
        with self.assertRaises(AccessError):
            idea.write({"answer": "Oui !"})

    def test_refusal_is_explained_and_read_by_all(self):
        idea = self._suggest(self.karim)
        handled = idea.with_user(self.communication)
        with self.assertRaisesRegex(UserError, "Write the answer first"):
            handled.action_refuse()
        handled.answer = "Le budget est voté en mars."
        handled.action_refuse()
        seen = idea.with_user(self.lea)
        self.assertEqual((seen.status, seen.answer), ("refused", handled.answer))
        told = self.env["mail.notification"].search_count(
            [("res_partner_id", "=", self.karim.partner_id.id)]
        )
        self.assertEqual(told, 1, "whoever signed it is told")
        with self.assertRaises(AccessError):
            handled.write({"name": "Autre idée"})

    def test_support_is_one_voice_each_and_names_nobody(self):
        idea = self._suggest(self.karim)
        with self.assertRaises(UserError):
            idea.action_support()
        seen = idea.with_user(self.lea)
        seen.action_support()
        seen.action_support()
        self.assertEqual((seen.support_count, seen.is_supported), (1, True))
        with self.assertRaises(AccessError):
            idea.with_user(self.communication).read(["supporter_ids"])
        seen.action_withdraw_support()
        self.assertEqual(idea.support_count, 0)
        handled = idea.with_user(self.communication)
        handled.answer = "Oui, en mars."
        handled.action_accept()
        with self.assertRaises(UserError):
            seen.action_support()

    def test_thanks_are_a_post_for_the_agents(self):
        self._thank(self.karim, self.lea)
        feed = self.Post.with_user(self.contributor).get_feed()["posts"]
        card = next(one for one in feed if one["kind"] == "kudos")
        self.assertIn("Lea", card["name"])
        self.assertIn("&lt;b&gt;", card["body"])
        self.assertFalse(
            [
                one
                for one in self.Post.with_user(self.rose).get_feed()["posts"]
                if one["kind"] == "kudos"
            ]
        )
        told = self.env["mail.notification"].search_count(
            [("res_partner_id", "=", self.lea.partner_id.id)]
        )
        self.assertEqual(told, 1)

    def test_sixth_of_the_month_is_refused_and_next_month_begins_anew(self):
        self.commune.mairie_kudos_quota = 5
        for _turn in range(5):
            self._thank(self.karim, self.lea)
        with self.assertRaisesRegex(UserError, "5 times"):
            self._thank(self.karim, self.lea)
        self.env["mairie.social.kudos"].search([]).flush_recordset()
        self.env.cr.execute(
            "UPDATE mairie_social_kudos SET create_date = %s WHERE author_id = %s",
            [fields.Datetime.now() - timedelta(days=32), self.karim.id],
        )
        self.assertTrue(self._thank(self.karim, self.lea))

    def test_nobody_thanks_himself_nor_nobody(self):
        with self.assertRaises(UserError):
            self._thank(self.karim, self.karim, self.lea)
        with self.assertRaises(UserError):
            self._thank(self.karim)

    def test_whoever_is_thanked_takes_it_off(self):
        kudos = self._thank(self.karim, self.lea)
        with self.assertRaises(AccessError):
            kudos.with_user(self.contributor).action_hide()
        kudos.with_user(self.lea).action_hide()
        self.assertFalse(kudos.post_id.with_user(self.contributor).has_access("read"))

    def test_thanks_are_not_written_from_the_dialog_of_posts(self):
        with self.assertRaises(AccessError):
            self._create_draft(
                self.communication, self._audience("agents"), kind="kudos"
            )
