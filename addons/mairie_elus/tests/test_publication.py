"""Online: frozen, proved, two months at least, without personal data; what is due."""

import base64
from datetime import date, timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .acts_case import ActsMixin
from .common import START, ElusCase, make_pdf

NOW = "2026-12-18 09:00:00"


@tagged("post_install", "-at_install")
class TestPublication(ActsMixin, ElusCase):
    @classmethod
    @freeze_time(NOW)
    def setUpClass(cls):
        super().setUpClass()
        cls.seance = cls._hold()
        cls.acts = cls._get_acts(cls.seance)
        cls.acts.action_sign()

    def setUp(self):
        super().setUp()
        self.enterContext(freeze_time(NOW))
        self.act = self.acts[0]

    def _publish(self):
        self.act.action_publish()
        return self.act.publication_id

    def test_what_is_online_is_frozen(self):
        publication = self._publish()
        self.assertEqual(publication.published_on, date(2026, 12, 18))
        with self.assertRaises(AccessError):
            publication.with_user(self.secretary).write({"name": "Autre"})
        with self.assertRaises(UserError):
            publication.sudo().write({"name": "Autre"})
        with self.assertRaises(UserError):
            publication.sudo().unlink()

    def test_the_public_copy_says_its_author_and_nothing_of_the_back_office(self):
        publication = self._publish()
        self.assertEqual(publication.author, "Anne Mairesse, maire")
        self.assertIn("Par 2 voix pour", publication.body)
        self.assertNotIn("style=", publication.body)
        self.assertNotIn("<h1", publication.body)
        self.assertEqual(publication.theme, "Finances locales")

    def test_the_day_of_the_receipt_reaches_the_readers(self):
        publication = self._publish()
        self.assertIn("accusé de la préfecture attendu", publication.step_text)
        self.act.received_on = date(2026, 12, 21)
        self.assertEqual(publication.executory_on, date(2026, 12, 21))
        self.assertIn("Exécutoire le 21 décembre 2026", publication.step_text)

    def test_it_stays_two_months(self):
        publication = self._publish()
        with (
            freeze_time("2027-02-17 09:00:00"),
            self.assertRaisesRegex(UserError, "18/02/2027"),
        ):
            publication.with_user(self.secretary).action_withdraw()
        with freeze_time("2027-02-18 09:00:00"):
            publication.with_user(self.secretary).action_withdraw()
        self.assertEqual(publication.state, "withdrawn")

    def test_an_act_that_names_somebody_needs_its_public_copy(self):
        self.act.sudo().write({"has_personal_data": True})
        with self.assertRaisesRegex(UserError, "public copy"):
            self.act.action_publish()
        self.act.write(
            {
                "public_name": "Secours à une famille",
                "redacted_content": "<p>Un secours est accordé à […].</p>",
            }
        )
        publication = self._publish()
        self.assertEqual(publication.name, "Secours à une famille")
        self.assertIn("[…]", publication.body)
        self.assertTrue(publication.is_redacted)

    def test_a_copy_with_a_name_left_in_is_replaced_and_kept_out_of_sight(self):
        first = self._publish()
        self.act.action_redact()
        self.act.redacted_content = "<p>Texte sans nom.</p>"
        self.act.action_republish()
        second = self.act.publication_id
        self.assertEqual(first.state, "withdrawn")
        self.assertEqual(second.published_at, first.published_at)
        self.assertIn("sans nom", second.body)
        kinds = self.env["mairie.elus.journal"].search(
            [("subject", "=", self.act.number)], order="number"
        )
        self.assertEqual(
            kinds.mapped("kind")[-3:], ["published", "replaced", "published"]
        )

    def test_the_journal_proves_the_day_and_any_change_of_it_is_found(self):
        publication = self._publish()
        journal = self.env["mairie.elus.journal"]
        line = publication._get_journal_line()
        self.assertEqual(line.kind, "published")
        self.assertFalse(journal._get_faults(self.commune))
        count = len(journal._get_chain(self.commune))
        cr = self.env.cr
        self.env.flush_all()
        changes = [
            ("facts = replace(facts, '2026', '2025')", line.number, "seal"),
            ("occurred_at = occurred_at - interval '1 day'", line.number, "columns"),
            ("subject = 'autre'", 2, "columns"),
            ("kind = 'signed'", 1, "columns"),
            ("seal = reverse(seal)", count, "seal"),
        ]
        for change, number, fault in changes:
            with self.subTest(change=change), cr.savepoint() as savepoint:
                cr.execute("ALTER TABLE mairie_elus_journal DISABLE TRIGGER USER")
                cr.execute(
                    f"UPDATE mairie_elus_journal SET {change} WHERE company_id = %s AND"
                    " number = %s",
                    [self.commune.id, number],
                )
                self.env.invalidate_all()
                self.assertEqual(journal._get_faults(self.commune)[0], (number, fault))
                savepoint.rollback()
                self.env.invalidate_all()
        with self.subTest("cut tail"), cr.savepoint() as savepoint:
            cr.execute("ALTER TABLE mairie_elus_journal DISABLE TRIGGER USER")
            cr.execute(
                "DELETE FROM mairie_elus_journal WHERE company_id = %s AND number = %s",
                [self.commune.id, count],
            )
            self.env.invalidate_all()
            self.assertEqual(journal._get_faults(self.commune), [(count, "end")])
            told = self.env["mairie.integrity"]._get_journal_faults(self.commune)
            self.assertEqual(len(told), 1, "a restored town says it as well")
            self.assertIn(self.commune.name, told[0])
            savepoint.rollback()

    def test_the_list_and_the_minutes_go_online(self):
        seance = self.seance.with_user(self.secretary)
        seance.action_publish_list()
        self.assertEqual(seance.list_publication_id.kind, "list")
        self.assertIn("Approuvée", seance.list_publication_id.body)
        self._hold(START + timedelta(days=42), points=1)
        secret = self.seance.point_ids[0]
        secret.sudo().write({"debate": "Paroles de huis clos, 06 12 34 56 78"})
        self.env.cr.execute(
            "UPDATE mairie_point SET is_huis_clos = true WHERE id = %s", [secret.id]
        )
        self.env.invalidate_all()
        seance.action_approve_pv()
        seance.action_publish_pv()
        body = seance.pv_publication_id.body
        self.assertIn("Point étudié à huis clos", body)
        self.assertNotIn("Paroles", body)

    def test_decisions_are_numbered_apart_and_follow_the_same_steps(self):
        arretes = self.env["mairie.arrete"].with_user(self.secretary)
        vals = {"name": "Bail", "matiere_code": "3.3", "content": "<p>Il est loué.</p>"}
        day = date(2031, 5, 2)
        first, second, other = arretes.create(
            [
                {**vals, "date": day},
                {**vals, "date": day},
                {**vals, "date": day, "kind": "reglementaire"},
            ]
        )
        self.assertEqual(
            (first | second | other).mapped("number"),
            ["2031_D_001", "2031_D_002", "2031_A_001"],
        )
        with self.assertRaisesRegex(UserError, "no gap"):
            first.sudo().unlink()

    def test_an_arrete_about_one_person_binds_once_notified_and_received(self):
        arrete = (
            self.env["mairie.arrete"]
            .with_user(self.secretary)
            .create(
                {
                    "name": "Nomination",
                    "kind": "individuel",
                    "date": date(2026, 12, 1),
                    "content": "<p>x</p>",
                }
            )
        )
        arrete.action_sign()
        arrete.received_on = date(2026, 12, 3)
        self.assertFalse(arrete.executory_on)
        arrete.notified_on = date(2026, 12, 4)
        self.assertEqual(arrete.executory_on, date(2026, 12, 4))

    def test_a_matter_that_stays_at_home_is_known_from_its_list(self):
        matiere = self.env["mairie.matiere"]._find("7.10")
        matiere.is_transmitted = False
        seance = self._hold(START + timedelta(days=14), points=1, matiere_code="7.10")
        act = self._get_acts(seance)
        self.assertFalse(act.is_transmitted)
        act.action_sign()
        act.action_publish()
        self.assertEqual(act.executory_on, date(2026, 12, 18))

    def test_a_template_writes_the_text_of_its_matter(self):
        self.env["mairie.acte.modele"].search([]).active = False
        self.env["mairie.acte.modele"].create(
            {
                "name": "Subvention",
                "matiere_id": self.env["mairie.matiere"]._find("7.5").id,
                "visas": "Vu le code ;",
                "decision": "D'approuver : {objet}.\nDe charger {maire} de l'exécution.",
            }
        )
        act = self._get_acts(self._hold(START + timedelta(days=21), points=1))
        self.assertIn("Vu le code ;", act.content)
        self.assertIn("Article 1.</strong> D'approuver : Affaire 1.", act.content)
        self.assertIn("De charger Anne Mairesse, maire de l'exécution", act.content)
        self.assertIn("<p>Note</p>", act.content)

    def test_what_is_due_leaves_the_list_once_done(self):
        dues = self.env["mairie.echeance"].with_user(self.secretary)
        own = [("res_model", "=", "mairie.seance"), ("res_id", "=", self.seance.id)]
        due = dues.search([*own, ("kind", "=", "list")])
        self.assertEqual(due.due, date(2026, 12, 24))
        self.assertEqual(due.rule, "CGCT, L2121-25 et R2121-11")
        self.assertEqual(due.action_do()["res_id"], self.seance.id)
        self.seance.with_user(self.secretary).action_publish_list()
        self.env.flush_all()
        self.assertFalse(dues.search([*own, ("kind", "=", "list")]))
        acts = [("res_model", "=", "mairie.deliberation"), ("res_id", "=", self.act.id)]
        kinds = dues.search(acts).mapped("kind")
        self.assertEqual(set(kinds), {"transmit", "online"})

    def test_secretaries_are_told_once_a_day(self):
        self.secretary.email = "secretaire@example.org"
        self.seance.secretary_id = self.secretary
        self.commune.mairie_alerted_on = False
        self.env.flush_all()
        mails = self.env["mail.mail"]
        before = mails.search_count([])
        with freeze_time("2026-12-23 09:00:00"):
            self.env["mairie.echeance"]._cron_alert()
            told = mails.search([("email_to", "ilike", "secretaire@example.org")])
            self.assertEqual(len(told), 1)
            self.assertIn("L2121-25", told.body_html)
            count = mails.search_count([])
            self.assertGreater(count, before)
            self.env["mairie.echeance"]._cron_alert()
            self.assertEqual(mails.search_count([]), count)

    def test_a_register_holds_acts_decisions_and_both_tables(self):
        self.env["mairie.arrete"].search([]).sudo().write({"state": "draft"})
        decision = (
            self.env["mairie.arrete"]
            .with_user(self.secretary)
            .create(
                {
                    "name": "Bail de la salle",
                    "date": date(2026, 12, 17),
                    "matiere_code": "3.3",
                    "content": "<p>La salle est louée.</p>",
                }
            )
        )
        decision.action_sign()
        registre = self.env["mairie.registre"].create(
            {
                "instance_id": self.council.id,
                "date_from": date(2026, 12, 1),
                "date_to": date(2026, 12, 31),
                "first_page": 41,
            }
        )
        report = self.env["ir.actions.report"]
        html = report._render_qweb_html("mairie_elus.report_registre", registre.ids)[0]
        html = html.decode()
        for word in ("Feuillet de clôture", "Table par objet", "Domaine et patrimoine",
                     "Affaire 2", "Bail de la salle", "counter-reset: page 41"):  # fmt: skip
            self.assertIn(word, html)

    def test_the_archive_holds_every_file_and_its_slip(self):
        import io
        import json
        import zipfile

        signed = make_pdf(2)
        self.act.sudo().signed_file = base64.b64encode(signed)
        self._add_annexe(self.act.point_id, "bareme.csv", b"Tranche;Prix\n1;3,40\n")
        name, content = self.seance.with_user(self.secretary)._make_archive()
        self.assertTrue(name.startswith("seance-2026-12-17"))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            metadata = json.loads(archive.read("metadonnees.json"))
            archived = archive.read(f"contenu/{self.act.number}.pdf")
        self.assertLessEqual(set(metadata["fichiers"]), names)
        self.assertEqual(archived, signed, "what was signed, not our own print")
        self.assertIn(f"contenu/{self.act.number}_annexe_1.pdf", names)
        self.assertIn("manifest.xml", names)
        reader = self._new_user("lecteur.essai", "mairie_elus.group_reader")
        with self.assertRaises(AccessError):
            self.seance.with_user(reader)._make_archive()

    def test_the_proof_that_is_downloaded_is_intact(self):
        import io
        import runpy
        import zipfile

        from odoo.tools.misc import file_path

        self._publish()
        _name, content = self.seance.with_user(self.secretary)._make_proof(self.commune)
        program = runpy.run_path(file_path("mairie_elus/tools/verifier.py"))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = {name: archive.read(name).decode() for name in archive.namelist()}
        number, anchor = self.env["mairie.elus.journal"]._get_anchor(self.commune)
        self.assertEqual(program["verifier"](files, [(number, anchor)]), [])
