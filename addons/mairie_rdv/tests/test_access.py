"""Who sees and does what: citizens' data stay with those who receive them."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RdvCase


@tagged("post_install", "-at_install")
class TestAccess(RdvCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accueil = cls._new_user("t_accueil", "mairie_rdv.group_accueil")
        cls.agent = cls._new_user("t_rdv", "mairie_rdv.group_agent")
        cls.responsable = cls._new_user("t_resp", "mairie_rdv.group_responsable")
        cls.elsewhere = cls._new_user("t_autre", "mairie_rdv.group_agent")
        cls.outsider = cls._new_user("t_voirie")
        cls.lieu.user_ids = cls.accueil + cls.agent + cls.responsable
        cls.rdv = cls._create_rdv(email="lea@exemple.fr", phone="+33639981234")

    def _as(self, user, record=None):
        return (record or self.rdv).with_user(user)

    def test_outsider_finds_nothing(self):
        for model in ("mairie.rdv", "mairie.rdv.personne", "mairie.rdv.envoi"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.outsider).search([])
        with self.assertRaises(AccessError):
            self._as(self.outsider).action_arrive()

    def test_agent_of_another_place_sees_no_row(self):
        rdvs = self.env["mairie.rdv"].with_user(self.elsewhere)
        domain = [("id", "=", self.rdv.id)]
        self.assertEqual(rdvs.search_count(domain), 0)
        self.assertFalse(
            rdvs.formatted_read_group(domain, aggregates=["__count"])[0]["__count"]
        )
        self.assertFalse(rdvs.name_search(self.rdv.code))
        with self.assertRaises(AccessError):
            self._as(self.elsewhere).read(["contact_name"])
        with self.assertRaises(AccessError):
            self._as(self.elsewhere).action_cancel()

    def test_reserved_procedure_is_for_its_agents(self):
        self.demarche.user_ids = self.responsable
        self.assertFalse(
            self.env["mairie.rdv"]
            .with_user(self.agent)
            .search([("id", "=", self.rdv.id)])
        )
        self._as(self.responsable).read(["contact_name"])

    def test_reception_notes_arrivals_and_reads_no_contact(self):
        rdv = self._as(self.accueil)
        rdv.read(["contact_name", "start"])
        for field in ("email", "phone", "note"):
            with self.assertRaises(AccessError):
                rdv.read([field])
        rdv.action_arrive()
        self.assertEqual(self.rdv.state, "arrived")
        rdv.action_undo()
        self.assertEqual(self.rdv.state, "confirmed")
        self.rdv.action_cancel()
        with self.assertRaises(AccessError):
            rdv.action_undo()
        self.rdv.action_undo()
        with self.assertRaises(AccessError):
            rdv.action_cancel()
        with self.assertRaises(AccessError):
            rdv.write({"last_name": "X"})

    def test_agent_books_moves_and_cancels_but_sets_nothing_up(self):
        rdv = self._as(self.agent)
        rdv.start = self.lieu._read_start("2026-06-01T09:40")
        rdv.action_cancel()
        new = (
            self.env["mairie.rdv"]
            .with_user(self.agent)
            .create(
                {
                    "demarche_id": self.demarche.id,
                    "lieu_id": self.lieu.id,
                    "start": "2026-06-01 07:20:00",
                    "last_name": "Sow",
                }
            )
        )
        self.assertEqual(new.guichet_id, self.guichet)
        with self.assertRaises(AccessError):
            rdv.unlink()
        with self.assertRaises(AccessError):
            self._as(self.agent, self.demarche).duration = 5

    def test_manager_sets_up(self):
        self._as(self.responsable, self.demarche).duration = 25
        self._as(self.responsable, self.opening).hour_to = 11.0
        self.env["mairie.rdv.exception"].with_user(self.responsable).create(
            {"name": "Inventaire"}
        )

    def test_nobody_reads_tokens(self):
        admin = self.env.ref("base.user_admin")
        self.assertTrue(admin.has_group("mairie_rdv.group_responsable"))
        self.lieu.user_ids += admin
        for field in ("access_token", "request_key", "ip_hash"):
            with self.assertRaises(AccessError):
                self._as(admin).read([field])

    def test_another_commune_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Autre commune"})
        user = self._new_user(
            "t_commune",
            "mairie_rdv.group_responsable",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        self.lieu.user_ids += user
        for record in (self.rdv, self.lieu, self.demarche, self.guichet, self.opening):
            found = record.with_user(user).search([("id", "=", record.id)])
            self.assertFalse(found, record._name)

    def test_every_model_has_its_access_lines(self):
        names = [
            name
            for name, model in self.env.registry.items()
            if name.startswith("mairie.rdv") and not model._abstract
        ]
        self.assertGreater(len(names), 9)
        for name in names:
            lines = self.env["ir.model.access"].search([("model_id.model", "=", name)])
            self.assertTrue(lines, name)
            self.assertTrue(all(line.group_id for line in lines), name)
