"""What one may not read, one cannot find: every door of the ORM and of HTTP."""

import base64
import json

from odoo.addons.mairie_base.tests.common import CommuneMixin
from odoo.exceptions import AccessError, MissingError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import PIXEL, SocialCase, SocialMixin

SECRET = "Zéphyrine-4711"
NOTHING = (AccessError, MissingError)


class SecretMixin(SocialMixin):
    """One secret post for Culture, with a picture, a file, a comment, a reaction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        audience = cls._audience("service", department_id=cls.culture.id)
        cls.post = cls._create_post(
            audience, name=SECRET, body=f"<p>{SECRET}</p>", author=cls.communication
        )
        cls.picture = cls.env["mairie.social.picture"].create(
            {"post_id": cls.post.id, "image": PIXEL, "alt": SECRET}
        )
        cls.file = cls.env["ir.attachment"].create(
            {"name": f"{SECRET}.txt", "raw": SECRET.encode()}
        )
        cls.post.attachment_ids = cls.file
        cls.comment = cls.env["mail.message"].browse(
            cls.post.with_user(cls.lea).add_comment(SECRET)["comment"]["id"]
        )
        cls.post.with_user(cls.lea).react("like", True)
        export = cls.env.ref("base.group_allow_export")
        cls.outsiders = [cls.karim, cls.rose, cls.contributor, cls.hr, cls.manager]
        for user in cls.outsiders:
            user.group_ids += export


@tagged("post_install", "-at_install")
class TestLeaks(SecretMixin, SocialCase):
    def test_reader_finds_it_by_all_these_doors(self):
        """The control: the same questions, asked by a reader, do find the secret."""
        env = self.env(user=self.lea)
        post = env["mairie.social.post"].browse(self.post.id)
        self.assertEqual(post.read(["name"])[0]["name"], SECRET)
        self.assertTrue(env["mairie.social.post"].name_search(SECRET))
        self.assertTrue(env["mail.message"].search([("body", "ilike", SECRET)]))
        self.assertTrue(env["mairie.social.picture"].search([("alt", "=", SECRET)]))
        self.assertTrue(
            env["mairie.social.reaction"].search([("post_id", "=", post.id)])
        )
        self.assertTrue(env["ir.attachment"].search([("id", "=", self.file.id)]))

    def _assert_closed(self, call):
        """Refused or missing; an answer of any kind is a leak."""
        try:
            answer = call()
        except NOTHING:
            return
        self.fail(f"answered: {answer}")

    def test_search_count_group_and_names(self):
        for user in self.outsiders:
            Post = self.env["mairie.social.post"].with_user(user)
            by_name, by_id = [("name", "=", SECRET)], [("id", "=", self.post.id)]
            with self.subTest(user=user.login):
                for domain in (by_name, by_id, [("body", "ilike", SECRET)]):
                    self.assertFalse(Post.search(domain))
                    self.assertEqual(Post.search_count(domain), 0)
                    groups = Post.formatted_read_group(domain, ["kind"], ["__count"])
                    self.assertFalse(groups)
                self.assertFalse(Post.name_search(SECRET))
                self.assertFalse(Post.web_search_read(by_id, {"name": {}})["records"])
                self.assertFalse(Post.search_read(by_id, ["name"]))

    def test_read_export_copy_and_methods(self):
        for user in self.outsiders:
            post = self.post.with_user(user)
            calls = {
                "read": lambda post=post: post.read(["name"]),
                "field": lambda post=post: post.name,
                "export": lambda post=post: post.export_data(["name"]),
                "copy": lambda post=post: post.copy(),
                "web_read": lambda post=post: post.web_read({"name": {}}),
                "card": lambda post=post: post.get_card(),
                "comments": lambda post=post: post.get_comments(),
                "comment": lambda post=post: post.add_comment("Bonjour"),
                "mentions": lambda post=post: post.get_mention_candidates("l"),
                "react": lambda post=post: post.react("like", True),
                "withdraw": lambda post=post: post.action_withdraw(),
                "hide": lambda post=post: post.action_hide(),
                "picture": lambda post=post: post.add_picture(PIXEL),
                "file": lambda post=post: post.add_file("a.txt", "YQ=="),
                "write": lambda post=post: post.write({"name": "Autre"}),
                "unlink": lambda post=post: post.unlink(),
            }
            for door, call in calls.items():
                with self.subTest(user=user.login, door=door):
                    self.env.invalidate_all()
                    self._assert_closed(call)

    def test_what_hangs_on_the_post(self):
        for user in self.outsiders:
            env = self.env(user=user)
            with self.subTest(user=user.login):
                doors = {
                    "mail.message": [("model", "=", "mairie.social.post")]
                    + [("res_id", "=", self.post.id)],
                    "mairie.social.picture": [("post_id", "=", self.post.id)],
                    "mairie.social.reaction": [("post_id", "=", self.post.id)],
                    "ir.attachment": [("res_model", "=", "mairie.social.post")]
                    + [("res_id", "=", self.post.id)],
                }
                for model, domain in doors.items():
                    self.assertFalse(env[model].search(domain), model)
                    self.assertEqual(env[model].search_count(domain), 0, model)
                for record in (self.comment, self.picture, self.file):
                    self.env.invalidate_all()
                    mine = record.with_user(user)
                    self._assert_closed(lambda mine=mine: mine.read(["display_name"]))

    def test_other_models_do_not_tell(self):
        """By a path through a readable record: author, service, partner, audience."""
        for user in self.outsiders:
            env = self.env(user=user)
            with self.subTest(user=user.login):
                reactions = env["mairie.social.reaction"]
                self.assertFalse(reactions.search([("post_id.name", "=", SECRET)]))
                pictures = env["mairie.social.picture"]
                self.assertFalse(pictures.search([("post_id.body", "ilike", SECRET)]))
                feed = env["mairie.social.post"].get_home()
                self.assertNotIn(SECRET, json.dumps(feed, default=str))

    def test_members_of_an_audience_are_not_listed_for_agents(self):
        audience = self._audience("service", department_id=self.culture.id)
        for user in (self.lea, self.karim, self.contributor):
            with self.assertRaises(AccessError):
                audience.with_user(user).read(["member_ids"])
        self.assertFalse(
            self.Audience.with_user(self.karim).search([("id", "=", audience.id)])
        )

    def test_whoever_leaves_loses_his_own_and_named_comments(self):
        named = self.post.add_comment("Merci @Lea", [self.lea.partner_id.id])
        messages = self.comment | self.comment.browse(named["comment"]["id"])
        self.assertEqual(
            len(messages.with_user(self.lea).search([("id", "in", messages.ids)])), 2
        )
        self.lea.employee_id.sudo().department_id = self.voirie
        self.env.invalidate_all()
        mine = self.env["mail.message"].with_user(self.lea)
        self.assertFalse(mine.search([("id", "in", messages.ids)]))
        for message in messages:
            with self.assertRaises(AccessError):
                message.with_user(self.lea).read(["body"])

    def test_forged_message_on_a_foreign_post_is_refused(self):
        vals = {
            "model": "mairie.social.post",
            "res_id": self.post.id,
            "body": "Bonjour",
            "message_type": "comment",
            "parent_id": self.comment.id,
        }
        with self.assertRaises(AccessError):
            self.env["mail.message"].with_user(self.karim).create(vals)

    def test_forged_reaction_in_the_name_of_somebody_else_is_refused(self):
        vals = {"post_id": self.post.id, "user_id": self.communication.id}
        with self.assertRaises(AccessError):
            self.env["mairie.social.reaction"].with_user(self.lea).create(vals)

    def test_file_of_another_cannot_be_taken_along(self):
        draft = self._create_draft(
            self.contributor, self._audience("service", department_id=self.voirie.id)
        )
        with self.assertRaises(AccessError):
            draft.write({"attachment_ids": [(4, self.file.id)]})

    def test_state_and_date_are_not_written_by_hand(self):
        voirie = self._audience("service", department_id=self.voirie.id)
        draft = self._create_draft(self.contributor, voirie)
        for vals in (
            {"state": "published"},
            {"published_at": "2030-01-01 00:00:00"},
            {"pinned_until": "2030-01-01 00:00:00"},
            {"author_id": self.communication.id},
            {"is_hidden": False},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                draft.write(vals)

    def test_bus_says_nothing_and_only_to_the_audience(self):
        self.env["bus.bus"].sudo().search([]).unlink()
        self.post._announce()
        self.env.cr.precommit.run()
        rows = self.env["bus.bus"].sudo().search([("message", "like", "mairie_social")])
        self.assertEqual(len(rows), 1)
        self.assertNotIn(SECRET, rows.message)
        self.assertEqual(json.loads(rows.message)["payload"], {})
        audience = self.post.audience_ids
        mine = self.Audience.with_user(self.lea)._get_ids_of_user()
        others = self.Audience.with_user(self.karim)._get_ids_of_user()
        self.assertIn(audience.id, mine)
        self.assertNotIn(audience.id, others)

    def test_company_rule(self):
        company = self.env["res.company"].create({"name": "Autre commune"})
        stranger = self._new_user(
            "voisin",
            "mairie_social.group_communication",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        Post = self.env["mairie.social.post"].with_user(stranger)
        self.assertFalse(Post.search([("id", "=", self.post.id)]))
        self.assertFalse(self.post.with_user(stranger).has_access("read"))


@tagged("post_install", "-at_install")
class TestLeaksHttp(SecretMixin, CommuneMixin, HttpCase):
    @classmethod
    def _new_user(cls, login, *groups, **vals):
        return super()._new_user(login, *groups, password=f"{login}-secret", **vals)

    def _get_pages(self):
        return {
            "image": f"/web/image/mairie.social.picture/{self.picture.id}/image",
            "small": f"/web/image/mairie.social.picture/{self.picture.id}/image_small",
            "file": f"/web/content/{self.file.id}",
            "post": f"/web/content/mairie.social.post/{self.post.id}/name",
        }

    def test_files_and_pictures(self):
        for user in (None, self.karim, self.rose):
            login = user and user.login
            self.authenticate(login, login and f"{login}-secret")
            for door, url in self._get_pages().items():
                with self.subTest(user=login, door=door):
                    response = self.url_open(url, allow_redirects=False)
                    body = response.content
                    self.assertNotIn(SECRET.encode(), body)
                    if door == "file":
                        self.assertEqual(response.status_code, 404)
                    self.assertNotIn(base64.b64decode(self.picture.image), body)
        self.authenticate("lea", "lea-secret")
        response = self.url_open(self._get_pages()["file"])
        self.assertIn(SECRET.encode(), response.content)

    def _rpc(self, url, params):
        response = self.url_open(
            url,
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return response.text

    def test_routes_of_the_thread(self):
        post = {"thread_model": "mairie.social.post", "thread_id": self.post.id}
        calls = (
            ("/mail/thread/messages", post),
            ("/mail/message/post", {**post, "post_data": {"body": "Bonjour"}}),
            (
                "/web/dataset/call_kw/mairie.social.post/get_card",
                {
                    "model": "mairie.social.post",
                    "method": "get_card",
                    "args": [[self.post.id]],
                    "kwargs": {},
                },
            ),
        )
        self.authenticate("karim", "karim-secret")
        for url, params in calls:
            with self.subTest(url=url), mute_logger("odoo.http"):
                before = self.post.message_ids
                self.assertNotIn("Zéphyrine", str(json.loads(self._rpc(url, params))))
                self.assertEqual(self.post.message_ids, before)
