"""To the préfecture: each act arrives once, whatever the network does; refusals are told."""

from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .acts_case import ActsMixin
from .common import ElusCase
from .fake_s2low import FakeS2low

NOW = "2026-12-18 09:00:00"
PEM = b"-----BEGIN CERTIFICATE-----\nx\n-----BEGIN PRIVATE KEY-----\nx\n"


@tagged("post_install", "-at_install")
class TestTransmission(ActsMixin, ElusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mairie.tele.compte"].search([]).unlink()
        cls.compte = cls.env["mairie.tele.compte"].create(
            {"mode": "s2low", "address": "https://relais.example"}
        )
        cls.compte.sudo().certificate = PEM.decode()
        cls.seance = cls._hold()
        cls.env["mairie.transmission"].search([]).sudo().write({"state": "cancelled"})

    def setUp(self):
        super().setUp()
        self.enterContext(freeze_time(NOW))
        self.relay = FakeS2low(date(2026, 12, 18))
        compte = type(self.compte)
        self.enterContext(
            patch.object(
                compte,
                "_send_request",
                lambda _self, *args, **options: self.relay.send(*args, **options),
            )
        )
        self.act = self._get_acts(self.seance)[0]
        self.act.action_sign()

    def _work(self, wait=timedelta(0)):
        """Let the worker pass, later if need be, without its commits."""
        rows = self.env["mairie.transmission"].search([])
        with freeze_time(fields.Datetime.to_datetime(NOW) + wait):
            for row in rows.filtered_domain(rows._get_due_domain()):
                row._go_on_safely()

    def _send(self):
        self.act.action_transmit()
        self._work()
        return self.act.transmission_id.sudo()

    def test_an_act_goes_from_signed_to_executory(self):
        row = self._send()
        self.assertEqual((row.state, row.transaction), ("posted", "1000"))
        self.assertEqual(self.act.stage, "sent")
        sent = self.relay.acts["1000"]["fields"]
        self.assertEqual(sent["nature_code"], ["1"])
        self.assertEqual((sent["classif1"], sent["classif2"]), (["7"], ["5"]))
        self.assertEqual(sent["decision_date"], ["2026-12-17"])
        self.assertEqual(sent["type_acte"], ["99_DE"])
        _name, pdf = self.relay.acts["1000"]["files"]["acte_pdf_file"][0]
        self.assertTrue(pdf.startswith(b"%PDF"))
        self.relay.statuses["1000"] = 3
        self._work(timedelta(minutes=16))
        self.assertEqual(row.state, "sent")
        self.relay.statuses["1000"] = 4
        self._work(timedelta(minutes=40))
        self.assertEqual(row.state, "received")
        self.assertEqual(self.act.received_on, date(2026, 12, 18))
        self.assertEqual(
            self.act.receipt, f"049-214909988-20261217-{self.act.number}-DE"
        )
        self.assertTrue(row.slip)
        self.act.action_publish()
        self.assertEqual(self.act.stage, "executory")
        kinds = self.env["mairie.elus.journal"].search(
            [("subject", "=", self.act.number)]
        )
        self.assertLessEqual(
            {"signed", "sent", "received", "published"}, set(kinds.mapped("kind"))
        )

    def test_an_annex_that_became_a_pdf_leaves_as_one(self):
        self._add_annexe(self.act.point_id, "bareme.csv", b"Tranche;Prix\n1;3,40\n")
        self._send()
        name, pdf = self.relay.acts["1000"]["files"]["acte_attachments[]"][0]
        self.assertEqual(name, "Barème.pdf")
        self.assertTrue(pdf.startswith(b"%PDF"))

    def test_above_50000_inhabitants_it_is_compulsory(self):
        self.compte.mode = "off"
        self.assertNotIn("compulsory", self.compte.verdict)
        self._prepare_commune(self.commune, population=50_001)
        self.assertIn("compulsory", self.compte._get_verdict())

    def test_the_subject_leaves_in_latin_signs(self):
        act = self._get_acts(self.seance)[1]
        act.name = "Cœur de ville – 12 000 €"
        act.action_sign()
        act.action_transmit()
        self._work()
        self.assertEqual(
            self.relay.acts["1000"]["fields"]["subject"],
            ["Coeur de ville - 12 000 euros"],
        )

    def test_an_answer_that_is_lost_does_not_send_twice(self):
        self.relay.lost = 1
        row = self._send()
        self.assertEqual(row.state, "unsure")
        self._work(timedelta(minutes=3))
        self.assertEqual(row.state, "posted")
        self.assertEqual(len(self.relay.acts), 1)
        creations = [path for _verb, path in self.relay.calls if "create.php" in path]
        self.assertEqual(len(creations), 1)

    def test_a_worker_that_died_after_the_sending_takes_the_act_up(self):
        row = self._send()
        row.write(
            {"state": "queued", "transaction": False}
        )  # what a lost commit leaves
        self._work(timedelta(minutes=16))
        self.assertEqual(row.state, "posted")
        self.assertEqual(len(self.relay.acts), 1)

    def test_a_relay_that_is_down_is_asked_later_and_later(self):
        self.relay.down = True
        row = self._send()
        self.assertEqual(row.state, "unsure")
        first = row.next_try
        self._work(timedelta(minutes=3))
        self.assertGreater(row.next_try - first, timedelta(minutes=3))
        self.relay.down = False
        self._work(timedelta(hours=1))
        self.assertEqual(row.state, "posted")

    def test_a_refusal_is_told_and_the_act_can_leave_again(self):
        row = self._send()
        self.relay.statuses["1000"] = 6
        self.relay.messages["1000"] = "Matière inconnue"
        self._work(timedelta(minutes=16))
        self.assertEqual((row.state, row.problem), ("refused", "Matière inconnue"))
        self.assertEqual(self.act.stage, "refused")
        self.relay.acts.clear()
        again = self._send()
        self.assertNotEqual(again, row)
        self.assertEqual(again.state, "posted")

    def test_what_would_be_refused_does_not_leave(self):
        self.commune.mairie_siret = False
        with self.assertRaisesRegex(UserError, "SIRET"):
            self.act.action_transmit()
        self.assertFalse(self.relay.calls)

    def test_an_act_leaves_once_only(self):
        self._send()
        with self.assertRaisesRegex(UserError, "on its way"):
            self.act.action_transmit()

    def test_what_stays_at_home_is_not_sent(self):
        self.act.sudo().is_transmitted = False
        with self.assertRaisesRegex(UserError, "does not go"):
            self.act.action_transmit()

    def test_the_list_of_the_prefecture_sets_kinds_and_matters(self):
        namespace = "http://www.interieur.gouv.fr/ACTES#v1.1-20040216"
        self.relay.classification = f"""<a:RetourClassification xmlns:a="{namespace}">
            <a:DateClassification>2026-01-02</a:DateClassification>
            <a:NaturesActes><a:NatureActe a:CodeNatureActe="1">
            <a:TypePJNatureActe a:CodeTypePJ="12_DE" a:Libelle="Acte"/>
            </a:NatureActe></a:NaturesActes>
            <a:Matieres><a:Matiere1 a:CodeMatiere="7" a:Libelle="Finances locales">
            <a:Matiere2 a:CodeMatiere="77" a:Libelle="Essai"/></a:Matiere1></a:Matieres>
            </a:RetourClassification>""".encode()
        self.compte.action_fetch_classification()
        self.assertEqual(self.compte.classification_date, date(2026, 1, 2))
        self.assertTrue(self.env["mairie.matiere"].search([("code", "=", "7.77")]))
        self._send()
        self.assertEqual(self.relay.acts["1000"]["fields"]["type_acte"], ["12_DE"])

    def test_the_certificate_is_never_read_again(self):
        manager = self._new_user("gestion.essai", "mairie_elus.group_manager")
        compte = self.compte.with_user(manager)
        self.assertTrue(compte.has_certificate)
        self.assertFalse(compte.new_certificate)
        with self.assertRaises(AccessError):
            compte.read(["certificate"])
        with self.assertRaisesRegex(ValidationError, "private key"):
            compte.new_certificate = "bm90IGEgY2VydGlmaWNhdGU="

    def test_in_trial_nothing_leaves_and_each_step_is_seen(self):
        self.compte.mode = "trial"
        row = self._send()
        self.assertEqual(row.state, "posted")
        self._work(timedelta(minutes=16))
        self._work(timedelta(minutes=40))
        self.assertEqual(
            (row.state, row.message_name), ("tried", f"{self.act.number}.xml")
        )
        self.assertFalse(self.relay.calls)
        self.assertFalse(self.act.received_on, "a trial makes no act binding")
        self.compte.mode = "s2low"
        self.act.action_transmit()
        self.assertEqual(self.act.transmission_state, "queued")

    @mute_logger("odoo.addons.mairie_elus.models.mairie_transmission_worker")
    def test_whatever_fails_the_row_waits_and_says_it(self):
        self.act.action_transmit()
        with patch.object(
            type(self.compte), "_post_act", side_effect=ZeroDivisionError
        ):
            self._work()
        row = self.act.transmission_id.sudo()
        self.assertEqual((row.state, row.tries), ("queued", 1))
        self.assertIn("unexpected", row.problem)

    def test_nobody_writes_what_the_relay_says(self):
        row = self._send()
        with self.assertRaises(AccessError):
            row.with_user(self.secretary).write({"state": "received"})
