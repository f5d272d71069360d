import http.server
import io
import threading

from odoo.tests import tagged
from pypdf import PdfReader

from .common import MairieCase

TEMPLATE = "mairie_base.test_document"
ARCH = """
<t t-name="mairie_base.test_document">
    <t t-foreach="docs" t-as="doc">
        <t t-call="mairie_base.document_layout">
            <t t-set="doc_title">Délibération de <t t-out="doc.name" /></t>
            <t t-set="doc_running">Conseil municipal</t>
            <t t-set="doc_lang">fr_FR</t>
            <h1>Délibération de <t t-out="doc.name" /></h1>
            <t t-out="doc.comment" />
            <p class="m-doc-new-page">Fin</p>
        </t>
    </t>
</t>
"""


class _Honeypot(http.server.BaseHTTPRequestHandler):
    """Answers anything, and remembers that it was asked."""

    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"body{color:red}")

    def log_message(self, *args):
        """Silence: what counts is in ``asked``."""


@tagged("post_install", "-at_install")
class TestDocumentEngine(MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        view = cls.env["ir.ui.view"].create(
            {"name": TEMPLATE, "key": TEMPLATE, "type": "qweb", "arch": ARCH}
        )
        cls.env["ir.model.data"].create(
            {
                "module": "mairie_base",
                "name": "test_document",
                "model": "ir.ui.view",
                "res_id": view.id,
            }
        )
        cls.report = cls.env["ir.actions.report"].create(
            {
                "name": "Délibération",
                "model": "res.partner",
                "report_type": "qweb-pdf",
                "report_name": TEMPLATE,
                "mairie_engine": "weasyprint",
            }
        )
        cls.partners = cls.env["res.partner"].create(
            [{"name": "Anne Cadou"}, {"name": "Paul Renaud"}]
        )

    def _render(self, records):
        content, kind = self.env["ir.actions.report"]._render_qweb_pdf(
            self.report, records.ids
        )
        self.assertEqual(kind, "pdf")
        return PdfReader(io.BytesIO(content))

    def test_document_is_tagged_titled_and_says_its_language(self):
        root = self._render(self.partners[0]).trailer["/Root"]
        self.assertEqual(root["/Lang"], "fr-FR")
        self.assertTrue(root["/MarkInfo"]["/Marked"])
        self.assertIn("/StructTreeRoot", root)
        self.assertTrue(root["/ViewerPreferences"]["/DisplayDocTitle"])

    def test_document_has_a_title_and_a_bookmark_for_each_heading(self):
        pdf = self._render(self.partners[0])
        self.assertEqual(pdf.metadata.title, "Délibération de Anne Cadou")
        self.assertEqual([mark.title for mark in pdf.outline], [pdf.metadata.title])

    def test_pages_are_counted_and_carry_the_running_header(self):
        first, second = [
            page.extract_text() for page in self._render(self.partners[0]).pages
        ]
        self.assertIn("page 1 / 2", first)
        self.assertIn("page 2 / 2", second)
        self.assertIn("Conseil municipal", second)
        self.assertIn(self.commune.name, second)

    def test_many_records_make_one_document_that_keeps_tags_and_bookmarks(self):
        pdf = self._render(self.partners)
        self.assertEqual(len(pdf.pages), 4)
        self.assertIn("page 1 / 2", pdf.pages[2].extract_text())
        self.assertEqual(
            [mark.title for mark in pdf.outline],
            [f"Délibération de {partner.name}" for partner in self.partners],
        )
        self.assertIn("/StructTreeRoot", pdf.trailer["/Root"])

    def test_a_kept_document_is_stored_once_and_read_again(self):
        self.report.write({"attachment": "'acte.pdf'", "attachment_use": True})
        self._render(self.partners)
        kept = self.env["ir.attachment"].search(
            [("res_model", "=", "res.partner"), ("res_id", "in", self.partners.ids)]
        )
        self.assertEqual(kept.mapped("name"), ["acte.pdf", "acte.pdf"])
        self.partners[0].name = "Autre nom"
        self.assertIn("Anne Cadou", self._render(self.partners[0]).metadata.title)

    def test_hostile_content_reaches_neither_the_network_nor_a_file(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Honeypot)
        server.asked = []
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        trap = f"http://127.0.0.1:{server.server_port}"
        hostile = f"""
            <img src="{trap}/img"/> <link rel="stylesheet" href="{trap}/css"/>
            <style>@import url({trap}/import); p {{ background: url({trap}/bg) }}
            @font-face {{ font-family: x; src: url({trap}/font) }}</style>
            <object data="{trap}/object"></object> <embed src="{trap}/embed"/>
            <iframe src="{trap}/frame"></iframe> <script src="{trap}/js"></script>
            <svg><image href="{trap}/svg"/><use href="{trap}/use#a"/></svg>
            <img src="file:///etc/passwd"/> <link rel="attachment" href="file:///etc/passwd"/>
            <a href="{trap}/link" rel="attachment">lien</a>
        """
        view = self.env.ref(TEMPLATE)
        view.arch = view.arch.replace('<t t-out="doc.comment"/>', hostile)
        self.assertIn(trap, view.arch)
        try:
            with self.assertLogs("weasyprint", "WARNING"):
                pdf = self._render(self.partners[0])
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
        self.assertEqual(server.asked, [])
        self.assertFalse(pdf.attachments, "no local file is carried along")
        self.assertNotIn("root:", "".join(page.extract_text() for page in pdf.pages))

    def test_reports_of_others_keep_the_engine_of_odoo(self):
        self.report.mairie_engine = False
        _content, kind = self.env["ir.actions.report"]._render_qweb_pdf(
            self.report, self.partners.ids
        )
        self.assertEqual(kind, "html", "what Odoo answers in its tests")

    def test_web_client_is_told_which_engine_prints(self):
        action = self.report.with_user(self.env.ref("base.user_admin")).report_action(
            self.partners
        )
        self.assertEqual(action["type"], "ir.actions.report")
        self.assertEqual(action["mairie_engine"], "weasyprint")
