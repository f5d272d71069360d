"""The desk on the home page: figures for whoever receives, nothing for the others."""

from datetime import datetime

from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.fields import Command
from odoo.tests import freeze_time, tagged


@tagged("post_install", "-at_install")
class TestHome(MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(datetime(2026, 6, 1, 7, 30)))
        cls.accueil = cls._new_user("g_accueil", "mairie_rdv.group_accueil")
        lieu = cls.env["mairie.rdv.lieu"].create(
            {"name": "Mairie", "tz": "Europe/Paris", "user_ids": [
                Command.set(cls.accueil.ids)]}
        )  # fmt: skip
        demarche = cls.env["mairie.rdv.demarche"].create({"name": "D", "duration": 20})
        desk = cls.env["mairie.rdv.guichet"].create(
            {"name": "G1", "lieu_id": lieu.id, "demarche_ids": [
                Command.set(demarche.ids)]}
        )  # fmt: skip
        cls.rdvs = cls.env["mairie.rdv"].create(
            [
                {
                    "demarche_id": demarche.id,
                    "lieu_id": lieu.id,
                    "guichet_id": desk.id,
                    "start": start,
                    "last_name": "Zanzibarova",
                }
                for start in ("2026-06-01 07:00:00", "2026-06-01 07:40:00",
                              "2026-06-01 08:00:00", "2026-06-02 08:00:00")
            ]
        )  # fmt: skip
        cls.rdvs[2].action_arrive()

    def _card(self, user):
        return self.env["mairie.social.post"].with_user(user).get_home()["desk"]

    def test_reception_sees_the_figures_of_its_place_and_no_name(self):
        self.assertEqual(
            self._card(self.accueil),
            {"place": "Mairie", "waiting": 1, "expected": 1, "late": 1},
        )

    def test_other_agents_and_other_places_see_nothing(self):
        self.assertFalse(self._card(self._new_user("g_agent")))
        elsewhere = self._new_user("g_autre", "mairie_rdv.group_agent")
        self.assertFalse(self._card(elsewhere))
