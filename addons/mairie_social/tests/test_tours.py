"""The two paths of the hub, in a browser."""

from odoo import Command
from odoo.addons.mairie_base.tests.common import MairieHttpCase
from odoo.tests import tagged

from .common import SocialMixin


@tagged("post_install", "-at_install")
class TestTours(SocialMixin, MairieHttpCase):
    def test_agent_reads_reacts_and_comments(self):
        post = self._create_post(self._audience("agents"), name="Essai du parcours")
        self._create_post(self._audience("elus"), name="Réservé aux élus")
        self.start_tour("/odoo", "mairie_social_agent", login="karim")
        self.assertEqual(post.reaction_ids.user_id, self.karim)
        self.assertIn("bien noté", str(post.message_ids[:1].body))

    def test_communication_publishes(self):
        self._audience(
            "manual",
            name="Équipe du parcours",
            included_user_ids=[Command.set((self.karim | self.contributor).ids)],
        )
        self.start_tour("/odoo", "mairie_social_publish", login="communication_")
        post = self.Post.search([("name", "=", "Fermeture du parking")])
        self.assertEqual(post.state, "published")
        self.assertIn("livraison", post.body)
        self.assertTrue(post.with_user(self.karim).has_access("read"))
        self.assertFalse(post.with_user(self.lea).has_access("read"))
