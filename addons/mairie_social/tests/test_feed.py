"""The feed: whole pages, nothing twice, nothing lost, and a cost that does not grow."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import PIXEL, SocialCase


@tagged("post_install", "-at_install")
class TestFeed(SocialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Post.sudo().search([]).write({"is_hidden": True})
        cls.all = cls._audience("all")
        cls.own = cls._audience("service", department_id=cls.culture.id)
        cls.start = fields.Datetime.now() - timedelta(days=2)
        cls.feed = cls.Post.with_user(cls.lea)

    def _create_posts(self, number, audience=None, first=0):
        vals = [
            {
                "name": f"Nouvelle {index}",
                "author_id": self.communication.id,
                "audience_ids": [(6, 0, (audience or self.all).ids)],
                "state": "published",
                "published_at": self.start + timedelta(minutes=first + index),
            }
            for index in range(number)
        ]
        return self.Post.sudo().create(vals)

    def _read_pages(self, between=None):
        pages, before = [], None
        while True:
            page = self.feed.get_feed(before)
            pages.append([card["id"] for card in page["posts"]])
            if not page["has_more"]:
                return pages
            last = page["posts"][-1]
            before = [fields.Datetime.to_string(last["published_at"]), last["id"]]
            if between:
                between(page["posts"])

    def test_pages_of_45_posts_three_in_the_same_second(self):
        posts = self._create_posts(45)
        posts[19:22].write({"published_at": posts[20].published_at})
        pages = self._read_pages()
        self.assertEqual([len(page) for page in pages], [20, 20, 5])
        seen = [post_id for page in pages for post_id in page]
        self.assertEqual(sorted(seen), sorted(posts.ids))

    def test_post_deleted_between_two_pages_loses_no_other(self):
        posts = self._create_posts(45)
        deleted = []

        def delete_last(cards):
            if not deleted:
                deleted.append(cards[-1]["id"])
                self.Post.sudo().browse(deleted).unlink()

        seen = [post_id for page in self._read_pages(delete_last) for post_id in page]
        self.assertEqual(sorted(seen), sorted(posts.ids))

    def test_page_is_full_when_nine_posts_in_ten_are_for_others(self):
        voirie = self._audience("service", department_id=self.voirie.id)
        self._create_posts(30)
        self._create_posts(270, audience=voirie, first=30)
        page = self.feed.get_feed()
        self.assertEqual(len(page["posts"]), 20)
        self.assertTrue(page["has_more"])

    def test_at_most_three_pins_and_a_past_pin_is_over(self):
        posts = self._create_posts(5)
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        posts[:4].write({"pinned_until": tomorrow})
        posts[4].write({"pinned_until": fields.Datetime.now() - timedelta(minutes=1)})
        pinned = [card["id"] for card in self.feed.get_pinned()]
        self.assertEqual(pinned, posts[3:0:-1].ids)

    def test_ten_and_twenty_posts_cost_the_same_and_little(self):
        posts = self._create_posts(10)
        few = self._count_queries()
        posts |= self._create_posts(10, audience=self.own, first=10)
        for post in posts:
            post.with_user(self.karim if post in posts[:10] else self.lea).react(
                "like", True
            )
            post.with_user(self.lea).add_comment("Merci")
        many = self._count_queries()
        self.assertLessEqual(many, 13)
        self.assertLessEqual(many - few, 2, "an audience of its own, at most")

    def test_page_with_everything_that_a_card_may_hold_stays_within_twenty(self):
        posts = self._create_posts(4)
        self._fill(posts)
        self.assertLessEqual(self._count_queries(), 20)
        # The other modules add their cards: four more for an election of today, eight
        # once its results are out.
        self.assertLessEqual(self._count_queries(self.feed.get_home), 45)

    def _fill(self, posts):
        """A quiz, an event with seats, a picture, a file, a note to read, a group."""
        with_poll, event, note, of_group = posts
        poll = {"question": "Combien ?", "is_quiz": True}
        answers = [{"name": "Un", "is_right": True}, {"name": "Deux"}]
        with_poll.set_poll({**poll, "options": answers})
        with_poll.department_id = self.culture
        picture = {"image": PIXEL, "is_decorative": True, "post_id": event.id}
        self.env["mairie.social.picture"].create(picture)
        event.write({"event_registration": True, "event_start": self.start})
        file = self.env["ir.attachment"].create({"name": "Plan.txt", "raw": b"ici"})
        event.attachment_ids = file
        note.write({"must_read": True, "kind": "hr_note"})
        note._open_registers()
        group = self.env["mairie.social.group"].with_user(self.lea)
        group = group.create({"name": "Café", "privacy": "open"})
        of_group.audience_ids = group.sudo().audience_id

    def _count_queries(self, read=None):
        read = read or self.feed.get_feed
        self.env.flush_all()
        read()  # rules and translations are in the cache of the worker
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertTrue(read())
        return self.env.cr.sql_log_count - before

    def test_home_is_one_call_and_marks_the_feed_as_seen(self):
        self._create_posts(3)
        Post = self.Post.with_user(self.lea)
        first = Post.get_home()
        self.assertEqual(len(first["feed"]["posts"]), 3)
        self.assertFalse(any(card["is_new"] for card in first["feed"]["posts"]))
        self.assertTrue(self.env["mairie.social.seen"].with_user(self.lea)._get_last())
        Post.get_home()
        rows = self.env["mairie.social.seen"].search([("user_id", "=", self.lea.id)])
        self.assertEqual(len(rows), 1)

    def test_whoever_installs_publishes_and_is_led_to_the_first_hour(self):
        steps = "mairie_base.mairie_first_hour_action"
        admin = self.Post.with_user(self.env.ref("base.user_admin")).get_home()
        self.assertTrue(admin["may_publish"])
        self.assertEqual(admin["shortcuts"][0]["action"], steps)
        others = self.feed.get_home()["shortcuts"]
        self.assertNotIn(steps, [shortcut["action"] for shortcut in others])

    def test_newcomer_is_shown_one_step_at_a_time(self):
        member = self._new_member("arrivante", self.culture)
        today = fields.Date.today()
        member.employee_id.sudo().contract_date_start = today - timedelta(days=8)
        Post = self.Post.with_user(member)
        self.assertEqual(Post.get_home()["welcome"]["key"], "people")
        self.assertEqual(Post.pass_welcome()["key"], "groups")
        group = self.env["mairie.social.group"].with_user(member)
        group.create({"name": "Chorale", "privacy": "open"})
        self.assertFalse(Post.get_home()["welcome"], "the last step waits for day 30")
        self.assertFalse(self.feed.get_home()["welcome"], "others came long ago")

    def test_new_posts_are_counted_after_the_newest_seen(self):
        posts = self._create_posts(3)
        cursor = [fields.Datetime.to_string(posts[0].published_at), posts[0].id]
        self.assertEqual(self.feed.count_new(cursor), 2)
        voirie = self._audience("service", department_id=self.voirie.id)
        self._create_posts(4, audience=voirie, first=10)
        self.assertEqual(self.feed.count_new(cursor), 2, "those of others do not count")

    def test_long_text_is_cut_in_the_feed_and_whole_on_its_page(self):
        post = self._create_post(self.all, body="<p>" + "Texte long. " * 200 + "</p>")
        card = self.feed.get_feed()["posts"][0]
        self.assertFalse(card["body"])
        self.assertLessEqual(len(card["excerpt"]), 420)
        whole = post.with_user(self.lea).get_card()
        self.assertIn("Texte long.", whole["body"])

    def test_card_says_who_reads(self):
        self._create_post(self._audience("agents"))
        readers = self.feed.get_feed()["posts"][0]["readers"]
        self.assertEqual(readers["scope"], "agents")
        self.assertEqual(readers["total"], self._audience("agents").member_count)
