from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestTown(MairieCase):
    def test_agents_find_the_canteen_among_their_shortcuts(self):
        agent = self._new_user("agent.cantine")
        shortcuts = self.env["mairie.social.post"].with_user(agent)._get_shortcuts()
        self.assertEqual(shortcuts[-1]["action"], "mairie_exemple.action_canteen")

    def test_citizens_read_about_the_car_park(self):
        view = self.env.ref("mairie_rdv.public_manage")
        self.assertIn("e-parking", view.get_combined_arch())
