"""Reactions and comments."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SocialCase


@tagged("post_install", "-at_install")
class TestExchange(SocialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post = cls._create_post(
            cls._audience("service", department_id=cls.voirie.id)
        )
        cls.seen = cls.post.with_user(cls.karim)

    def test_reaction_counts_once_and_is_dated(self):
        self.seen.react("like", True)
        result = self.seen.react("like", True)
        self.assertEqual(result["counts"], {"like": 1})
        self.assertEqual(result["mine"], ["like"])
        self.assertTrue(self.post.reaction_ids.create_date)

    def test_reaction_is_taken_back(self):
        self.seen.react("like", True)
        self.assertEqual(self.seen.react("like", False)["counts"], {})
        self.assertEqual(self.seen.react("like", False)["counts"], {})

    def test_row_of_another_worker_counts_as_done(self):
        """Two taps at once: the second meets the constraint, and changes nothing."""
        vals = {"post_id": self.post.id, "user_id": self.karim.id, "code": "like"}
        self.env["mairie.social.reaction"].create(vals)
        self.env.flush_all()
        self.seen._add_reaction("like")
        self.assertEqual(
            self.seen._count_reactions()[self.post.id]["counts"]["like"], 1
        )

    def test_unknown_reaction_is_refused(self):
        with self.assertRaises(UserError):
            self.seen.react("angry", True)

    def test_comment_has_no_follower_and_no_fan_out(self):
        before = self.env["mail.notification"].search_count([])
        self.seen.add_comment("Merci, bien reçu")
        self.assertFalse(self.post.message_follower_ids)
        self.assertEqual(self.env["mail.notification"].search_count([]), before)
        self.assertEqual(self.seen.get_comments()["comments"][0]["is_mine"], True)
        self.assertEqual(self.seen._count_comments()[self.post.id], 1)

    def test_text_of_a_comment_is_text(self):
        comment = self.seen.add_comment("<b>1 < 2</b> & http://x.example")["comment"]
        self.assertIn("&lt;b&gt;", comment["body"])
        self.assertNotIn("<b>", comment["body"])

    def test_empty_comment_is_refused(self):
        with self.assertRaises(UserError):
            self.seen.add_comment("   ")

    def test_closed_post_refuses_agents_and_accepts_its_reviewers(self):
        self.post.comment_policy = "closed"
        self.assertFalse(self.seen.get_comments()["may_comment"])
        with self.assertRaises(AccessError):
            self.seen.add_comment("Encore un mot")
        with self.assertRaises(AccessError):
            self.seen.react("like", True)
        with self.assertRaises(AccessError):
            self.env["mairie.social.reaction"].with_user(self.karim).create(
                {"post_id": self.post.id}
            )
        with self.assertRaises(AccessError):
            self.seen.message_post(body="Par une autre porte", message_type="comment")
        reviewer = self.post.with_user(self.communication)
        self.assertTrue(reviewer.add_comment("Clos, merci à tous.")["comment"])

    def test_reader_without_email_who_is_named_is_told_once(self):
        self.karim.email = False
        self.karim.notification_type = "email"
        author = self.post.with_user(self.contributor)
        result = author.add_comment("@Karim, tu confirmes ?", self.karim.partner_id.ids)
        message = self.env["mail.message"].browse(result["comment"]["id"])
        self.assertEqual(message.notification_ids.res_partner_id, self.karim.partner_id)
        self.assertEqual(message.notification_ids.notification_type, "inbox")
        self.assertIn("data-oe-id", result["comment"]["body"])
        self.assertFalse(result["removed"])

    def test_somebody_outside_is_not_named_and_the_author_is_told(self):
        result = self.seen.add_comment("@Lea regarde", self.lea.partner_id.ids)
        self.assertEqual(result["removed"], ["Lea"])
        message = self.env["mail.message"].browse(result["comment"]["id"])
        self.assertFalse(message.partner_ids)
        self.assertFalse(message.notification_ids)
        self.assertNotIn("data-oe-id", result["comment"]["body"])

    def test_only_readers_are_proposed(self):
        names = {line["name"] for line in self.seen.get_mention_candidates("")}
        self.assertIn(self.contributor.name, names)
        self.assertNotIn(self.lea.name, names)
        self.assertFalse(self.seen.get_mention_candidates("Lea"))

    def test_names_that_begin_so_come_first(self):
        self._new_member("a_gauthier", self.voirie, name="Anne Gauthier")
        self._new_member("thierry", self.voirie, name="Thierry Guérin")
        names = [line["name"] for line in self.seen.get_mention_candidates("thi")]
        self.assertEqual(names, ["Thierry Guérin", "Anne Gauthier"])

    def test_own_comment_is_taken_back_and_put_again(self):
        comment = self.seen.add_comment("Trop vite")["comment"]
        self.seen.edit_comment(comment["id"], "")
        self.assertFalse(self.seen.get_comments()["comments"])
        picture = '<img src="https://ailleurs.example/p.gif"/>'
        self.seen.edit_comment(comment["id"], f"{comment['body']}{picture}")
        body = self.env["mail.message"].browse(comment["id"]).sudo().body
        self.assertNotIn("ailleurs", body)
        self.assertEqual(len(self.seen.get_comments()["comments"]), 1)

    def test_comment_of_another_is_not_changed(self):
        comment = self.seen.add_comment("Le mien")["comment"]
        with self.assertRaises(AccessError):
            self.post.with_user(self.contributor).edit_comment(comment["id"], "")

    def test_comments_come_by_pages(self):
        for index in range(23):
            self.seen.add_comment(f"Mot {index}")
        page = self.seen.get_comments()
        self.assertEqual((len(page["comments"]), page["has_more"]), (20, True))
        rest = self.seen.get_comments(page["comments"][0]["id"])
        self.assertEqual((len(rest["comments"]), rest["has_more"]), (3, False))
