"""The kiosk, the screen of the waiting room, the calendar of an agent."""

from datetime import datetime
from io import BytesIO

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from pypdf import PdfReader

from .common import RdvHttpCase

MORNING = datetime(2026, 6, 1, 7, 5)


@tagged("post_install", "-at_install")
class TestRoom(RdvHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(MORNING))
        cls.rdv = cls._create_rdv("09:20", last_name="Zanzibarova")
        cls.kiosk = "/rdv/borne/" + cls.lieu.action_open_kiosk()["url"][-22:]
        cls.screen = "/rdv/salle/" + cls.lieu.action_open_screen()["url"][-22:]
        cls.agent = cls._new_user("t_rdv", "mairie_rdv.group_agent")
        cls.lieu.user_ids = cls.agent

    def _post(self, code):
        return self.assertPublicPage(self.url_open(self.kiosk, data={"code": code}))

    def test_ticket_at_the_kiosk_notes_the_arrival_and_the_place_in_line(self):
        before = self._create_rdv("09:00", guichet_id=self.guichet.id)
        before.action_arrive()
        page = self._post(self.rdv.display_name)
        self.assertEqual(self.rdv.state, "arrived")
        text = page.text_content()
        self.assertIn("G1", text)
        self.assertIn("1 person", text)
        self.assertNotIn("Zanzibarova", text)

    def test_second_ticket_shows_the_same(self):
        self._post(self.rdv.code)
        self.assertIn("G1", self._post(self.rdv.code).text_content())
        self.assertEqual(self.rdv.state, "arrived")

    def test_unknown_code_and_other_day_change_nothing(self):
        later = self._create_rdv("09:00", day="2026-06-08")
        warning = "//*[contains(@class, 'm-alert--warning')]"
        self.assertTrue(self._post("ZZZZZZ").xpath(warning))
        self.assertTrue(self._post(later.code).xpath(warning))
        self.assertIn("9", self._post(later.code).text_content())
        self.assertEqual(later.state, "confirmed")
        past = self._create_rdv("09:00", day="2026-05-25", is_extra=True,
                                guichet_id=self.guichet.id)  # fmt: skip
        self.assertTrue(self._post(past.code).xpath(warning))
        told = self.env["mairie.rdv.lieu"]._check_in(self.lieu.kiosk_token, past.code)
        self.assertEqual(told["kind"], "past")

    def test_screen_shows_codes_and_desks_only_and_can_be_cached(self):
        self.rdv.action_call()
        page = self.assertPublicPage(self.url_open(self.screen))
        self.assertIn(self.rdv.display_name, page.text_content())
        self.assertNotIn("Zanzibarova", page.text_content())
        state = self.url_open(f"{self.screen}/etat.json")
        self.assertEqual(
            state.json()["calls"], [{"code": self.rdv.display_name, "desk": "G1"}]
        )
        same = self.url_open(
            f"{self.screen}/etat.json", headers={"If-None-Match": state.headers["ETag"]}
        )
        self.assertEqual(same.status_code, 304)
        self.assertNotIn("Set-Cookie", state.headers)

    def test_wrong_token_is_the_404_of_everybody(self):
        token = "x" * 22
        answers = {
            self.url_open(path).content
            for path in (f"/rdv/borne/{token}", f"/rdv/salle/{token}",
                         f"/rdv/salle/{self.lieu.kiosk_token}", "/rdv/salle/court")
        }  # fmt: skip
        self.assertEqual(len(answers), 1)
        self.assertEqual(self.url_open(f"/rdv/borne/{token}").status_code, 404)

    def test_renewed_address_closes_the_former_one(self):
        self.lieu.action_renew_addresses()
        self.assertEqual(self.url_open(self.kiosk).status_code, 404)
        self.assertEqual(self.url_open(self.screen).status_code, 404)

    def test_nobody_reads_the_tokens(self):
        with self.assertRaises(AccessError):
            self.lieu.with_user(self.agent).read(["kiosk_token"])

    # -- calendar ------------------------------------------------------------------------

    def _feed(self):
        fluxes = self.env["mairie.rdv.flux"].with_user(self.agent)
        fluxes.action_open()
        return fluxes.search([]).sudo()

    def test_calendar_has_hours_and_codes_and_no_name(self):
        flux = self._feed()
        answer = self.url_open(f"/rdv/agenda/{flux.access_token}.ics")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("DTSTART:20260601T072000Z", answer.text)
        self.assertIn(self.rdv.display_name, answer.text)
        self.assertNotIn("Zanzibarova", answer.text)
        self.assertNotIn("Passeport", answer.text)

    def test_calendar_follows_rights_and_is_revoked(self):
        flux = self._feed()
        token = flux.access_token
        self.lieu.user_ids = False
        answer = self.url_open(f"/rdv/agenda/{token}.ics")
        self.assertNotIn("BEGIN:VEVENT", answer.text)
        flux.with_user(self.agent).action_renew()
        self.assertEqual(self.url_open(f"/rdv/agenda/{token}.ics").status_code, 404)

    def test_list_of_the_day_is_for_agents_of_the_place(self):
        path = f"/mairie_rdv/jour/{self.lieu.id}/2026-06-01.pdf"
        self.authenticate("t_rdv", "t_rdv")
        answer = self.url_open(path)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        pages = PdfReader(BytesIO(answer.content)).pages
        text = " ".join(page.extract_text() for page in pages)
        self.assertIn(self.lieu.name, text)
        self.assertNotIn("padding", text)
        self._new_user("t_autre", "mairie_rdv.group_agent")
        self.authenticate("t_autre", "t_autre")
        self.assertEqual(self.url_open(path).status_code, 404)
        bad = f"/mairie_rdv/jour/{self.lieu.id}/hier.pdf"
        self.assertEqual(self.url_open(bad).status_code, 404)
