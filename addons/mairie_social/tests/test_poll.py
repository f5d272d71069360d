"""Polls: named, anonymous, quizzes; what they leave in the tables."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import SocialCase

QUESTION = {
    "question": "Quel jour pour le repas ?",
    "options": [{"name": "Jeudi"}, {"name": "Vendredi"}, {"name": "  "}],
}


@tagged("post_install", "-at_install")
class TestPoll(SocialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.voters = cls._new_people(7, "votant")
        cls.audience = cls._audience(
            "manual", included_user_ids=[Command.set(cls.voters.ids)]
        )

    def _create_poll(self, **vals):
        draft = self._create_draft(self.communication, self.audience)
        draft.set_poll({**QUESTION, **vals})
        draft.action_publish()
        return draft

    def _vote(self, post, user, *numbers):
        options = post.sudo().poll_ids.option_ids
        return post.with_user(user).vote([options[number].id for number in numbers])

    def test_two_answers_at_least(self):
        draft = self._create_draft(self.communication, self.audience)
        with self.assertRaises(ValidationError):
            draft.set_poll({"question": "Seul ?", "options": [{"name": "Oui"}]})

    def test_named_vote_is_replaced(self):
        post = self._create_poll()
        self._vote(post, self.voters[0], 0)
        result = self._vote(post, self.voters[0], 1)
        self.assertEqual([one["count"] for one in result["options"]], [0, 1])
        self.assertEqual([one["mine"] for one in result["options"]], [False, True])
        self.assertEqual(result["voters"], 1)

    def test_single_choice_takes_one_answer_multiple_several(self):
        with self.assertRaises(UserError):
            self._vote(self._create_poll(), self.voters[0], 0, 1)
        result = self._vote(self._create_poll(is_multiple=True), self.voters[0], 0, 1)
        self.assertEqual([one["count"] for one in result["options"]], [1, 1])

    def test_seven_anonymous_votes_are_seven_rows_and_a_sum_of_seven(self):
        post = self._create_poll(is_anonymous=True)
        for index, user in enumerate(self.voters):
            result = self._vote(post, user, index % 2)
            self.assertEqual(result["result_state"], "few" if index < 4 else "closing")
            self.assertEqual({one["count"] for one in result["options"]}, {None})
        poll = post.sudo().poll_ids
        domain = [("poll_id", "=", poll.id)]
        rows = self.env["mairie.social.poll.participation"].search(domain)
        self.assertEqual(rows.user_id, self.voters)
        self.assertFalse(
            self.env["mairie.social.poll.vote"].search(
                [("option_id", "in", poll.option_ids.ids)]
            )
        )
        result = post.close_poll()
        self.assertEqual([one["count"] for one in result["options"]], [4, 3])
        self.assertEqual(sum(one["percent"] for one in result["options"]), 100)

    def test_nothing_dates_or_ties_an_anonymous_vote(self):
        """The tables themselves: no date, no author, no column from one to the other."""
        self.env.cr.execute(
            """
            SELECT table_name, column_name FROM information_schema.columns
             WHERE table_name IN ('mairie_social_poll_participation',
                                  'mairie_social_poll_option')
            """
        )
        columns = {}
        for table, column in self.env.cr.fetchall():
            columns.setdefault(table, set()).add(column)
        self.assertEqual(
            columns["mairie_social_poll_participation"], {"id", "poll_id", "user_id"}
        )
        self.assertEqual(
            columns["mairie_social_poll_option"],
            {"id", "poll_id", "sequence", "name", "is_right", "secret_count"},
        )

    def test_second_anonymous_vote_is_refused(self):
        post = self._create_poll(is_anonymous=True)
        self._vote(post, self.voters[0], 0)
        with self.assertRaisesRegex(UserError, "already voted"):
            self._vote(post, self.voters[0], 1)

    def test_four_anonymous_votes_stay_masked_once_closed(self):
        post = self._create_poll(is_anonymous=True)
        for user in self.voters[:4]:
            self._vote(post, user, 0)
        result = post.close_poll()
        self.assertEqual(result["result_state"], "few")
        self.assertEqual({one["percent"] for one in result["options"]}, {None})

    def test_voters_are_forgotten_a_month_after_the_closing_their_number_stays(self):
        post = self._create_poll(is_anonymous=True)
        for user in self.voters:
            self._vote(post, user, 0)
        result = post.close_poll()
        poll = post.sudo().poll_ids
        poll.closed_at -= timedelta(days=40)
        retention = self.env["mairie.social.retention"]
        retention._purge_all()
        self.assertFalse(
            self.env["mairie.social.poll.participation"].search(
                [("poll_id", "=", poll.id)]
            )
        )
        after = post._format_polls()[post.id]
        for key in ("voters", "options", "result_state"):
            self.assertEqual(after[key], result[key])
        self.assertEqual(self.env.ref("mairie_social.retention_poll").last_count, 7)
        retention._purge_all()
        self.assertEqual(post._format_polls()[post.id]["voters"], 7)
        with self.assertRaises(UserError):
            post.set_poll(QUESTION)

    def test_counter_is_read_by_nobody(self):
        post = self._create_poll(is_anonymous=True)
        option = post.sudo().poll_ids.option_ids[:1]
        for user in (
            self.communication,
            self.voters[0],
            self.env.ref("base.user_admin"),
        ):
            with self.assertRaises(AccessError):
                option.with_user(user).read(["secret_count"])

    def test_promise_of_secrecy_is_locked_by_the_first_vote(self):
        post = self._create_poll(is_anonymous=True)
        self._vote(post, self.voters[0], 0)
        with self.assertRaisesRegex(UserError, "already voted"):
            post.sudo().poll_ids.write({"is_anonymous": False})
        with self.assertRaisesRegex(UserError, "already voted"):
            post.set_poll(QUESTION)
        with self.assertRaisesRegex(UserError, "already voted"):
            post.set_poll(False)

    def test_right_answer_of_a_quiz_is_not_read_before_answering(self):
        post = self._create_post(self._audience("all"))
        answers = [{"name": "Un", "is_right": True}, {"name": "Deux"}]
        post.set_poll({"question": "Combien ?", "is_quiz": True, "options": answers})
        options = post.poll_ids.option_ids.with_user(self.karim)
        with self.assertRaises(AccessError):
            options.read(["is_right"])
        with self.assertRaises(AccessError):
            options.search([("is_right", "=", True)])
        reader = post.with_user(self.karim)
        self.assertEqual(
            {line["is_right"] for line in reader.get_card()["poll"]["options"]}, {None}
        )
        solved = reader.vote(options[1].ids)["options"]
        self.assertEqual([line["is_right"] for line in solved], [True, False])

    def test_closed_poll_takes_no_vote(self):
        post = self._create_poll()
        post.sudo().poll_ids.closes_at = fields.Datetime.now() - timedelta(minutes=1)
        with self.assertRaisesRegex(UserError, "closed"):
            self._vote(post, self.voters[0], 0)

    def test_only_readers_vote_and_see(self):
        post = self._create_poll()
        with self.assertRaises(AccessError):
            self._vote(post, self.karim, 0)
        poll = post.sudo().poll_ids
        for user in (self.karim, self.manager):
            with self.assertRaises(AccessError):
                poll.with_user(user).read(["question"])
        with self.assertRaises(AccessError):
            self._vote(post, self.communication, 0)  # a reviewer, not a reader

    def test_named_vote_is_not_read_by_colleagues(self):
        post = self._create_poll()
        self._vote(post, self.voters[0], 0)
        Vote = self.env["mairie.social.poll.vote"]
        self.assertFalse(Vote.with_user(self.voters[1]).search([]))
        self.assertFalse(
            self.env["mairie.social.poll.participation"]
            .with_user(self.communication)
            .search([])
        )

    def test_quiz_tells_the_right_answer_after_answering_once(self):
        options = [{"name": "1802"}, {"name": "1804", "is_right": True}]
        post = self._create_poll(is_quiz=True, options=options)
        card = post.with_user(self.voters[0]).get_card()
        self.assertEqual({one["is_right"] for one in card["poll"]["options"]}, {None})
        result = self._vote(post, self.voters[0], 0)
        self.assertEqual([one["is_right"] for one in result["options"]], [False, True])
        with self.assertRaises(UserError):
            self._vote(post, self.voters[0], 1)

    def test_poll_shows_in_the_feed(self):
        post = self._create_poll()
        feed = self.Post.with_user(self.voters[0]).get_feed()
        card = next(one for one in feed["posts"] if one["id"] == post.id)
        self.assertEqual(card["poll"]["question"], QUESTION["question"])
        self.assertEqual(len(card["poll"]["options"]), 2, "an empty line is no answer")
