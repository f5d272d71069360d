"""Office documents, by the real LibreOffice."""

import http.server
import io
import os
import tempfile
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import patch

import pypdf
from odoo.tests import tagged
from odoo.tools import file_open

from ..tools import office, pdf_convert
from .common import ElusCase, make_pdf

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
HOSTILE = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="{odf}office:1.0" xmlns:text="{odf}text:1.0"
 xmlns:draw="{odf}drawing:1.0" xmlns:svg="{odf}svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:body><office:text><text:p>Bonjour
<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm">
<draw:image xlink:href="{url}/image.png" xlink:type="simple"/></draw:frame>
<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm">
<draw:floating-frame xlink:href="{url}/frame.html"/></draw:frame></text:p>
<text:section text:name="a">
<text:section-source xlink:href="{file}" xlink:type="simple"/><text:p/></text:section>
</office:text></office:body></office:document>"""


def read_data(name):
    with file_open(f"mairie_elus/tests/data/{name}", "rb") as source:
        return source.read()


def read_text(pdf):
    return "".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages
    )


class Listener(http.server.ThreadingHTTPServer):
    """Somebody who waits to be called."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.calls = []


class Handler(http.server.BaseHTTPRequestHandler):
    def handle(self):
        self.server.calls.append(self.client_address)


@tagged("post_install", "-at_install")
class TestOffice(ElusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seance = cls._new_seance(points=1)
        cls.point = cls.seance.point_ids

    def _convert(self):
        with self.enter_registry_test_mode():
            self.env.ref("mairie_elus.cron_convert_pieces").method_direct_trigger()

    def _stand_in(self, script):
        """Let a script play the office suite."""
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        program = folder / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        self.startPatcher(
            patch.object(office, "find_office", return_value=str(program))
        )
        return folder

    def test_each_format_becomes_pages_several_at_once(self):
        expected = {
            "note.docx": "cœur de ville",
            "note.odt": "cœur de ville",
            "note.doc": "cœur de ville",
            "tarifs.xlsx": "Été",
            "budget.pptx": "Épargne brute",
        }
        with ThreadPoolExecutor(3) as pool:
            made = pool.map(
                lambda name: office.lay_out(read_data(name), name.rpartition(".")[2]),
                expected,
            )
        for (name, words), pdf in zip(expected.items(), made, strict=True):
            self.assertIn(words, read_text(pdf), name)

    def test_a_document_fetches_nothing_and_reads_nothing_here(self):
        listener = Listener()
        self.addCleanup(listener.server_close)
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        self.addCleanup(listener.shutdown)
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        secret = folder / "secret.txt"
        secret.write_text("mot de passe")
        document = HOSTILE.format(
            odf=ODF,
            url=f"http://127.0.0.1:{listener.server_address[1]}",
            file=secret.as_uri(),
        )
        # Without the box: what the settings alone keep, in a container for instance.
        bare = patch.object(office, "BOX", self._write_bare_box(folder))
        with bare:
            text = read_text(office.lay_out(document.encode(), "fodt"))
        self.assertIn("Bonjour", text)
        self.assertNotIn("mot de passe", text)
        self.assertFalse(listener.calls)

    def _write_bare_box(self, folder):
        box = folder / "box.py"
        box.write_text("import os, sys\nos.execvp(sys.argv[1], sys.argv[1:])\n")
        return box

    def test_the_suite_knows_nothing_of_the_environment_of_odoo(self):
        folder = self._stand_in(
            'env > "$(dirname "$0")/env"; ulimit -v >> "$(dirname "$0")/env"'
        )
        with (
            patch.dict(os.environ, {"PGPASSWORD": "secret-de-la-base"}),
            self.assertRaises(office.OfficeError),
        ):
            office.lay_out(b"PK", "docx")
        seen = (folder / "env").read_text()
        self.assertNotIn("secret-de-la-base", seen)
        self.assertNotIn("unlimited", seen)

    def test_what_hangs_is_stopped_with_all_that_it_started(self):
        folder = self._stand_in('sleep 60 & echo $! > "$(dirname "$0")/pid"; wait')
        with self.assertRaises(office.TooSlowError):
            office.lay_out(b"PK", "docx", timeout=1)
        child = Path("/proc", (folder / "pid").read_text().strip(), "stat")
        for _try in range(50):
            # Dead, or dead and waiting for its parent to look.
            if not child.exists() or ") Z " in child.read_text():
                break
            time.sleep(0.1)
        else:
            self.fail("what it started goes on")

    def test_the_scheduler_turns_them_and_the_dossier_holds_them(self):
        annexe = self._new_annexe(
            self.point, "Note", read_data("note.docx"), "note.docx"
        )
        self.assertEqual(annexe.problem, "waiting")
        self.assertTrue(self.seance._get_blockers())
        with patch.object(office, "lay_out", return_value=make_pdf(4)):
            self._convert()
        self.assertFalse(annexe.problem)
        self.assertEqual(annexe.page_count, 4)
        self.assertEqual(annexe._get_content(), read_data("note.docx"))

    def test_those_refused_before_the_suite_came_are_taken_up(self):
        with patch.object(office, "find_office", return_value=None):
            annexe = self._new_annexe(self.point, "Note", b"PK", "NOTE.DOCX")
            self._convert()
        self.assertEqual(annexe.problem, "not_pdf")
        with patch.object(office, "lay_out", return_value=make_pdf(1)):
            self._convert()
        self.assertFalse(annexe.problem)

    def test_what_does_not_come_out_is_said(self):
        locked = io.BytesIO()
        with zipfile.ZipFile(locked, "w") as archive:
            archive.writestr("META-INF/manifest.xml", "<m:encryption-data/>")
        ole = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")
        self._stand_in("exit 1")
        for content, problem in (
            (locked.getvalue(), "encrypted"),
            (ole, "encrypted"),
            (b"PK\x03\x04", "broken"),
        ):
            with self.assertRaises(pdf_convert.ConversionError) as caught:
                pdf_convert.convert_office(content, "note.odt")
            self.assertEqual(caught.exception.problem, problem)
        with (
            patch.object(office, "lay_out", side_effect=office.TooSlowError),
            self.assertRaises(pdf_convert.ConversionError) as caught,
        ):
            pdf_convert.convert_office(b"PK", "note.odt")
        self.assertEqual(caught.exception.problem, "too_slow")

    def test_the_settings_say_whether_the_suite_is_there(self):
        settings = self.env["res.config.settings"].create({})
        self.assertTrue(settings.mairie_office_found)
        with patch(
            "odoo.addons.mairie_elus.models.res_config_settings.find_office",
            return_value=None,
        ):
            settings.invalidate_recordset()
            self.assertFalse(settings.mairie_office_found)
