"""The hour of a third party on the proofs: optional, never waited for, checked."""

import contextlib
import io
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import pikepdf
from freezegun import freeze_time
from odoo.addons.mairie_base.tests.fake_tsa import Authority
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..tools import verifier
from .common import IN_TIME, ElusCase


@tagged("post_install", "-at_install")
class TestTimeStamp(ElusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.authority = Authority()
        accounts = cls.env["mairie.tele.compte"]
        cls.account = accounts._get_account(cls.commune) or accounts.create(
            {"company_id": cls.commune.id}
        )
        cls.stamps = cls.env["mairie.elus.horodatage"]

    def _convene(self):
        seance = self._new_seance()
        with freeze_time(IN_TIME):
            seance._convene()
        return seance

    def _set(self, url):
        self.account.write({"tsa_url": url, "tsa_certificate": self.authority.pem})

    def test_without_an_authority_nothing_is_asked(self):
        self.account.tsa_url = False
        self.assertFalse(self._convene().envoi_ids.horodatage_ids)

    def test_a_sending_is_stamped_once_the_authority_answers(self):
        self._set("http://127.0.0.1:9/")
        seance = self._convene()
        self.assertEqual(seance.state, "convened", "sent all the same")
        row = seance.envoi_ids.horodatage_ids
        row._send()
        self.assertEqual(row.state, "waiting")
        self.assertIn("did not answer", seance.envoi_ids.stamp_text)
        with self.authority.serve() as url:
            self.account.tsa_url = url
            row._send()
        self.assertEqual(row.state, "done")
        self.assertIn(seance.envoi_ids.seal, row.text)
        _name, content = seance.with_user(self.secretary)._read_proof()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            files = {
                key: pdf.attachments[key].get_file().read_bytes()
                for key in pdf.attachments
            }
        self._check_with_openssl(
            files[f"horodatage-{row.id}.txt"], files[f"horodatage-{row.id}.tsr"]
        )

    def _check_with_openssl(self, text, answer):
        """Whoever has the files and the certificate checks them without this software."""
        command = shutil.which("openssl")
        self.assertTrue(command, "openssl is needed to check time stamps")
        with tempfile.TemporaryDirectory() as folder:
            paths = {
                name: Path(folder, name) for name in ("text", "answer", "authority.pem")
            }
            paths["text"].write_bytes(text)
            paths["answer"].write_bytes(answer)
            paths["authority.pem"].write_text(self.authority.pem)
            run = subprocess.run(
                [
                    *(command, "ts", "-verify", "-data", paths["text"]),
                    *("-in", paths["answer"], "-CAfile", paths["authority.pem"]),
                ],
                capture_output=True,
                text=True,
                check=False,
            )
        self.assertIn("Verification: OK", run.stdout, run.stderr)

    def test_the_journal_is_stamped_when_it_has_grown(self):
        with self.authority.serve() as url:
            self._set(url)
            journal = self.env["mairie.elus.journal"]
            journal._append(self.commune, "numbered", "2099_001", {})
            self.stamps._cron_ask_journal()
            self.stamps._cron_ask_journal()
            rows = self.stamps.search([("company_id", "=", self.commune.id)])
            row = rows.filtered("line_count")
            self.assertEqual(row.line_count, self.commune.mairie_journal_number)
            rows._send()
        self.assertIn(self.commune.mairie_journal_seal, row.text)
        seances = self.env["mairie.seance"].with_user(self.secretary)
        _name, content = seances._make_proof(self.commune)
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        self.assertIn(f"horodatages/horodatage-{row.id}.tsr", names)
        self._check_with_the_verifier(content, row)
        journal._append(self.commune, "numbered", "2099_002", {})
        self.stamps._cron_ask_journal()
        self.assertEqual(self.stamps.search_count([("line_count", ">", 0)]), 2)

    def _check_with_the_verifier(self, content, row):
        """The program of the bundle reads the hour and misses nothing."""
        with tempfile.NamedTemporaryFile(suffix=".zip") as file:
            file.write(content)
            file.flush()
            with contextlib.redirect_stdout(io.StringIO()) as said:
                self.assertEqual(verifier.main([file.name]), 0, said.getvalue())
        self.assertIn(
            f"horodatage-{row.id} : le {row.moment:%d/%m/%Y à %H:%M:%S} UTC, les "
            f"{row.line_count} premières lignes du journal.",
            said.getvalue(),
        )

    def test_settings_that_cannot_work_are_refused(self):
        for vals in (
            {"tsa_url": "ftp://horloge.example.org"},
            {"tsa_url": "https://"},
            {"tsa_url": "http://["},
            {"tsa_certificate": "rien"},
        ):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.account.write(vals)

    def test_an_authority_may_answer_without_tls(self):
        """Its answer is signed, and what leaves is a digest."""
        self.account.tsa_url = "http://horloge.example.org/tsr"
        self.account.tsa_url = "https://horloge.example.org/tsr"

    def test_only_the_manager_sets_the_authority(self):
        with self.assertRaises(AccessError):
            self.account.with_user(self.secretary).tsa_url = "https://example.org"
