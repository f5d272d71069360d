from odoo.tests import tagged

from .common import ElusCase


@tagged("post_install", "-at_install")
class TestSetup(ElusCase):
    def _get_done(self, user):
        steps = self.env["mairie.seance"].with_user(user).get_mairie_setup()
        self.assertTrue(all(self.env.ref(step["action"]) for step in steps))
        return {step["key"]: step["done"] for step in steps}

    def test_first_steps_are_ticked_by_what_is_there(self):
        town = self.env["res.company"].create({"name": "Neuve"})
        new = self._new_user(
            "neuve.secretaire", "mairie_elus.group_secretary", company_id=town.id
        )
        keys = ("council", "instances", "channels", "seance")
        self.assertEqual(self._get_done(new), dict.fromkeys(keys, False))
        secretary = self._new_user("secretaire.pas", "mairie_elus.group_secretary")
        self._new_seance()
        done = self._get_done(secretary)
        self.assertTrue(done["council"] and done["instances"] and done["seance"])
        mandat = self.env["mairie.mandat"].search(
            [("company_id", "=", self.commune.id), ("date_to", "=", False)], limit=1
        )
        mandat.write({"channel": "paper", "paper_address": False})
        self.assertFalse(self._get_done(secretary)["channels"])

    def test_others_see_no_strip(self):
        agent = self._new_user("agent.pas")
        self.assertEqual(
            self.env["mairie.seance"].with_user(agent).get_mairie_setup(), []
        )
