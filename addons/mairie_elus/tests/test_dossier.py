import io
import zipfile
from unittest.mock import patch

import pikepdf
import pypdf
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from PIL import Image

from ..models import mairie_seance_dossier
from ..tools import office
from ..tools.pdf_merge import inspect
from .common import ElusCase, make_pdf


@tagged("post_install", "-at_install")
class TestDossier(ElusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(office, "find_office", return_value=None))
        cls.seance = cls._new_seance(points=2)
        cls.first, cls.second = cls.seance.point_ids.sorted("rank")
        cls._new_annexe(cls.first, "Plan", make_pdf(3))
        cls._new_annexe(cls.second, "Convention", make_pdf(2))

    def _read(self):
        return pypdf.PdfReader(io.BytesIO(self.seance._render_dossier()))

    def _outline(self, reader):
        """Return the outline as titles and page numbers, children nested."""
        numbers = [page.indirect_reference.idnum for page in reader.pages]

        def walk(items):
            return [
                walk(item)
                if isinstance(item, list)
                else (item.title, numbers.index(item.raw_get("/Page").idnum))
                for item in items
            ]

        return walk(reader.outline)

    def test_a_reader_downloads_the_last_one_built(self):
        reader = self._new_user("dgs.essai", "mairie_elus.group_reader")
        with self.assertRaises(UserError):
            self.seance.with_user(reader).action_download_dossier()
        self.council.name = "Eau & forêts #1"
        self.seance.action_download_dossier()
        self.first.name = "Autre affaire"
        self.assertFalse(self.seance.dossier_is_current)
        action = self.seance.with_user(reader).action_download_dossier()
        self.assertIn("filename=Dossier%20Eau%20%26%20for", action["url"])
        self.assertNotIn("#", action["url"])

    def test_outline_leads_to_each_item_and_each_document(self):
        reader = self._read()
        cover = len(reader.pages) - 7
        self.assertEqual(
            self._outline(reader)[1:],
            [
                ("1. Affaire 1", cover),
                [("Plan", cover + 1)],
                ("2. Affaire 2", cover + 4),
                [("Convention", cover + 5)],
            ],
        )

    def test_page_labels_begin_after_the_cover(self):
        reader = self._read()
        cover = len(reader.pages) - 7
        self.assertEqual(reader.page_labels[0], "i")
        self.assertEqual(reader.page_labels[cover], "1")

    def test_the_contents_give_the_page_of_each_line(self):
        reader = self._read()
        cover = len(reader.pages) - 7
        contents = "".join(page.extract_text() for page in reader.pages[:cover])
        for word in ("Sommaire", "1. Affaire 1", "Convention", "6"):
            self.assertIn(word, contents)

    def test_lines_of_the_contents_are_links_inside_the_file(self):
        with pikepdf.open(io.BytesIO(self.seance._render_dossier())) as pdf:
            links = [
                annotation
                for page in list(pdf.pages)[:2]
                for annotation in page.get("/Annots", [])
            ]
            self.assertTrue(all("/Dest" in link for link in links))
            targets = {link.Dest[0].objgen for link in links}
            self.assertEqual(len(targets), 4)

    def test_title_and_language_are_set(self):
        reader = self._read()
        self.assertEqual(reader.trailer["/Root"]["/Lang"], "fr-FR")
        self.assertIn("jeudi 17 décembre 2026", reader.metadata.title)

    def test_files_that_cannot_be_read_are_told_apart(self):
        locked = make_pdf(
            encryption=pikepdf.Encryption(user="secret", owner="secret", R=6)
        )
        self.assertEqual(inspect(b"").problem, "empty")
        self.assertEqual(inspect(b"bonjour").problem, "not_pdf")
        self.assertEqual(inspect(locked).problem, "encrypted")
        self.assertEqual(inspect(b"%PDF-1.7\nrien").problem, "broken")
        self.assertEqual(inspect(make_pdf(4)), inspect(make_pdf(4)))
        self.assertEqual(inspect(make_pdf(4)).pages, 4)

    def test_a_pdf_without_its_end_is_repaired(self):
        content = make_pdf(2).rpartition(b"startxref")[0]
        self.assertFalse(inspect(content).problem)

    def test_an_owner_password_alone_does_not_stop_reading(self):
        content = make_pdf(encryption=pikepdf.Encryption(user="", owner="x", R=6))
        self.assertFalse(inspect(content).problem)
        self._new_annexe(self.first, "Restreint", content)
        self.assertEqual(len(self._read().pages) - 2, 8)

    def test_nothing_is_silently_missing(self):
        self._new_annexe(self.first, "Tableur", b"PK\x03\x04", "budget.xlsx")
        locked = make_pdf(encryption=pikepdf.Encryption(user="a", owner="a", R=6))
        self._new_annexe(self.second, "Secret", locked)
        reader = self._read()
        text = "".join(page.extract_text() for page in reader.pages)
        self.assertEqual(text.count("n'a pas pu être jointe"), 2)
        self.assertIn("budget.xlsx", text)
        report = self.seance.with_context(lang="en_US").dossier_report
        self.assertIn("Tableur", report)
        self.assertIn("protected by a password", report)

    def test_closed_items_stay_out_and_the_cover_says_so(self):
        self.second.is_huis_clos = True
        reader = self._read()
        text = "".join(page.extract_text() for page in reader.pages)
        self.assertNotIn("Convention", text)
        self.assertIn("À huis clos", text)

    def test_a_change_makes_the_dossier_stale(self):
        self.seance.action_build_dossier()
        self.assertTrue(self.seance.dossier_is_current)
        self.assertGreater(self.seance.dossier_pages, 7)
        self._new_annexe(self.first, "Ajout")
        self.seance.invalidate_recordset(["dossier_is_current"])
        self.assertFalse(self.seance.dossier_is_current)

    def test_a_heavy_dossier_is_left_to_the_scheduler(self):
        annexes = self.seance.point_ids.annexe_ids
        self.assertFalse(self.seance._is_dossier_heavy())
        annexes[0].size = 50_000_000
        self.seance.action_build_dossier()
        self.assertEqual(self.seance.dossier_state, "queued")

    def test_the_scheduler_builds_what_waits(self):
        self.seance.dossier_state = "queued"
        with self.enter_registry_test_mode():
            self.env.ref("mairie_elus.cron_build_dossiers").method_direct_trigger()
        self.assertEqual(self.seance.dossier_state, "done")

    def test_a_dossier_that_fails_says_so(self):
        self.seance.dossier_state = "queued"
        failing = patch.object(
            type(self.seance), "_render_dossier", side_effect=OSError
        )
        with (
            failing,
            mute_logger("odoo.addons.mairie_elus.models.mairie_seance_dossier"),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("mairie_elus.cron_build_dossiers").method_direct_trigger()
        self.assertEqual(self.seance.dossier_state, "failed")

    def test_only_what_changed_is_laid_out_again(self):
        self.seance._render_dossier()
        self._new_annexe(self.second, "Avis")
        with patch.object(
            type(self.seance), "_render_document", autospec=True
        ) as render:
            render.side_effect = self._render
            self.seance._render_dossier()
        reports = [call.args[1] for call in render.call_args_list]
        self.assertEqual(
            reports,
            ["mairie_elus.report_point_sheet", "mairie_elus.report_dossier_cover"],
        )

    def _render(self, seance, report, records, data=None):
        engine = self.env["ir.actions.report"]
        return engine._render_qweb_pdf(report, records.ids, data=data)[0]

    def test_the_sheets_follow_the_agenda_without_unlocking_it(self):
        self.seance.state = "convened"
        self.seance._render_dossier()
        self.assertTrue(self.first._is_sheet_current())
        with self.assertRaises(UserError):
            self.first.name = "Autre affaire"

    def test_a_long_dossier_is_built_in_steps_that_show(self):
        self.seance.dossier_state = "queued"
        with patch.object(mairie_seance_dossier, "SHEETS_PER_STEP", 1):
            self.assertFalse(self.seance._build_dossier_step())
            self.assertEqual(self.seance.dossier_progress, 47)
            self.assertEqual(self.seance.dossier_state, "queued")
            self.assertTrue(self.seance._build_dossier_step())
        self.assertEqual(self.seance.dossier_progress, 100)
        self.assertEqual(self.seance.dossier_state, "done")

    def test_a_heavy_dossier_is_never_built_under_the_click(self):
        self.seance.annexe_ids[0].size = 50_000_000
        action = self.seance.action_download_dossier()
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(self.seance.dossier_state, "queued")
        self.seance.action_convene()
        sentences = [line for line, record in self.seance._get_blockers()]
        self.assertEqual(len(sentences), 1)
        self.seance._build_dossier()
        self.assertFalse(self.seance._get_blockers())

    def test_the_folder_holds_each_file_in_the_order_of_the_agenda(self):
        self._new_annexe(self.second, "Budget : été", b"a;b\n1;2\n", "budget.csv")
        self._new_annexe(self.second, "Tableur", b"PK\x03\x04", "t.xlsx")
        target = io.BytesIO()
        self.seance._write_zip(target)
        with zipfile.ZipFile(target) as archive:
            names = archive.namelist()
            report = archive.read("LISEZMOI.txt").decode()
        self.assertEqual(
            names,
            [
                "00 Ordre du jour.pdf",
                "01 Affaire 1/00 Fiche.pdf",
                "01 Affaire 1/01 Plan.pdf",
                "02 Affaire 2/00 Fiche.pdf",
                "02 Affaire 2/01 Convention.pdf",
                "02 Affaire 2/02 Budget été.csv",
                "02 Affaire 2/02 Budget été.csv.pdf",
                "02 Affaire 2/03 Tableur.xlsx",
                "LISEZMOI.txt",
            ],
        )
        self.assertIn("« Tableur » : illisible", report)
        self.assertIn(self.first.annexe_ids.sha256, report)

    def test_pictures_texts_and_tables_become_pages(self):
        picture = io.BytesIO()
        Image.new("RGB", (600, 300), "navy").save(picture, "PNG")
        scan = io.BytesIO()
        pages = [Image.new("L", (300, 400), 255) for _page in range(3)]
        pages[0].save(scan, "TIFF", save_all=True, append_images=pages[1:])
        for filename, content, count in (
            ("photo.png", picture.getvalue(), 1),
            ("scan.tif", scan.getvalue(), 3),
            ("avis.txt", "Avis <b>favorable</b> été".encode("cp1252"), 1),
            ("grille.csv", "Tarif;2027\nÉté;12 €".encode(), 1),
        ):
            annexe = self._new_annexe(self.first, filename, content, filename)
            self.assertFalse(annexe.problem, filename)
            self.assertTrue(annexe.is_converted)
            self.assertEqual(annexe.page_count, count, filename)
            self.assertEqual(annexe._get_content(), content)
            self.assertTrue(annexe._get_download_name().endswith(filename[-4:]))
        text = "".join(page.extract_text() for page in self._read().pages)
        self.assertIn("Avis <b>favorable</b> été", text)
        self.assertIn("12 €", text)

    def test_what_cannot_be_turned_into_pages_is_refused_clearly(self):
        for filename, content, problem in (
            ("photo.jpg", b"\xff\xd8rien", "broken"),
            ("page.html", b"<script>", "not_pdf"),
            ("film.mp4", b"\x00\x00", "not_pdf"),
            ("long.csv", b"a;b\n" * 3001, "too_long"),
            ("note.docx", b"PK\x03\x04", "not_pdf"),
        ):
            annexe = self._new_annexe(self.first, filename, content, filename)
            self.assertEqual(annexe.problem, problem, filename)

    def test_hostile_notes_fetch_nothing(self):
        self.first.note = '<p><img src="http://127.0.0.1:9/x.png"/>Bonjour</p>'
        with mute_logger("weasyprint"):
            pages = self._read().pages
        self.assertIn("Bonjour", "".join(page.extract_text() for page in pages))
