"""Pages of a group: written together by its members, each version can come back."""

from odoo.addons.mairie_base.tests.common import MairieHttpCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SocialCase, SocialMixin
from .test_group import GroupMixin


class PageMixin(GroupMixin):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Page = cls.env["mairie.social.page"]
        cls.page = cls.Page.with_user(cls.lea).create(
            {
                "name": "Relevé",
                "group_id": cls.projet.id,
                "body": "<p>Ordre du jour</p>",
            }
        )


@tagged("post_install", "-at_install")
class TestPage(PageMixin, SocialCase):
    def test_members_alone_read_and_write(self):
        for user in (self.karim, self.manager, self.communication):
            page = self.page.with_user(user)
            self.assertFalse(page.search([("id", "=", page.id)]))
            with self.assertRaises(AccessError):
                page.read(["body"])
            with self.assertRaises(AccessError):
                page.body = "<p>Autre</p>"
            with self.assertRaises(AccessError):
                self.Page.with_user(user).create(
                    {"name": "P", "group_id": self.projet.id}
                )

    def test_leaving_the_group_closes_its_pages_at_once(self):
        self.projet.with_user(self.karim).action_join()
        self.projet.with_user(self.lea).request_ids.action_accept()
        mine = self.page.with_user(self.karim)
        mine.body = "<p>Ordre du jour, et la suite</p>"
        self.projet.with_user(self.karim).leave()
        with self.assertRaises(AccessError):
            mine.read(["body"])

    def test_an_open_group_is_read_by_all_and_written_by_its_members(self):
        page = self.Page.with_user(self.karim).create(
            {"name": "Tarifs", "group_id": self.cafe.id, "body": "<p>0,40</p>"}
        )
        theirs = page.with_user(self.lea)
        self.assertEqual(theirs.name, "Tarifs")
        self.assertFalse(theirs.may_write)
        with self.assertRaises(AccessError):
            theirs.body = "<p>0,10</p>"

    def test_each_version_comes_back(self):
        mine = self.page.with_user(self.lea)
        mine.body = "<p>Deuxième</p>"
        mine.body = "<p>Troisième</p>"
        history = mine.html_field_history_metadata["body"]
        self.assertEqual(len(history), 2)
        self.assertEqual(
            {line["create_user_name"] for line in history}, {self.lea.name}
        )
        first = mine.html_field_history_get_content_at_revision("body", 1)
        self.assertIn("Ordre du jour", first)
        mine.body = first
        self.assertIn("Ordre du jour", mine.body)

    def test_nothing_is_loaded_from_elsewhere(self):
        mine = self.page.with_user(self.lea)
        mine.body = '<p>Voici <img src="https://ailleurs.example/x.png"/></p>'
        self.assertNotIn("img", mine.body)

    def test_deleted_by_who_began_it_or_a_moderator(self):
        self.cafe.with_user(self.lea).action_join()
        page = self.Page.with_user(self.karim).create(
            {"name": "Tarifs", "group_id": self.cafe.id}
        )
        with self.assertRaises(AccessError):
            page.with_user(self.lea).unlink()
        page.with_user(self.karim).unlink()

    def test_a_page_stays_in_its_group(self):
        with self.assertRaises(AccessError):
            self.page.with_user(self.lea).group_id = self.cafe.id

    def test_becomes_the_draft_of_whoever_may_publish(self):
        self.cafe.with_user(self.contributor).action_join()
        page = self.Page.with_user(self.contributor).create(
            {"name": "Sel", "group_id": self.cafe.id, "body": "<p>12 tonnes</p>"}
        )
        action = page.action_make_post()
        post = self.Post.browse(action["res_id"])
        self.assertEqual(
            (post.state, post.author_id, post.name), ("draft", self.contributor, "Sel")
        )
        self.assertIn("12 tonnes", post.body)

    def test_name_of_an_erased_person_leaves_the_versions(self):
        self.page.with_user(self.lea).body = "<p>Deuxième</p>"
        self.Page._rename_in_history(self.lea, "Ancien agent")
        self.page.invalidate_recordset()
        history = self.page.html_field_history_metadata["body"]
        self.assertEqual(history[0]["create_user_name"], "Ancien agent")


@tagged("post_install", "-at_install")
class TestPageTogether(PageMixin, SocialMixin, MairieHttpCase):
    def _broadcast(self, user, text=None):
        text = text or self.page
        user.password = "le bac passe sur la Loire"
        self.authenticate(user.login, "le bac passe sur la Loire")
        return self.make_jsonrpc_request(
            "/html_editor/bus_broadcast",
            {
                "model_name": text._name,
                "field_name": "body",
                "res_id": text.id,
                "bus_data": {},
            },
        )

    def test_what_is_typed_goes_to_members_only(self):
        self._broadcast(self.lea)
        with mute_logger("odoo.http"), self.assertRaisesRegex(Exception, "Acc"):
            self._broadcast(self.karim)

    def test_a_post_to_review_is_typed_by_its_author_and_its_reviewers(self):
        own = self._audience("service", department_id=self.voirie.id)
        post = self._create_draft(self.contributor, own)
        with mute_logger("odoo.http"), self.assertRaisesRegex(Exception, "Acc"):
            self._broadcast(self.communication, post)
        post.action_submit()
        self._broadcast(self.contributor, post)
        self._broadcast(self.communication, post)
        for user in (self.karim, self.hr):
            with mute_logger("odoo.http"), self.assertRaisesRegex(Exception, "Acc"):
                self._broadcast(user, post)

    def test_a_copy_left_behind_does_not_take_the_place_of_the_common_text(self):
        own = self._audience("service", department_id=self.voirie.id)
        post = self._create_draft(self.contributor, own)
        post.action_submit()
        text = '<p data-last-history-steps="%s">Le bac %s</p>'
        author = self.Post.with_user(self.contributor)
        reviewer = self.Post.with_user(self.communication)
        author.save_draft(post.id, {"body": text % ("11,12", "passe")})
        reviewer.save_draft(post.id, {"body": text % ("12,13", "passe à 8 h")})
        with (
            mute_logger("odoo.addons.html_editor.tools", "odoo.tools.translate"),
            self.assertRaisesRegex(UserError, "open the post again"),
        ):
            author.save_draft(post.id, {"body": text % ("11,12", "ne passe pas")})
        self.assertIn("8 h", post.body)
