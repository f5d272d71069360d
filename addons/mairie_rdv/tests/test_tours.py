"""The morning of a desk agent, the visit of the manager, in a browser."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.mairie_base.tests.common import MairieHttpCase
from odoo.fields import Command
from odoo.tests import tagged

from .fake_ants import CentralBase, as_sender


@tagged("post_install", "-at_install")
class TestTours(MairieHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls._new_user("t_rdv", "mairie_rdv.group_agent")
        cls.manager = cls._new_user("t_resp", "mairie_rdv.group_responsable")
        cls.lieu = cls.env["mairie.rdv.lieu"].create(
            {
                "name": "Mairie du parcours",
                "user_ids": [Command.set((cls.agent + cls.manager).ids)],
            }
        )
        cls.demarche = cls.env["mairie.rdv.demarche"].create(
            {"name": "Démarche du parcours", "duration": 5, "lead_min_hours": 0}
        )
        cls.guichet = cls.env["mairie.rdv.guichet"].create(
            {
                "name": "Guichet A",
                "lieu_id": cls.lieu.id,
                "capacity": 3,
                "demarche_ids": [Command.set(cls.demarche.ids)],
            }
        )
        # The clock of the browser is the real one: open all day, whatever the hour.
        cls.lieu.tz = "UTC"
        for day in range(2):
            cls.env["mairie.rdv.ouverture"].create(
                {
                    "lieu_id": cls.lieu.id,
                    "guichet_ids": [Command.set(cls.guichet.ids)],
                    "kind": "date",
                    "date_from": fields.Date.today() + timedelta(days=day),
                    "hour_from": 0.0,
                    "hour_to": 24.0,
                }
            )

    def test_desk_agent(self):
        now = fields.Datetime.now().replace(second=0, microsecond=0)
        rdv = self.env["mairie.rdv"].create(
            {
                "demarche_id": self.demarche.id,
                "lieu_id": self.lieu.id,
                "guichet_id": self.guichet.id,
                "start": now,
                "last_name": "Parcours",
            }
        )
        self.start_tour("/odoo/rdv-jour", "mairie_rdv_desk", login="t_rdv")
        self.assertEqual(rdv.state, "in_progress")
        walk_in = self.env["mairie.rdv"].search([("last_name", "=", "Sansrdv")])
        self.assertEqual(walk_in.lieu_id, self.lieu)
        self.assertIn(walk_in.state, ("arrived", "confirmed"))

    def test_manager(self):
        comptes = self.env["mairie.rdv.ants.compte"]
        compte = comptes._get_account(self.env.company) or comptes.create({})
        compte.write({"site": "test", "new_token": "secret"})
        sender = as_sender(CentralBase("secret"))
        with patch.object(type(compte), "_send_request", sender):
            self.start_tour(
                "/odoo/rdv-frequentation", "mairie_rdv_manager", login="t_resp"
            )
        self.assertTrue(compte.last_success)
