"""Documents of a group: read with the group, found with the group, gone with it."""

import base64

from odoo.addons.mairie_base.tests.common import MairieHttpCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SocialCase, SocialMixin
from .test_group import GroupMixin

WORDS = base64.b64encode(b"Le muret de soutenement, quai sud.")


class DocumentMixin(GroupMixin):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Document = cls.env["mairie.social.document"]
        cls.plan = cls._put(cls.projet, cls.lea, "Plan.txt")

    @classmethod
    def _put(cls, group, user, name):
        vals = {"name": name, "group_id": group.id, "file": WORDS}
        return cls.Document.with_user(user).create(vals)

    def _enter(self, group, user):
        group.with_user(user).action_join()
        group.with_user(self.lea).request_ids.action_accept()

    def _get_attachment(self, document):
        own = [("res_model", "=", document._name), ("res_field", "=", "file")]
        return self.env["ir.attachment"].search([*own, ("res_id", "=", document.id)])


@tagged("post_install", "-at_install")
class TestDocument(DocumentMixin, SocialCase):
    def test_members_alone_read_and_write(self):
        for user in (self.karim, self.manager, self.communication):
            plan = self.plan.with_user(user)
            self.assertFalse(plan.search([("id", "=", plan.id)]))
            self.assertFalse(self.projet.with_user(user).document_count)
            for read in (plan, self._get_attachment(plan).with_user(user)):
                with self.assertRaises(AccessError):
                    read.read(["name"])
            with self.assertRaises(AccessError):
                plan.name = "Autre.txt"
            with self.assertRaises(AccessError):
                self._put(self.projet, user, "Intrus.txt")
        self._enter(self.projet, self.karim)
        self.assertEqual(self.plan.with_user(self.karim).file_size, 34)
        self.assertTrue(self._put(self.projet, self.karim, "Devis.txt"))
        self.assertEqual(self.projet.with_user(self.karim).document_count, 2)

    def test_leaving_the_group_closes_its_documents_at_once(self):
        self._enter(self.projet, self.karim)
        self._put(self.projet, self.karim, "Devis.txt")
        self.projet.with_user(self.karim).leave()
        own = self.Document.with_user(self.karim)
        self.assertFalse(own.search([("group_id", "=", self.projet.id)]))
        with self.assertRaises(AccessError):
            self.projet.with_user(self.karim).action_open_documents()

    def test_where_moderators_alone_add(self):
        self._enter(self.projet, self.karim)
        self.projet.with_user(self.lea).document_policy = "moderators"
        self.assertTrue(self.plan.with_user(self.karim).read(["file"]))
        self.assertFalse(self.projet.with_user(self.karim).may_file)
        with self.assertRaises(AccessError):
            self._put(self.projet, self.karim, "Devis.txt")
        with self.assertRaises(AccessError):
            self.plan.with_user(self.karim).name = "Autre.txt"
        self.plan.with_user(self.lea).name = "Plan du quai.txt"

    def test_open_group_is_read_by_all_and_written_by_its_members(self):
        rules = self._put(self.cafe, self.karim, "Tour.txt")
        self.assertTrue(rules.with_user(self.lea).read(["file"]))
        with self.assertRaises(AccessError):
            rules.with_user(self.lea).name = "Autre.txt"
        with self.assertRaises(AccessError):
            self._put(self.cafe, self.lea, "Intrus.txt")

    def test_what_is_replaced_stays_among_the_former_versions(self):
        plan = self.plan.with_user(self.lea)
        plan.write({"name": "Plan B.txt", "file": base64.b64encode(b"Second")})
        plan.file = base64.b64encode(b"Third")
        self.assertEqual(plan.former_ids.mapped("name"), ["Plan B.txt", "Plan.txt"])
        self.assertEqual(plan.former_ids.mapped("raw")[1], base64.b64decode(WORDS))
        former = plan.former_ids
        with self.assertRaises(AccessError):
            former.with_user(self.karim).read(["raw"])
        self._enter(self.projet, self.karim)
        self.assertEqual(self.plan.with_user(self.karim).former_ids, former)
        plan.unlink()
        self.assertFalse(former.exists())

    def test_a_section_has_one_spelling_for_each_path(self):
        self.plan.folder = " Travaux/Plans / "
        self.assertEqual(self.plan.folder, "Travaux / Plans")

    def test_deleted_by_who_put_it_there_or_a_moderator(self):
        self._enter(self.projet, self.karim)
        with self.assertRaises(AccessError):
            self.plan.with_user(self.karim).unlink()
        self._put(self.projet, self.karim, "Devis.txt").unlink()
        self.plan.with_user(self.lea).unlink()

    def test_a_document_stays_in_its_group(self):
        with self.assertRaises(AccessError):
            self.plan.with_user(self.lea).group_id = self.secret.id

    def test_what_a_browser_would_run_is_refused(self):
        page = base64.b64encode(b"<html><script>alert(1)</script></html>")
        for name, data in (("a.html", WORDS), ("a.svg", WORDS), ("a.txt", page)):
            vals = {"name": name, "group_id": self.projet.id, "file": data}
            with self.assertRaises(UserError):
                self.Document.with_user(self.lea).create(vals)
        with self.assertRaises(UserError):
            self.plan.with_user(self.lea).name = "Plan.html"

    def test_found_by_name_and_text_by_whoever_reads_it(self):
        self.assertEqual(self._find("soutènement", self.lea), {"Plan.txt"})
        self.assertEqual(self._find("plan", self.lea), {"Plan.txt"})
        self.assertEqual(self._find("soutènement", self.karim), set())
        self._put(self.cafe, self.karim, "Tour.txt")
        self.assertEqual(self._find("soutènement", self.rose), {"Tour.txt"})
        self.plan.with_user(self.lea).name = "Croquis.txt"
        self.assertEqual(self._find("plan", self.lea), set())

    def test_a_page_is_found_by_its_words_and_forgotten_with_its_group(self):
        Page = self.env["mairie.social.page"].with_user(self.lea)
        body = "<p>Le batardeau arrive lundi</p>"
        Page.create({"name": "Relevé", "group_id": self.projet.id, "body": body})
        self.assertEqual(self._find("batardeau", self.lea), {"Relevé"})
        self.assertEqual(self._find("batardeau", self.karim), set())
        self.projet.unlink()
        self.assertEqual(self._find("batardeau soutènement", self.lea), set())
        kept = self.env["mairie.social.doc"].search(
            [("res_model", "in", (Page._name, self.Document._name))]
        )
        self.assertNotIn(self.plan.id, kept.mapped("res_id"))

    def _find(self, text, user):
        Doc = self.env["mairie.social.doc"].with_user(user)
        answer = Doc.search_all(text, "files")
        self.assertEqual(answer["counts"]["files"], len(answer["results"]))
        return {
            "".join(piece for piece, _found in hit["title"])
            for hit in answer["results"]
        }


@tagged("post_install", "-at_install")
class TestDocumentAddress(DocumentMixin, SocialMixin, MairieHttpCase):
    def test_the_address_of_a_file_answers_its_readers_only(self):
        file = f"/web/content/mairie.social.document/{self.plan.id}/file"
        attachment = f"/web/content/{self._get_attachment(self.plan).id}"
        for user, status in ((self.lea, 200), (self.karim, 404)):
            user.password = "le bac passe sur la Loire"
            self.authenticate(user.login, "le bac passe sur la Loire")
            for url in (f"{file}?filename_field=name&download=true", attachment):
                with mute_logger("odoo.http"):
                    answer = self.url_open(url)
                self.assertEqual(answer.status_code, status, url)
                self.assertEqual(b"muret" in answer.content, status == 200)
