"""Around the journey: questions, links, codes, delays; every odd value gets a 4xx."""

import re
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MONDAY, RdvHttpCase

FORM = {"first_name": "Léa", "last_name": "Martin", "email": "lea@exemple.fr"}


@tagged("post_install", "-at_install")
class TestCitizenPages(RdvHttpCase):
    def setUp(self):
        super().setUp()
        self.slug = self.demarche.slug
        self.rdvs = self.env["mairie.rdv"]

    def _csrf(self, path="/rdv/retrouver"):
        page = self.url_open(path)
        return re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]

    def _post(self, path, **form):
        data = {"csrf_token": self._csrf(), **form}
        return self.url_open(path, data=data, allow_redirects=False)

    # -- questions ---------------------------------------------------------------------

    def _ask(self, kind, **vals):
        question = self.env["mairie.rdv.question"].create(
            {"demarche_id": self.demarche.id, "name": "Combien ?", "kind": kind, **vals}
        )
        return f"question_{question.id}"

    def test_each_kind_of_answer_is_read_or_refused_with_its_sentence(self):
        choices = {"choices": "Oui\nPeut-être"}
        cases = [
            ("number", {}, "12", "douze", "12"),
            ("date", {}, "17/12/2026", "31/02/2026", "17/12/2026"),
            ("date", {}, "2026-12-17", "hier", "17/12/2026"),
            ("choice", choices, "Peut-être", "Non", "Peut-être"),
            ("boolean", {}, "1", "si", None),
            ("text", {}, "trois mots ici", "", "trois mots ici"),
        ]
        for kind, vals, good, bad, kept in cases:
            self.demarche.question_ids.unlink()
            field = self._ask(kind, **vals)
            rdv = self._hold("09:00", key=(kind * 22)[:22])
            path = f"/rdv/p/{rdv.access_token}"
            refused = self._post(path, **FORM, **{field: bad})
            page = self.assertPublicPage(refused, 422)
            error = page.xpath(f"//*[@id='{field}-error']")
            self.assertTrue(error, kind)
            self.assertEqual(page.xpath("//input[@id='last_name']/@value"), ["Martin"])
            self.assertEqual(self._post(path, **FORM, **{field: good}).status_code, 303)
            answer = rdv.answer_ids.answer
            self.assertTrue(answer if kept is None else answer == kept, (kind, answer))
            rdv.unlink()

    def test_time_that_one_holds_stays_visible_to_oneself_only(self):
        path = f"/rdv/{self.slug}/quand"
        key = re.search(r'name="key" value="([^"]+)"', self.url_open(path).text)[1]
        start = f"{MONDAY}T09:00"
        self._post(path, key=key, lieu=self.lieu.id, personnes=1, start=start)
        self.assertIn(f'value="{start}"', self.url_open(path).text)
        self.opener.cookies.clear()
        self.assertNotIn(f'value="{start}"', self.url_open(path).text)

    # -- by link -------------------------------------------------------------------------

    def test_procedure_by_link_exists_for_its_holder_only_and_once(self):
        self.demarche.visibility = "link"
        invitation = self.env["mairie.rdv.invitation"].create(
            {
                "demarche_id": self.demarche.id,
                "email": "inv@exemple.fr",
                "last_name": "Sow",
            }
        )
        path = f"/rdv/{self.slug}/quand"
        missing = self.url_open("/rdv/nulle-part")
        self.assertEqual(self.url_open(path).content, missing.content)
        self.assertNotIn(self.demarche.name, self.url_open("/rdv").text)
        self.url_open(invitation.url.replace(invitation.get_base_url(), ""))
        key = re.search(r'name="key" value="([^"]+)"', self.url_open(path).text)[1]
        start = f"{MONDAY}T09:00"
        held = self._post(path, key=key, lieu=self.lieu.id, personnes=1, start=start)
        self.assertEqual(held.status_code, 303)
        contact = held.headers["Location"].replace(self.base_url(), "")
        page = self.assertPublicPage(self.url_open(contact))
        self.assertEqual(page.xpath("//input[@id='email']/@value"), ["inv@exemple.fr"])
        self.assertEqual(self._post(contact, **FORM).status_code, 303)
        self.assertEqual(invitation.use_count, 1)
        again = self.url_open(invitation.url.replace(invitation.get_base_url(), ""))
        self.assertEqual(again.status_code, 404)

    def test_title_that_arrives_invites_to_collect_it(self):
        retrait = self._create_demarche("Retrait", stage="retrait")
        self.guichet.demarche_ids += retrait
        self.demarche.write({"stage": "depot", "retrait_demarche_id": retrait.id})
        rdv = self._create_rdv("09:00", email="lea@exemple.fr")
        self.assertFalse(rdv.can_invite_retrait)
        rdv._move_to("done")
        rdv.action_title_arrived()
        invitation = rdv.retrait_invitation_ids
        self.assertEqual(invitation.demarche_id, retrait)
        rdv.envoi_ids.next_try = "2026-05-29 06:00:00"
        rdv.envoi_ids._send_all_due()
        mail = rdv.envoi_ids.sudo().mail_id
        self.assertIn(invitation.url, mail.body_html)
        self.assertFalse(rdv.can_invite_retrait, "once")

    # -- by code -----------------------------------------------------------------------

    def test_code_and_contact_together_find_the_appointment(self):
        rdv = self._create_rdv(email="lea@exemple.fr", phone="+33612345678")
        for contact in ({"email": "LEA@exemple.fr"}, {"phone": "06 12 34 56 78"}):
            answer = self._post(
                "/rdv/retrouver", code=rdv.display_name.lower(), **contact
            )
            self.assertEqual(answer.status_code, 303)
            self.assertIn(rdv.access_token, answer.headers["Location"])

    def test_wrong_code_and_wrong_contact_cannot_be_told_apart(self):
        rdv = self._create_rdv(email="lea@exemple.fr")
        hide = re.compile(r'(name="(csrf_token)" value="[^"]*"|value="[^"]*")')
        pages = {
            hide.sub("", self._post("/rdv/retrouver", code=code, email=email).text)
            for code, email in (
                (rdv.code, "autre@exemple.fr"), ("222222", "lea@exemple.fr"),
                ("zz", "lea@exemple.fr"), (rdv.code, ""),
            )
        }  # fmt: skip
        self.assertEqual(len(pages), 1)

    def test_guessing_is_stopped_and_told_when_to_come_back(self):
        answers = [self._post("/rdv/retrouver", code="222222") for _index in range(11)]
        self.assertEqual({answer.status_code for answer in answers[:10]}, {422})
        self.assertEqual(answers[10].status_code, 429)
        self.assertEqual(answers[10].headers["Retry-After"], "900")

    # -- waiting, delays, SMS ------------------------------------------------------------

    def test_waiting_list_form_keeps_answers_and_joins(self):
        path = f"/rdv/{self.slug}/attente"
        page = self.assertPublicPage(self._post(path, first_name="Awa"), 422)
        self.assertEqual(page.xpath("//input[@id='first_name']/@value"), ["Awa"])
        done = self._post(path, lieu=self.lieu.id, **FORM)
        self.assertPublicPage(done)
        self.assertEqual(len(self.env["mairie.rdv.attente"].search(
            [("demarche_id", "=", self.demarche.id)])), 1)  # fmt: skip
        self.demarche.has_waiting_list = False
        self.assertEqual(self.url_open(path).status_code, 404)

    def test_delays_are_public_cacheable_and_true(self):
        answer = self.url_open("/rdv/delais")
        page = self.assertPublicPage(answer)
        self.assertIn("max-age", answer.headers["Cache-Control"])
        row = [" ".join(cell.text_content().split()) for cell in page.xpath(
            "//tr[.//th[contains(., 'Passeport')]]/*")]  # fmt: skip
        self.assertIn("3", row[1], "Friday to Monday")
        self.assertEqual(self.demarche._get_public_delays(self.lieu.company_id.id)[-1]
                         ["rows"][0]["first_days"], 3)  # fmt: skip

    def test_the_other_places_show_their_first_time(self):
        lieu = self._create_lieu("Annexe")
        self._create_ouverture(self._create_guichet("A1", lieu_id=lieu.id), weekday="2")
        page = self.url_open(f"/rdv/{self.slug}/quand?lieu={self.lieu.id}")
        self.assertIn("Annexe", page.text)
        self.assertIn(f"lieu={lieu.id}", page.text)

    def test_sms_stop_by_a_tap(self):
        self.lieu.company_id.mairie_rdv_sms_provider = "log"
        rdv = self._create_rdv(phone="+33612345678")
        rdv.sms_ok = True
        path = f"/rdv/m/{rdv.access_token}"
        self.assertIn("/sms", self.url_open(path).text)
        self.assertEqual(self._post(f"{path}/sms").status_code, 303)
        self.assertFalse(rdv.sms_ok)

    # -- who reads what --------------------------------------------------------------------

    def test_answers_and_waiting_list_are_read_at_their_own_place_only(self):
        rdv = self._create_rdv()
        answer = self.env["mairie.rdv.answer"].create(
            {"rdv_id": rdv.id, "question": "Q", "answer": "secret"}
        )
        vals = {"demarche_id": self.demarche.id, "lieu_id": self.lieu.id}
        attente = self.env["mairie.rdv.attente"].create({**vals, "email": "x@ex.fr"})
        invitation = self.env["mairie.rdv.invitation"].create(
            {"demarche_id": self.demarche.id}
        )
        here = self._new_user("t_ici", "mairie_rdv.group_agent")
        elsewhere = self._new_user("t_ailleurs", "mairie_rdv.group_agent")
        nobody = self._new_user("t_agent", "mairie_base.group_agent")
        self.lieu.user_ids += here
        for record in (answer, attente, invitation):
            domain = [("id", "=", record.id)]
            self.assertTrue(record.with_user(here).search(domain), record._name)
            self.assertFalse(record.with_user(elsewhere).search(domain), record._name)
            with self.assertRaises(AccessError):
                record.with_user(nobody).search(domain)
        for record in (attente, invitation):
            with self.assertRaises(AccessError):
                record.with_user(here).read(["access_token"])

    # -- odd values ----------------------------------------------------------------------

    def test_unknown_and_forbidden_pages_are_the_same_bytes(self):
        token = "A" * 22
        pages = {
            self.url_open(path).content
            for path in (
                f"/rdv/m/{token}", f"/rdv/p/{token}", f"/rdv/a/{token}", "/rdv/a/x",
                f"/rdv/i/{token}", f"/rdv/m/{token}/choisir", "/rdv/inconnue/attente",
                f"/rdv/m/{self._create_rdv().access_token}/choisir",
            )
        }  # fmt: skip
        self.assertEqual(len(pages), 1)

    def test_malformed_values_get_a_sentence_and_never_an_error(self):
        odd = ("-1", "0", "x", "9" * 30, "²", "%00", "é", "")
        for value in odd:
            for path in (
                f"/rdv/{self.slug}/quand?personnes={value}",
                f"/rdv/{self.slug}/quand?lieu={value}",
                f"/rdv/{self.slug}/attente?lieu={value}&personnes={value}",
                f"/rdv/{self.slug}/quand?debut={value}",
            ):
                answer = self.url_open(path)
                self.assertLess(answer.status_code, 500, path)
                self.assertIn("<h1", answer.text)
        token = self._create_rdv().access_token
        for path in ("changer", "plus-tot", "sms", "choisir", "annuler"):
            answer = self._post(
                f"/rdv/m/{token}/{path}", start="2026-13-99T99:99", veut="z"
            )
            self.assertLess(answer.status_code, 500, path)

    def test_nothing_changes_on_a_get(self):
        rdv = self._create_rdv()
        for path in ("sms", "plus-tot"):
            answer = self.url_open(f"/rdv/m/{rdv.access_token}/{path}")
            self.assertIn(answer.status_code, (404, 405))

    # -- another language ------------------------------------------------------------------

    def test_whole_journey_in_english_for_a_browser_that_asks_for_it(self):
        self.env["res.lang"]._activate_lang("en_US")
        self.demarche.question_ids = [
            Command.create({"name": "Topic", "is_required": False})
        ]
        self.opener.headers["Accept-Language"] = "en-US,en;q=0.9"
        french = re.compile(
            r"\b(rendez-vous|Quand|Prénom|Mairie de|démarche|place gardée|Étape)\b"
        )
        rdv = self._hold("09:20", key="e" * 22)
        rdv.lang = "en_US"
        for path in (
            "/rdv", f"/rdv/{self.slug}", f"/rdv/{self.slug}/quand", "/rdv/retrouver",
            "/rdv/delais", f"/rdv/{self.slug}/attente", f"/rdv/p/{rdv.access_token}",
        ):  # fmt: skip
            text = self.url_open(path).text
            self.assertIn('lang="en', text)
            words = re.sub(r"<[^>]*>|/rdv\S*", " ", text).replace(self.lieu.name, "")
            self.assertFalse(french.findall(words), path)
        done = self._post(f"/rdv/p/{rdv.access_token}", **FORM)
        self.assertEqual(done.status_code, 303)
        self.assertIn(
            "Appointment confirmed", self.url_open(f"/rdv/m/{rdv.access_token}").text
        )
        rdv.envoi_ids._send_all_due()
        mail = rdv.envoi_ids.sudo().mail_id
        self.assertIn("Appointment at the town hall", mail.subject)
        self.assertIn("Your appointment is confirmed", mail.body_html)

    # -- what France Titres says -----------------------------------------------------------

    def _lodge(self, check, **form):
        """Confirm a lodging while France Titres says ``check``; return the answer."""
        self.demarche.write({"stage": "depot", "ants_reason": "PASSPORT"})
        rdv = self._hold("09:40", key="a" * 22)
        number = "AB12CD34EF"
        asked = patch.object(
            type(self.env["mairie.rdv"]),
            "_ask_about_applications",
            lambda rdv, numbers: {number: {"elsewhere": [], **check}},
        )
        with asked:
            answer = self._post(
                f"/rdv/p/{rdv.access_token}", application_1=number, **FORM, **form
            )
        return rdv, answer

    def test_number_that_france_titres_refuses_is_refused_with_its_reason(self):
        retrait = self._create_demarche("Retrait", stage="retrait", slug="retrait-x")
        self.demarche.retrait_demarche_id = retrait
        check = {"status": "consumed", "blocks": True, "sentence": "Déjà déposé."}
        rdv, answer = self._lodge(check)
        page = self.assertPublicPage(answer, 422)
        self.assertIn("Déjà déposé.", page.text_content())
        self.assertTrue(page.xpath("//a[@href='/rdv/retrait-x']"))
        self.assertEqual(rdv.state, "hold")

    def test_appointment_in_another_town_is_kept_once_confirmed(self):
        other = {"place": "Angers", "url": "https://rdv.angers.example/x"}
        check = {"status": "elsewhere", "asks": True, "sentence": "À Angers.",
                 "elsewhere": [other], "is_checked": True}  # fmt: skip
        rdv, answer = self._lodge(check)
        page = self.assertPublicPage(answer, 422)
        self.assertTrue(page.xpath(f"//a[@href='{other['url']}']"))
        rdv, answer = self._lodge(check, keep_application_1="1")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(rdv.personne_ids.ants_status, "elsewhere")

    def test_france_titres_silent_does_not_stop_a_citizen(self):
        check = {"status": "later", "blocks": False, "sentence": "Plus tard."}
        rdv, answer = self._lodge(check)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(rdv.personne_ids.ants_status, "later")
        self.assertFalse(rdv.personne_ids.ants_checked_at)
