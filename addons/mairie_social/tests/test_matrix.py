"""Every audience kind, every state, every role: read, search and count agree."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SocialCase

KINDS = ("all", "agents", "elus", "service", "site", "role", "manual")
STATES = ("draft", "scheduled", "published", "expired", "hidden")
# role -> audience kinds in which the person is
INSIDE = {
    "karim": {"all", "agents", "service", "site", "role", "manual"},
    "lea": {"all", "agents"},
    "rose": {"all", "elus"},
    "author": {"all", "agents"},
    "communication": {"all", "agents"},
    "hr": {"all", "agents"},
    "manager": {"all", "agents"},
}


@tagged("post_install", "-at_install")
class TestMatrix(SocialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.author = cls._new_user("auteur", "mairie_social.group_contributor")
        role = cls.env["res.role"].create(
            {"name": "Référents", "user_ids": [Command.set(cls.karim.ids)]}
        )
        extra = {
            "service": {"department_id": cls.voirie.id},
            "site": {"work_location_id": cls.depot.id},
            "role": {"role_id": role.id},
            "manual": {"included_user_ids": [Command.set(cls.karim.ids)]},
        }
        cls.posts = {}
        for kind in KINDS:
            audience = cls._audience(kind, **extra.get(kind, {}))
            for state in STATES:
                cls.posts[kind, state] = cls._create_post(
                    audience, author=cls.author, **cls._get_state_vals(state)
                )

    @classmethod
    def _get_state_vals(cls, state):
        now = fields.Datetime.now()
        return {
            "draft": {"state": "draft", "published_at": False},
            "scheduled": {
                "state": "scheduled",
                "published_at": False,
                "publish_at": now + timedelta(days=1),
            },
            "published": {},
            "expired": {"expire_at": now - timedelta(minutes=1)},
            "hidden": {"is_hidden": True},
        }[state]

    def _expected(self, role, kind, state):
        if role == "author":
            return True
        if role == "communication":
            return state != "draft"
        return state == "published" and kind in INSIDE[role]

    def test_matrix(self):
        """7 audience kinds x 5 states x 7 roles = 245 cases, by four doors each."""
        cases = 0
        for role in INSIDE:
            Post = self.Post.with_user(getattr(self, role))
            found = Post.search([("id", "in", [p.id for p in self.posts.values()])])
            for (kind, state), post in self.posts.items():
                cases += 1
                expected = self._expected(role, kind, state)
                with self.subTest(role=role, kind=kind, state=state):
                    self.assertEqual(post in found, expected)
                    domain = [("id", "=", post.id)]
                    self.assertEqual(Post.search_count(domain), int(expected))
                    mine = Post.browse(post.id)
                    self.assertEqual(mine.has_access("read"), expected)
                    if expected:
                        self.assertTrue(mine.read(["name"]))
                    else:
                        with self.assertRaises(AccessError):
                            mine.read(["name"])
        self.assertEqual(cases, len(KINDS) * len(STATES) * len(INSIDE))

    def test_feed_shows_only_live_posts_of_the_own_audiences(self):
        for role, kinds in INSIDE.items():
            feed = self.Post.with_user(getattr(self, role)).get_feed()
            shown = {card["id"] for card in feed["posts"]}
            for (kind, state), post in self.posts.items():
                expected = state == "published" and kind in kinds
                with self.subTest(role=role, kind=kind, state=state):
                    self.assertEqual(post.id in shown, expected)

    def test_hr_notes_are_reviewed_by_hr_alone(self):
        note = self._create_post(
            self._audience("service", department_id=self.culture.id),
            author=self.author,
            kind="hr_note",
        )
        self.assertFalse(note.with_user(self.communication).has_access("read"))
        self.assertTrue(note.with_user(self.hr).has_access("read"))
        self.assertTrue(note.with_user(self.lea).has_access("read"))
