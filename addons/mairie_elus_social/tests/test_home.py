"""The next meeting on the home page: for whoever may know of it, and nobody else."""

from datetime import timedelta

from odoo import fields
from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.addons.mairie_elus.tests.common import CouncilMixin
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestHome(CouncilMixin, MairieCase):
    def _card(self, user):
        return self.env["mairie.social.post"].with_user(user).get_home()["sitting"]

    def test_secretary_finds_it_from_the_first_draft_a_member_once_convened(self):
        elu = self._new_elu_user(self.mayor, "maire.accueil")
        agent = self._new_user("agent_accueil", "mairie_base.group_agent")
        # Begun this long ago, it comes before any of the demo town.
        begun = fields.Datetime.now() - timedelta(hours=7, minutes=55)
        seance = self._new_seance(date_start=begun)
        self.assertEqual(self._card(self.secretary)["id"], seance.id)
        self.assertFalse(self._card(self.secretary)["url"])
        self.assertFalse(self._card(elu), "not convened: a member knows nothing")
        self.assertFalse(self._card(agent))
