"""Search: the words of French people, and only what one may read."""

import base64
import json
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import SocialCase
from .test_group import GroupMixin


@tagged("post_install", "-at_install")
class TestSearch(SocialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Doc = cls.env["mairie.social.doc"]
        cls.agents = cls._audience("agents")
        cls.post = cls._create_post(
            cls.agents,
            name="Élagage des platanes",
            body="<p>Les cérémonies des vœux et les animations de l'été. "
            "Prenez rendez-vous au centre-ville. Parcours pédagogique.</p>",
        )

    def _search(self, text, user=None, tab="posts", **filters):
        Doc = self.Doc.with_user(user or self.lea)
        return Doc.search_all(text, tab, **filters)

    def _ids(self, text, user=None, tab="posts", **filters):
        return [
            hit["id"] for hit in self._search(text, user, tab, **filters)["results"]
        ]

    def test_accents_plurals_ligatures_hyphens_prefix_phrase_minus(self):
        for text in (
            "elagages",
            "ELAGAGE",
            "ceremonie",
            "été",
            "voeux",
            "vœux",
            "rendez-vous",
            "rendez vous",
            "Pédagogi*",
            '"animations de l\'été"',
            "platane -travaux",
        ):
            with self.subTest(text=text):
                self.assertIn(self.post.id, self._ids(text))
        for text in ('"été animations"', "platane -vœux", "zzz", "", "   ", "!&|"):
            with self.subTest(text=text):
                self.assertNotIn(self.post.id, self._ids(text))

    def test_two_people_each_find_their_own(self):
        secret = self._create_post(
            self._audience("service", department_id=self.voirie.id),
            name="Zéphyrine au dépôt",
        )
        self.assertEqual(self._ids("zephyrine", self.karim), [secret.id])
        for user in (self.lea, self.rose, self.manager, self.hr):
            found = self._search("zephyrine", user)
            self.assertFalse(found["results"])
            self.assertEqual(found["counts"]["posts"], 0)
            self.assertNotIn("phyrine", json.dumps(found, default=str))
        self.assertEqual(self._ids("zephyrine", self.communication), [secret.id])

    def test_counts_are_those_of_what_one_reads(self):
        for index in range(3):
            self._create_post(self._audience("elus"), name=f"Quincaillerie {index}")
        self._create_post(self.agents, name="Quincaillerie des agents")
        self.assertEqual(self._search("quincaillerie")["counts"]["posts"], 1)
        found = self._search("quincaillerie", self.rose)
        self.assertEqual(found["counts"]["posts"], 3)

    def test_withdrawn_hidden_expired_and_moved_are_gone_at_once(self):
        self.post.sudo().action_hide()
        self.assertFalse(self._ids("platanes"))
        self.post.sudo().action_show()
        self.assertTrue(self._ids("platanes"))
        self.post.sudo().write({"expire_at": fields.Datetime.now() + timedelta(days=1)})
        self.assertTrue(self._ids("platanes"))
        self.env.cr.execute(
            "UPDATE mairie_social_doc SET expire_at = now() - interval '1 hour'"
            " WHERE post_id = %s",
            [self.post.id],
        )
        self.assertFalse(self._ids("platanes"))
        own = self._create_post(
            self._audience("service", department_id=self.culture.id), name="Marionnette"
        )
        self.assertEqual(self._ids("marionnettes"), [own.id])
        self.lea.employee_id.sudo().department_id = self.voirie
        self.assertFalse(self._ids("marionnettes"))

    def test_comments_follow_their_post_and_their_moderators(self):
        comment = self.post.with_user(self.karim).add_comment("Quel beau tilleul")
        message = self.env["mail.message"].browse(comment["comment"]["id"])
        self.assertEqual(self._ids("tilleuls", tab="messages"), [self.post.id])
        self.assertFalse(self._ids("tilleuls", self.rose, tab="messages"))
        self.post._moderate("hide", message, "Hors sujet")
        found = self._search("tilleuls", tab="messages")
        self.assertFalse(found["results"])
        self.assertEqual(found["counts"]["messages"], 0)
        self.post._moderate("keep", message)
        self.assertTrue(self._ids("tilleuls", tab="messages"))
        self.post.with_user(self.karim).edit_comment(message.id, "")
        self.assertFalse(self._ids("tilleuls", tab="messages"))

    def test_messages_of_ones_own_conversations_only(self):
        Channel = self.env["discuss.channel"].with_user(self.karim)
        chat = Channel._get_or_create_chat(self.contributor.partner_id.ids)
        chat.message_post(
            body="La clé du fourgon est au râtelier", message_type="comment"
        )
        self.assertEqual(self._ids("rateliers", self.karim, tab="messages"), [chat.id])
        self.assertTrue(self._ids("ratelier", self.contributor, tab="messages"))
        for user in (self.lea, self.manager, self.env.ref("base.user_admin")):
            self.assertFalse(self._ids("ratelier", user, tab="messages"))

    def test_text_of_a_file_is_found(self):
        draft = self._create_draft(self.communication, self.agents)
        text = base64.b64encode("Arrêté portant fermeture du gué".encode()).decode()
        draft.add_file("arrete.txt", text)
        self.assertFalse(self._ids("gué", tab="files"))
        draft.action_publish()
        found = self._search("gue", tab="files")
        self.assertEqual([hit["id"] for hit in found["results"]], [draft.id])
        self.assertFalse(self._ids("gue", self.rose, tab="files"))

    def test_deleted_message_and_post_leave_no_row(self):
        comment = self.post.with_user(self.karim).add_comment("Campanule")
        self.env["mail.message"].browse(comment["comment"]["id"]).sudo().unlink()
        self.assertFalse(self._ids("campanule", tab="messages"))
        self.post.sudo().unlink()
        self.env.cr.execute(
            "SELECT COUNT(*) FROM mairie_social_doc WHERE post_id = %s", [self.post.id]
        )
        self.assertEqual(self.env.cr.fetchone()[0], 0)

    def test_people_by_a_name_with_a_slip(self):
        user = self._new_member(
            "mdupont", self.voirie, self.depot, name="Martin DUPONT"
        )
        self._new_member("mdubois", self.culture, name="Martine Dubois")
        found = self._search("dupon martin", tab="people")["results"]
        self.assertEqual(found[0]["id"], user.employee_id.id)
        self.assertIn("Voirie", found[0]["detail"])
        self.assertIn("Centre technique", found[0]["detail"])
        self.assertIn(
            "Rose",
            [hit["name"] for hit in self._search("rose", tab="people")["results"]],
        )

    def test_dates_narrow(self):
        today = fields.Date.context_today(self.post)
        self.assertTrue(self._ids("platane", since=str(today)))
        self.assertFalse(self._ids("platane", since=str(today + timedelta(days=2))))
        self.assertFalse(self._ids("platane", until=str(today - timedelta(days=2))))

    def test_words_found_are_marked_in_the_quotation(self):
        hit = self._search("elagages")["results"][0]
        self.assertIn(("Élagage", True), [tuple(piece) for piece in hit["title"]])

    def test_rebuilt_index_says_the_same(self):
        self.post.with_user(self.karim).add_comment("Quel beau tilleul")
        before = self._search("tilleul")["counts"]
        self.Doc._rebuild()
        self.assertEqual(self._search("tilleul")["counts"], before)
        self.assertIn(self.post.id, self._ids("elagage"))

    def test_a_page_costs_the_same_for_many_posts(self):
        def cost():
            self.env.flush_all()
            self._search("platane")
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._search("platane")
            return self.env.cr.sql_log_count - before

        few = cost()
        for index in range(15):
            self._create_post(self.agents, name=f"Platane {index}")
        self.assertLessEqual(cost() - few, 3)


@tagged("post_install", "-at_install")
class TestSearchGroups(GroupMixin, SocialCase):
    def _groups(self, text, user):
        found = self.env["mairie.social.doc"].with_user(user).search_all(text)
        hits = self.env["mairie.social.doc"].with_user(user).search_all(text, "groups")
        names = [hit["title"][0][0] for hit in hits["results"]]
        self.assertEqual(found["counts"]["groups"], len(names))
        return names

    def test_found_by_name_and_purpose_but_for_a_secret_one(self):
        self.projet.with_user(self.lea).purpose = "Inaugurer la passerelle"
        self.assertIn("Machine à café", self._groups("machine cafe", self.rose))
        self.assertEqual(self._groups("passerelle", self.rose), ["Projet"])
        self.assertEqual(self._groups("zinzolin", self.lea), ["Zinzolin-88"])
        for user in (self.rose, self.manager, self.communication):
            self.assertEqual(self._groups("zinzolin", user), [])

    def test_own_groups_alone(self):
        self._create_post(self._audience("all"), name="Passerelle pour tous")
        mine = self.projet.with_user(self.lea).publish("Passerelle", "Plan.")["id"]
        Doc = self.env["mairie.social.doc"].with_user(self.lea)
        everywhere = Doc.search_all("passerelle", "posts")
        own = Doc.search_all("passerelle", "posts", own_groups=True)
        self.assertEqual(everywhere["counts"]["posts"], 2)
        self.assertEqual([hit["id"] for hit in own["results"]], [mine])
        self.assertEqual(own["counts"]["posts"], 1)
        theirs = self.env["mairie.social.doc"].with_user(self.rose)
        self.assertEqual(
            theirs.search_all("passerelle", "posts", own_groups=True)["results"], []
        )
