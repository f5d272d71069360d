from freezegun import freeze_time
from lxml import html
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import IN_TIME, ElusHttpCase


@tagged("post_install", "-at_install")
class TestPages(ElusHttpCase):
    @classmethod
    @freeze_time(IN_TIME)
    def setUpClass(cls):
        super().setUpClass()
        cls.commune.phone = "02 41 72 81 50"
        cls.member = cls._new_elu_user(cls.deputy, "adjoint.essai")
        cls.seance = cls._new_seance(points=2)
        cls.open_point, cls.closed_point = cls.seance.point_ids.sorted("rank")
        cls.closed_point.write({"is_huis_clos": True, "name": "Affaire de personne"})
        cls.annexe = cls._new_annexe(cls.open_point)
        cls.sheet = cls._new_annexe(
            cls.open_point, "Tarifs", "Été;12 €".encode(), "tarifs.csv"
        )
        cls.closed_annexe = cls._new_annexe(cls.closed_point, "Fiche")
        cls.seance._convene()
        cls.convocation = cls.seance.convocation_ids.filtered(
            lambda item: item.partner_id == cls.deputy.partner_id
        ).sudo()
        # The link lives by the real clock of the server under test.
        cls.convocation.token_expires_at = "2099-01-01 00:00:00"
        cls.link = cls.convocation._get_path(cls.convocation.token)
        cls.env.flush_all()

    def _csrf(self, page):
        return page.xpath("//input[@name='csrf_token']/@value")[0]

    def _get(self, path, **kwargs):
        return self.url_open(path, allow_redirects=False, **kwargs)

    def _facts(self):
        self.env.invalidate_all()
        item = self.convocation
        return (
            item.opened_at,
            item.answer,
            item.event_count,
            item.last_seal,
            item.write_date,
        )

    def _open(self):
        page = self.assertPublicPage(self._get(self.link))
        response = self.url_open(
            f"{self.link}/ouvrir", data={"csrf_token": self._csrf(page)}
        )
        return self.assertPublicPage(response)

    def test_a_visit_is_not_a_receipt(self):
        before = self._facts()
        page = self.assertPublicPage(self._get(self.link))
        self.assertIn("Affaire 1", page.text_content())
        for path in ("/repondre", "/reponse"):
            self.assertPublicPage(self._get(self.link + path))
        self.assertEqual(self._facts(), before)

    def test_the_tap_is_the_receipt(self):
        page = self._open()
        self.env.invalidate_all()
        self.assertTrue(self.convocation.opened_at)
        self.assertIn(f"{self.link}/dossier.pdf", page.xpath("//a/@href"))

    def test_before_the_receipt_no_document_opens(self):
        for path in ("/dossier.pdf", "/convocation.pdf", f"/piece/{self.annexe.id}"):
            self.assertEqual(self._get(self.link + path).status_code, 404, path)
        self.assertEqual(self._get(f"{self.link}/point/1").status_code, 404)

    def test_documents_open_after_it_and_the_reading_is_kept_once(self):
        self._open()
        for _time in range(2):
            response = self._get(f"{self.link}/dossier.pdf")
            self.assertEqual(response.status_code, 200)
            self.assertEqual(response.headers["Content-Type"], "application/pdf")
            self.assertTrue(response.content.startswith(b"%PDF"))
        self.assertEqual(
            self._get(f"{self.link}/piece/{self.annexe.id}").status_code, 200
        )
        self.env.invalidate_all()
        self.assertEqual(
            self.convocation.event_ids.mapped("kind"),
            ["sent", "opened", "downloaded", "downloaded"],
        )

    def test_the_notice_itself_is_a_file(self):
        self._open()
        response = self._get(f"{self.link}/convocation.pdf")
        self.assertEqual(response.status_code, 200)

    def test_an_item_shows_its_note_and_its_documents(self):
        self._open()
        page = self.assertPublicPage(self._get(f"{self.link}/point/1"))
        self.assertIn("Note", page.text_content())
        self.assertIn(f"{self.link}/piece/{self.annexe.id}", page.xpath("//a/@href"))

    def test_a_table_opens_as_pages_and_its_original_stays(self):
        self._open()
        page = self.assertPublicPage(self._get(f"{self.link}/point/1"))
        path = f"{self.link}/piece/{self.sheet.id}"
        self.assertIn(f"{path}/original", page.xpath("//a/@href"))
        pages, original = self._get(path), self._get(f"{path}/original")
        self.assertEqual(pages.headers["Content-Type"], "application/pdf")
        self.assertTrue(pages.content.startswith(b"%PDF"))
        self.assertEqual(original.content, "Été;12 €".encode())
        self.assertIn("attachment", original.headers["Content-Disposition"])

    def test_a_closed_item_does_not_open_by_the_link(self):
        self._open()
        page = self.assertPublicPage(self._get(f"{self.link}/point/2"))
        self.assertNotIn("Fiche", page.text_content())
        response = self._get(f"{self.link}/piece/{self.closed_annexe.id}")
        self.assertEqual(response.status_code, 404)

    def test_a_closed_item_opens_in_a_session(self):
        self.convocation._open("session")
        self.env.flush_all()
        self.authenticate("adjoint.essai", "adjoint.essai")
        path = self.convocation._get_path()
        page = self.assertPublicPage(self._get(f"{path}/point/2"))
        self.assertIn("Fiche", page.text_content())
        response = self._get(f"{path}/piece/{self.closed_annexe.id}")
        self.assertEqual(response.status_code, 200)

    def _reply(self, answer):
        page = self.assertPublicPage(self._get(f"{self.link}/repondre"))
        return self.url_open(
            f"{self.link}/repondre",
            data={"csrf_token": self._csrf(page), "answer": answer},
            allow_redirects=False,
        )

    def test_an_answer_is_recorded_and_may_change(self):
        self._open()
        self.assertEqual(self._reply("absent").status_code, 303)
        self.assertEqual(self._reply("present").status_code, 303)
        self.env.invalidate_all()
        self.assertEqual(self.convocation.answer, "present")
        answers = self.convocation.event_ids.filtered("answer").mapped("answer")
        self.assertEqual(answers, ["absent", "present"])
        page = self.assertPublicPage(self._get(f"{self.link}/reponse"))
        self.assertIn("monsieur Adjoint", page.findtext(".//h1"))
        self.assertEqual(len(page.xpath("//ul[@class='elus-history']/li")), 2)

    def test_a_member_who_comes_late_counts_as_coming(self):
        self._open()
        self._reply("late")
        self.env.invalidate_all()
        self.assertEqual(self.convocation.answer, "late")
        self.assertEqual(self.seance.present_count, 1)

    def test_another_word_is_refused(self):
        self._open()
        response = self._reply("peut-etre")
        self.assertPublicPage(response, status=400)

    def test_an_answer_without_the_page_is_refused(self):
        with mute_logger("odoo.http"):
            response = self.url_open(
                f"{self.link}/repondre", data={"answer": "present"}
            )
        self.assertEqual(response.status_code, 400)
        self.env.invalidate_all()
        self.assertFalse(self.convocation.answer)

    def test_a_token_of_another_shape_is_a_wrong_link(self):
        path = self.convocation._get_path("é" * 22)
        self.assertPublicPage(self._get(path), status=404)

    def test_wrong_expired_and_cancelled_links_answer_alike(self):
        wrong = self._get(f"/elus/convocation/{self.convocation.id}/{'x' * 22}")
        unknown = self._get(f"/elus/convocation/999999/{'x' * 22}")
        self.convocation.token_expires_at = "2020-01-01 00:00:00"
        self.env.flush_all()
        expired = self._get(self.link)
        self.convocation.token_expires_at = "2099-01-01 00:00:00"
        self.seance.action_cancel()
        self.env.flush_all()
        cancelled = self._get(self.link)
        for response in (wrong, unknown, expired, cancelled):
            page = self.assertPublicPage(response, status=404)
            self.assertIn("02 41 72 81 50", page.text_content())
        bodies = {response.content for response in (wrong, unknown, expired, cancelled)}
        self.assertEqual(len(bodies), 1)

    def test_a_meeting_being_changed_says_so_and_shows_no_draft(self):
        self._open()
        self.seance.action_reopen_preparation()
        self.open_point.name = "Sujet encore secret"
        self.env.flush_all()
        page = self.assertPublicPage(self._get(self.link))
        self.assertTrue(page.xpath("//p[contains(@class, 'm-alert--warning')]"))
        self.assertNotIn("Sujet encore secret", page.text_content())
        self.assertEqual(self._get(f"{self.link}/dossier.pdf").status_code, 404)

    def test_the_calendar_file_keeps_its_identity(self):
        first = self._get(f"{self.link}/seance.ics").text
        uid = next(line for line in first.splitlines() if line.startswith("UID:"))
        self.assertIn("DTSTART;TZID=Europe/Paris:20261217T190000", first)
        self.assertIn("SEQUENCE:0", first)
        self.assertNotIn("Affaire", first)
        with freeze_time(IN_TIME):
            self.seance.action_reopen_preparation()
            self.seance.date_start = "2026-12-18 18:00:00"
            self.seance._convene()
        self.convocation.token_expires_at = "2099-01-01 00:00:00"
        self.env.flush_all()
        second = self._get(f"{self.link}/seance.ics").text
        self.assertIn(uid, second)
        self.assertIn("SEQUENCE:1", second)
        self.assertIn("20261218T190000", second)

    def test_my_meetings_by_session(self):
        self.authenticate("adjoint.essai", "adjoint.essai")
        page = self.assertPublicPage(self._get("/elus/seances"))
        self.assertIn(self.convocation._get_path(), page.xpath("//a/@href"))

    def test_my_past_meetings_stay_on_my_page(self):
        self.seance.state = "closed"
        self.authenticate("adjoint.essai", "adjoint.essai")
        page = self.assertPublicPage(self._get("/elus/seances"))
        self.assertIn(self.convocation._get_path(), page.xpath("//a/@href"))

    def test_a_session_opens_one_s_own_notice_only(self):
        other = self.seance.convocation_ids - self.convocation
        self.authenticate("adjoint.essai", "adjoint.essai")
        for item in other:
            self.assertEqual(self._get(item._get_path()).status_code, 404)
        self.assertEqual(self._get("/elus/seances/999999").status_code, 404)

    def test_without_session_the_log_in_page_comes_first(self):
        response = self._get(self.convocation._get_path())
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login", response.headers["Location"])

    def test_pages_are_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        response = self._get(self.link, headers={"Accept-Language": "fr"})
        page = html.document_fromstring(response.text)
        self.assertTrue(page.get("lang"))
