import hashlib
import io
import json

import pikepdf
from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import IN_TIME, ElusCase, ElusHttpCase, make_pdf

ON_TIME_TOO = "2026-12-10 09:00:00"
LATE = "2026-12-14 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(IN_TIME)
class TestResending(ElusCase):
    """A dossier that changes after its sending, reminders, the register of proofs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seance = cls._new_seance(points=2)
        cls._new_annexe(cls.seance.point_ids[0], "Plan")
        cls.seance._convene()

    def _resend(self, **kwargs):
        mails = self.env["mail.mail"].search([])
        envoi = self.seance._convene(**kwargs)
        return envoi, self.env["mail.mail"].search([]) - mails

    def test_a_changed_dossier_says_what_changed(self):
        self.seance.action_reopen_preparation()
        self._new_point(self.seance, "Tarifs", note="<p>N</p>", sequence=99)
        plan = self.seance.annexe_ids
        plan.file = self._new_annexe(plan.point_id, "Devis", make_pdf(2)).file
        seance = self.seance.with_context(lang="en_US")
        self.assertEqual(
            seance.changes_text.splitlines(),
            [
                "Item added: Tarifs.",
                "Document added: Devis.",
                "Document replaced: Plan.",
            ],
        )
        with freeze_time(ON_TIME_TOO):
            envoi, mails = self._resend()
        self.assertEqual(envoi.sequence, 2)
        self.assertEqual(len(mails), 2)
        self.assertEqual(
            mails[0].subject, "Conseil municipal du 17 décembre : le dossier a changé"
        )
        self.assertIn("Point ajouté", mails[0].body_html)
        self.assertIn("Tarifs", mails[0].body_html)
        self.assertEqual(envoi._get_facts()["changes"]["replaced_files"], ["Plan"])
        page = self._convocation_of(self.seance, self.deputy)._prepare_page_vals("x")
        self.assertEqual(
            [point["news"] for point in page["points"]], ["changed", "", "new"]
        )
        self.assertEqual((page["new_points"], page["new_pieces"]), (1, 2))

    def test_a_meeting_that_moves_is_a_whole_notice(self):
        self.seance.action_reopen_preparation()
        self.seance.room = "Préau"
        _envoi, mails = self._resend()
        self.assertTrue(mails[0].subject.startswith("Convocation"))

    def test_a_late_item_is_held_against_the_deadline_again(self):
        self.seance.action_reopen_preparation()
        self._new_point(self.seance, "Tarifs", note="<p>N</p>")
        with freeze_time(LATE):
            with self.assertRaises(UserError):
                self.seance._convene()
            envoi, _mails = self._resend(override_reason="Péril")
        self.assertEqual(envoi.override_reason, "Péril")

    def test_the_screen_shows_the_changes_before_they_leave(self):
        self.seance.action_reopen_preparation()
        self._new_point(self.seance, "Tarifs", note="<p>N</p>")
        wizard = self.env["mairie.seance.convene"].create({"seance_id": self.seance.id})
        self.assertIn("Point ajouté", wizard.preview)
        self.assertIn("Tarifs", wizard.warning)

    def test_the_silent_are_reminded_on_the_days_chosen_once(self):
        self._convocation_of(self.seance, self.mayor)._reply("present", "link")
        for day, expected in (("13", 0), ("14", 1), ("15", 0), ("16", 1)):
            with freeze_time(f"2026-12-{day} 06:00:00"):
                before = self._count_reminders()
                self._run("cron_remind")
                self._run("cron_remind")
                self.assertEqual(self._count_reminders() - before, expected, day)

    def _run(self, cron):
        with self.enter_registry_test_mode():
            self.env.ref(f"mairie_elus.{cron}").method_direct_trigger()

    def _count_reminders(self):
        return self.env["mairie.convocation.event"].search_count(
            [("kind", "=", "reminded"), ("seance_id", "=", self.seance.id)]
        )

    def test_the_town_chooses_the_days(self):
        self.commune.mairie_reminder_days = "7 et 2"
        self.assertEqual(self.commune._get_mairie_reminder_days(), {7, 2})
        self.commune.mairie_reminder_days = False
        self.assertFalse(self.commune._get_mairie_reminder_days())

    def test_the_secretary_is_told_before_the_last_day(self):
        seance = self._new_seance(
            date_start="2026-12-18 18:00:00", secretary_id=self.secretary.id
        )
        self.assertEqual(seance.days_left, 3)
        self._run("cron_warn_secretary")
        message = self.env["mail.message"].search([("subject", "=", seance.name)])
        self.assertEqual(message.partner_ids, self.secretary.partner_id)

    def test_the_register_carries_what_it_proves(self):
        self._convocation_of(self.seance, self.mayor)._open("link")
        name, content = self.seance.with_user(self.secretary)._read_proof()
        self.assertTrue(name.endswith(".pdf"))
        with pikepdf.open(io.BytesIO(content)) as pdf:
            data = pdf.attachments["preuves.json"].get_file().read_bytes()
        facts = json.loads(data)
        self.assertEqual(len(facts["convocations"]), 3)
        chains = [facts["envois"], *(row["maillons"] for row in facts["convocations"])]
        for chain in chains:
            previous = "mairie_elus"
            for link in chain:
                text = f"{previous}\n{link['faits']}".encode()
                self.assertEqual(
                    link["sceau"], "$1$" + hashlib.sha256(text).hexdigest()
                )
                previous = link["sceau"]

    def test_who_opened_what_is_the_secretarys(self):
        reader = self._new_user("dgs.essai", "mairie_elus.group_reader")
        with self.assertRaises(AccessError):
            self.seance.with_user(reader).action_download_proof()


@tagged("post_install", "-at_install")
class TestDossierFiles(ElusHttpCase):
    """The addresses behind the buttons."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seance = cls._new_seance()
        cls._new_user("dgs.essai", "mairie_elus.group_reader")
        cls._new_elu_user(cls.deputy, "adjoint.essai")

    def _get(self, login, name, seance_id=None):
        self.authenticate(login, login)
        return self.url_open(f"/elus/seance/{seance_id or self.seance.id}/{name}")

    def test_who_prepares_downloads_the_folder(self):
        answer = self._get("dgs.essai", "dossier.zip")
        self.assertEqual(answer.headers["Content-Type"], "application/zip")
        self.assertTrue(answer.content.startswith(b"PK"))

    def test_nobody_else_does(self):
        self.assertEqual(self._get("adjoint.essai", "dossier.zip").status_code, 404)
        self.assertEqual(self._get("dgs.essai", "preuves.pdf").status_code, 404)
        self.assertEqual(self._get("dgs.essai", "dossier.zip", 999999).status_code, 404)

    def test_the_secretary_downloads_the_register(self):
        answer = self._get("secretaire.essai", "preuves.pdf")
        self.assertTrue(answer.content.startswith(b"%PDF"))
