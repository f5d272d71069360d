from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.tests import tagged

from .common import ScrutinMixin


@tagged("post_install", "-at_install")
class TestSetup(ScrutinMixin, MairieCase):
    def _get_done(self, user):
        steps = self.env["mairie.scrutin"].with_user(user).get_mairie_setup()
        self.assertTrue(all(self.env.ref(step["action"]) for step in steps))
        return {step["key"] for step in steps if step["done"]}

    def test_first_steps_are_ticked_by_what_is_there(self):
        organiser = self._new_role("admin")
        self.assertLessEqual(
            {"election", "stations", "lists"}, self._get_done(organiser)
        )
        town = self.env["res.company"].create({"name": "Neuve"})
        organiser.write({"company_ids": [(6, 0, town.ids)], "company_id": town.id})
        self.assertEqual(self._get_done(organiser), set())

    def test_others_see_no_strip(self):
        operator = self._new_role("operateur")
        scrutins = self.env["mairie.scrutin"].with_user(operator)
        self.assertEqual(scrutins.get_mairie_setup(), [])
