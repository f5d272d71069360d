"""The citizen's pages: sound, silent, and nothing changes on a GET."""

import re

from lxml import html
from odoo.tests import tagged

from .common import MONDAY, RdvHttpCase

FORM = {"first_name": "Léa", "last_name": "Martin", "email": "lea@exemple.fr"}

#: times that the calendar has, and that no zone can be applied to
EDGES = ("9999-12-31T23:30", "0001-01-01T00:00")


@tagged("post_install", "-at_install")
class TestPublicPages(RdvHttpCase):
    def setUp(self):
        super().setUp()
        self.slug = self.demarche.slug

    def _get(self, path, status=200):
        return self.assertPublicPage(self.url_open(path), status)

    def _hidden(self, page, name):
        return page.xpath(f"//input[@name='{name}']/@value")[0]

    def _post_time(self, time="09:00", **form):
        page = html.document_fromstring(self.url_open(f"/rdv/{self.slug}/quand").text)
        data = {
            "csrf_token": self._hidden(page, "csrf_token"),
            "key": self._hidden(page, "key"),
            "personnes": "1",
            "lieu": str(self.lieu.id),
            "start": f"{MONDAY}T{time}",
            **form,
        }
        return self.url_open(
            f"/rdv/{self.slug}/quand", data=data, allow_redirects=False
        )

    def _post(self, path, **form):
        page = html.document_fromstring(self.url_open("/rdv/retrouver").text)
        data = {"csrf_token": self._hidden(page, "csrf_token"), **form}
        return self.url_open(path, data=data, allow_redirects=False)

    def _book(self, time="09:00"):
        path = self._path(self._post_time(time))
        return self._path(self._post(path, **FORM))

    def _path(self, response):
        self.assertEqual(response.status_code, 303, response.text[:500])
        return re.sub(r"^https?://[^/]*", "", response.headers["Location"])

    def _last(self):
        return self.env["mairie.rdv"].search([], order="id desc", limit=1)

    def test_pages_are_sound(self):
        self._get("/rdv")
        self._get(f"/rdv/{self.slug}")
        self._get(f"/rdv/{self.slug}/quand")
        self._get("/rdv/retrouver")

    def test_proof_tells_that_an_sms_leaves_too(self):
        self.lieu.company_id.mairie_rdv_sms_provider = "log"
        path = self._path(self._post_time())
        form = {**FORM, "phone": "06 12 34 56 78", "sms_ok": "1"}
        manage = self._path(self._post(path, **form))
        text = self._get(manage).text_content()
        self.assertIn("** ** ** 78", text)
        self.assertNotIn("34 56 78", text)
        self._last().sms_ok = False
        self.assertNotIn("** 78", self._get(manage).text_content())

    def test_summary_of_errors_names_the_person(self):
        self.demarche.write({"stage": "depot", "ants_reason": "PASSPORT"})
        path = self._path(self._post_time(personnes="2"))
        answer = self._post(path, **FORM, application_1="AB12CD34EF")
        page = self.assertPublicPage(answer, 422)
        (line,) = page.xpath("//*[@id='erreurs']//a")
        self.assertEqual(line.get("href"), "#application_2")
        self.assertRegex(line.text_content(), "^Person(ne)? 2 – ")

    def test_first_free_place_is_announced(self):
        slot = self.demarche._get_first_slot()
        self.assertIn(slot["day_label"], self.url_open("/rdv").text)

    def test_whole_journey(self):
        path = self._path(self._post_time())
        self.assertRegex(path, r"^/rdv/p/[\w-]{22}$")
        self.assertPublicPage(self.url_open(path))
        manage = self._path(self._post(path, **FORM))
        page = self.assertPublicPage(self.url_open(manage))
        rdv = self._last()
        self.assertEqual(rdv.state, "confirmed")
        self.assertIn(rdv.display_name, page.text_content())
        self.assertNotIn("lea@exemple.fr", page.text_content())
        moved = self._post(f"{manage}/changer", start=f"{MONDAY}T09:40")
        self.assertIn("etat=change", self._path(moved))
        self.assertPublicPage(self.url_open(f"{manage}/changer"))
        self.assertPublicPage(self.url_open(f"{manage}/annuler"))
        self.assertEqual(self._path(self._post(f"{manage}/annuler")), manage)
        self.assertEqual(rdv.state, "cancelled_usager")
        self.assertNotIn(rdv.display_name, self.url_open(manage).text)

    def test_a_get_changes_nothing(self):
        manage = self._book()
        rdv = self._last()
        before = rdv.read(["state", "start", "write_date"])
        token = rdv.access_token
        for path in (manage, f"{manage}/annuler", f"{manage}/changer", f"/rdv/p/{token}",
                     f"{manage}/rendez-vous.ics", f"{manage}/code.svg"):  # fmt: skip
            self.assertEqual(self.url_open(path).status_code, 200, path)
        self.url_open(f"/rdv/p/{token}/prolonger")
        rdv.invalidate_recordset()
        self.assertEqual(rdv.read(["state", "start", "write_date"]), before)

    def test_post_without_csrf_token_changes_nothing(self):
        manage = self._book()
        with self.assertLogs("odoo.http", "WARNING"):
            answer = self.url_open(f"{manage}/annuler", data={"a": "b"})
        self.assertEqual(answer.status_code, 400)
        self.assertEqual(self._last().state, "confirmed")

    def test_a_form_whose_session_is_over_is_sent_again_with_one_click(self):
        path = self._path(self._post_time())
        origin = {"Origin": self.base_url()}
        self.opener.cookies.clear()
        with self.assertLogs("odoo.http", "WARNING"):
            answer = self.url_open(
                path, data={**FORM, "csrf_token": "x"}, headers=origin
            )
        page = self.assertPublicPage(answer, 400)
        self.assertEqual(self._last().state, "hold")
        kept = dict(page.forms[-1].form_values())
        self.assertEqual({name: kept[name] for name in FORM}, FORM)
        done = self.url_open(page.forms[-1].action, data=kept, allow_redirects=False)
        self.assertIn("/rdv/m/", self._path(done))

    def test_a_form_of_another_site_is_not_given_back(self):
        path = self._path(self._post_time())
        with self.assertLogs("odoo.http", "WARNING"):
            answer = self.url_open(
                path, data=FORM, headers={"Origin": "https://ailleurs.exemple"}
            )
        self.assertEqual(answer.status_code, 400)
        self.assertNotIn(FORM["email"], answer.text)

    def test_time_that_is_gone_shows_the_nearest(self):
        self._create_rdv("09:20")
        page = self.assertPublicPage(self._post_time("09:20"), 409)
        values = page.xpath("//button[@name='start']/@value")
        self.assertIn(f"{MONDAY}T09:00", values)

    def test_times_that_do_not_exist_are_refused(self):
        for time in ("09:07", "23:00"):
            self.assertPublicPage(self._post_time(time), 409)
        for start in ("", "x", "2026-99-99T99:99", f"{MONDAY}T09:00' --", *EDGES):
            self.assertPublicPage(self._post_time(start=start), 409)

    def test_moving_to_no_time_keeps_the_appointment(self):
        manage = self._book()
        start = self._last().start
        for form in ({}, {"start": "x"}, *({"start": edge} for edge in EDGES)):
            answer = self._post(f"{manage}/changer", **form)
            self.assertPublicPage(answer, 409)
        self.assertEqual(self._last().start, start)

    def test_malformed_choices_get_a_sentence(self):
        for query in ("personnes=9", "personnes=x", "lieu=0", "lieu=99999999999",
                      "debut=2026-02-31", "personnes=-1", "jour=hier"):  # fmt: skip
            page = self._get(f"/rdv/{self.slug}/quand?{query}", 400)
            self.assertTrue(page.xpath("//*[@role='alert']/p"), query)
        self.assertPublicPage(self._post_time(personnes="9"), 400)

    def test_form_is_kept_with_a_list_of_errors(self):
        path = self._path(self._post_time())
        answer = self._post(path, **{**FORM, "last_name": "", "email": "lea@"})
        page = self.assertPublicPage(answer, 422)
        links = page.xpath("//*[@id='erreurs']//a/@href")
        self.assertEqual(links, ["#last_name", "#email"])
        self.assertEqual(page.xpath("//input[@id='first_name']/@value"), ["Léa"])
        self.assertEqual(page.xpath("//input[@id='email']/@value"), ["lea@"])
        described = page.xpath("//input[@id='email']/@aria-describedby")[0]
        for name in described.split():
            self.assertTrue(page.xpath(f"//*[@id='{name}']"), name)

    def test_control_characters_are_dropped(self):
        path = self._path(self._post_time())
        typed = {
            "first_name": "L\0éa",
            "last_name": "\x1bMartin\0",
            "email": "a\0@b.fr",
        }
        self._path(self._post(path, **{**FORM, **typed, "email": FORM["email"]}))
        self.assertEqual(self._last().contact_name, "L éa MARTIN")
        answer = self._post("/rdv/retrouver", email=typed["email"])
        self.assertPublicPage(answer)

    def test_hold_lost_keeps_the_answers(self):
        path = self._path(self._post_time())
        self._last().state = "expired"
        self._create_rdv("09:00")
        answer = self._post(path, start=f"{MONDAY}T09:00", **FORM)
        page = self.assertPublicPage(answer, 409)
        self.assertEqual(page.xpath("//input[@id='last_name']/@value"), ["Martin"])
        times = page.xpath("//input[@type='radio'][@name='start']/@value")
        self.assertEqual(times[0], f"{MONDAY}T09:20")
        self._path(self._post(path, start=times[0], **FORM))

    def test_extending_keeps_the_answers(self):
        path = self._path(self._post_time())
        answer = self._post(f"{path}/prolonger", **FORM)
        page = self.assertPublicPage(answer)
        self.assertEqual(page.xpath("//input[@id='email']/@value"), [FORM["email"]])
        self.assertEqual(self._last().extension_count, 1)

    def test_too_many_holds_get_429(self):
        self.env["ir.config_parameter"].set_param("mairie_rdv.holds_per_ip", "0")
        answer = self._post_time()
        self.assertPublicPage(answer, 429)
        self.assertTrue(int(answer.headers["Retry-After"]) > 0)

    def test_unknown_and_wrong_are_the_same_404(self):
        self._create_demarche("Interne", slug="interne", visibility="private")
        answers = [
            self.url_open(path)
            for path in (
                "/rdv/interne",
                "/rdv/inconnue",
                "/rdv/%00",
                "/rdv/a%00b/quand",
                "/rdv/m/" + "x" * 22,
                "/rdv/p/court",
                "/rdv/interne/quand",
            )  # fmt: skip
        ]
        self.assertEqual({answer.status_code for answer in answers}, {404})
        self.assertEqual(len({answer.content for answer in answers}), 1)

    def test_calendar_file_and_code_tell_nothing_private(self):
        manage = self._book()
        ics = self.url_open(f"{manage}/rendez-vous.ics")
        self.assertIn("text/calendar", ics.headers["Content-Type"])
        self.assertIn("DTSTART:20260601T070000Z", ics.text)
        for secret in ("Passeport", "Martin", "lea@"):
            self.assertNotIn(secret, ics.text)
        svg = self.url_open(f"{manage}/code.svg")
        self.assertEqual(svg.headers["Content-Type"], "image/svg+xml")

    def test_asking_for_the_link_says_nothing_of_who_is_known(self):
        self._create_rdv(email="lea@exemple.fr")
        known = self._post("/rdv/retrouver", email="lea@exemple.fr")
        unknown = self._post("/rdv/retrouver", email="nul@exemple.fr")
        self.assertEqual(known.status_code, unknown.status_code)
        hide = re.compile(r'name="csrf_token" value="[^"]*"')
        self.assertEqual(hide.sub("", known.text), hide.sub("", unknown.text))
        self.assertEqual(self._last().envoi_ids.kind, "link")

    def test_procedure_of_the_office_shows_the_telephone(self):
        self._create_demarche("Électorales", visibility="office")
        page = self._get("/rdv")
        self.assertTrue(page.xpath("//a[starts-with(@href, 'tel:')]"))

    def test_no_time_at_all_says_until_when_and_whom_to_call(self):
        self.opening.active = False
        page = self._get(f"/rdv/{self.slug}/quand")
        self.assertTrue(
            page.xpath("//*[@class='m-empty']//a[starts-with(@href, 'tel:')]")
        )
