from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MairieCase


@tagged("post_install", "-at_install")
class TestTraitement(MairieCase):
    """Article 30 of the RGPD: no data of ours without a purpose, an end, a guard."""

    def test_every_field_of_ours_is_in_the_register(self):
        covered = self.env["mairie.traitement"]._get_covered()
        missing = {
            name if "*" not in covered.get(name, ()) else ""
            for name, model in self.env.registry.items()
            if name.startswith("mairie.") and not (model._abstract or model._transient)
            for field, column in model._fields.items()
            if column.store and field not in covered.get(name, ())
        }
        self.assertEqual(missing - {""}, set(), "say why they are kept, how long")

    def test_the_register_names_no_model_that_went(self):
        covered = set(self.env["mairie.traitement"]._get_covered())
        self.assertEqual(covered - set(self.env.registry), set())

    def test_everybody_reads_it_and_the_officer_settles_it(self):
        line = self.env["mairie.traitement"].search([], limit=1)
        agent = self._new_user("agent_registre", "mairie_base.group_agent")
        self.assertTrue(line.with_user(agent).purpose)
        with self.assertRaises(AccessError):
            line.with_user(agent).duration = "Un an"
        with self.assertRaises(AccessError):
            line.with_user(agent).read(["coverage"])
        officer = self._new_user("dpo_registre", "mairie_base.group_dpo")
        line.with_user(officer).duration = "Un an"
        self.assertIn("mairie.", line.with_user(officer).coverage)

    def test_lines_of_another_commune_stay_there(self):
        town = self.env["res.company"].create({"name": "Ailleurs"})
        line = self.env["mairie.traitement"].search([], limit=1)
        other = line.copy({"company_id": town.id})
        agent = self._new_user("agent_registre", "mairie_base.group_dpo")
        found = self.env["mairie.traitement"].with_user(agent).search([])
        self.assertIn(line, found)
        self.assertNotIn(other, found)

    def test_the_register_is_printed_by_application(self):
        lines = self.env["mairie.traitement"].search([])
        report = self.env["ir.actions.report"]
        pdf, kind = report._render("mairie_base.mairie_traitement_report", lines.ids)
        self.assertEqual((kind, pdf[:5]), ("pdf", b"%PDF-"))
        html, _kind = report._render_qweb_html(
            "mairie_base.document_register", lines.ids
        )
        for line in lines:
            self.assertIn(line.application, html.decode())
