from odoo.addons.mairie_base.tests.common import MairieHttpCase
from odoo.tests import tagged

from .common import SocialMixin


@tagged("post_install", "-at_install")
class TestGroupTour(SocialMixin, MairieHttpCase):
    def test_agent_enters_and_writes(self):
        Group = self.env["mairie.social.group"].with_user(self.lea)
        group = Group.create({"name": "Parcours café", "privacy": "open"})
        Group.create({"name": "Zinzolin", "privacy": "secret"})
        self.start_tour("/odoo/groupes", "mairie_social_group", login="karim")
        post = self.Post.search([("name", "=", "Gâteau du vendredi")])
        self.assertEqual(post.group_id, group.sudo())
        self.assertEqual(post.author_id, self.karim)
        self.assertEqual(post.poll_ids.option_ids.mapped("name"), ["Karim", "Léa"])
        self.assertTrue(post.poll_ids.is_anonymous)
