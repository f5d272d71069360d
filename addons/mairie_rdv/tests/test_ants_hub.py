"""The hub of France Titres calls us: its rules, its habits, its clock."""

import logging
import random
import time
from datetime import date, datetime
from unittest.mock import patch

from odoo.addons.mairie_rdv.controllers import ants
from odoo.addons.mairie_rdv.lib.ants import SlotSearch, read_slot_search
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import MONDAY, RdvHttpCase
from .fake_ants import Hub

API = "/rdv/api/ants/"
HEADER = "X-HUB-RDV-AUTH-TOKEN"
TOKEN = "jeton-du-moteur-de-recherche"
NOTE_CALL = ants.note_call


@tagged("post_install", "-at_install")
class TestAntsHub(RdvHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mairie.rdv.lieu"].search([]).ants_published = False
        cls.demarche.write(
            {"stage": "depot", "ants_reason": "CNI-PASSPORT", "slug": "titres"}
        )
        cls.lieu.write(
            {
                "street": "1 place de la Mairie",
                "zip": "49990",
                "city": "Saint-Essai",
                "ants_latitude": 47.26,
                "ants_longitude": -0.07,
                "ants_published": True,
            }
        )
        comptes = cls.env["mairie.rdv.ants.compte"]
        cls.compte = comptes._get_account(cls.env.company)
        cls.compte = cls.compte or comptes.create({})
        cls.compte.token_ids = [
            Command.clear(),
            Command.create({"name": "hub", "given": TOKEN}),
        ]
        cls.point = cls.lieu.ants_point_id

    def setUp(self):
        super().setUp()
        # Written once the answer has left: a test would have to wait for it.
        self.noted = []
        patcher = patch.object(
            ants, "note_call", lambda _db, vals: self.noted.append(vals)
        )
        patcher.start()
        self.addCleanup(patcher.stop)

    def _wait_for_notes(self, count):
        """A call is noted once its answer has left: a moment after it came here."""
        for _turn in range(500):  # the clock stands still
            if len(self.noted) >= count:
                return
            time.sleep(0.01)

    def _get(self, path, params=(), token=TOKEN):
        url = self.base_url() + API + path
        headers = {HEADER: token} if token else {}
        response = self.opener.get(
            url, params=list(params), headers=headers, timeout=20
        )
        return response.status_code, response.json()

    def _hub(self):
        return Hub(self._get, TOKEN)

    def _slots(self, point=None, first=MONDAY, last=MONDAY, **kwargs):
        points = [point or self.point]
        return self._hub().time_slots(points, first, last, **kwargs)

    # -- who may ask -----------------------------------------------------------------

    def test_wrong_token_is_refused_everywhere(self):
        for path in ("getManagedMeetingPoints", "availableTimeSlots",
                     "searchApplicationIds"):  # fmt: skip
            for token in ("", "x", TOKEN[:-1], TOKEN + "x"):
                status, body = self._get(path, token=token)
                self.assertEqual(status, 401)
                self.assertEqual(set(body), {"detail"})

    def test_two_tokens_are_valid_until_their_day(self):
        self.compte.token_ids = [
            Command.create(
                {"name": "old", "given": "ancien", "valid_until": "2026-05-28"}
            ),
            Command.create(
                {"name": "next", "given": "suivant", "valid_until": "2026-05-29"}
            ),
        ]
        self.assertEqual(self._get("getManagedMeetingPoints", token="ancien")[0], 401)
        self.assertEqual(self._get("getManagedMeetingPoints", token="suivant")[0], 200)

    def test_token_itself_is_kept_nowhere(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT * FROM mairie_rdv_ants_jeton")
        self.assertNotIn(TOKEN, str(self.env.cr.fetchall()))

    # -- places ----------------------------------------------------------------------

    def test_place_passes_the_validation_of_the_hub(self):
        hub = self._hub()
        points = hub.meeting_points()
        self.assertEqual([point["id"] for point in points], [self.point])
        self.assertFalse(hub.dropped)

    def test_incomplete_or_unplugged_place_is_left_out_and_told_why(self):
        self.lieu.ants_latitude = 0
        self.assertFalse(self._hub().meeting_points())
        self.assertIn("map", str(self.lieu._get_ants_gaps()))
        self.lieu.ants_latitude = 47.2
        self.opening.write({"date_from": "2026-01-01", "date_to": "2026-05-28"})
        self.assertFalse(self._hub().meeting_points(), "it opens no more")
        self.assertIn("any more", str(self.lieu._get_ants_gaps()))
        self.opening.date_to = False
        self.assertTrue(self._hub().meeting_points())
        self.demarche.visibility = "office"
        self.assertFalse(self._hub().meeting_points())

    def test_number_of_a_place_never_changes(self):
        self.lieu.ants_published = False
        self.lieu.ants_published = True
        self.assertEqual(self.lieu.ants_point_id, self.point)
        with self.assertRaisesRegex(Exception, "never changes"):
            self.lieu.ants_point_id = "autre"

    # -- times -----------------------------------------------------------------------

    def test_hour_shown_is_the_wall_clock(self):
        hours = [f"{hour:%H:%M}" for hour, _url in self._slots()[self.point]]
        self.assertEqual(hours, ["09:00", "09:20", "09:40"])

    def test_overseas_hour_is_the_wall_clock_too(self):
        self.lieu.tz = "Indian/Reunion"
        hours = [f"{hour:%H:%M}" for hour, _url in self._slots()[self.point]]
        self.assertEqual(hours, ["09:00", "09:20", "09:40"])

    def test_two_desks_make_one_line_sorted(self):
        second = self._create_guichet("G2")
        self._create_ouverture(second, hour_from=8.0, hour_to=9.5)
        status, body = self._get(
            "availableTimeSlots",
            [("meeting_point_ids", self.point), ("start_date", MONDAY),
             ("end_date", MONDAY)],
        )  # fmt: skip
        self.assertEqual(status, 200)
        hours = [slot["datetime"] for slot in body[self.point]]
        self.assertEqual(hours, sorted(set(hours)))
        self.assertEqual(hours[0], "2026-06-01T08:00Z")
        self.assertTrue(all(hour.endswith("Z") for hour in hours))

    def test_repeated_points_unknown_omitted_empty_kept(self):
        other = self._create_lieu(
            "Annexe", street="2 rue", zip="49990", city="Saint-Essai",
            ants_latitude=47.1, ants_longitude=0.1, ants_published=True,
        )  # fmt: skip
        params = [
            ("meeting_point_ids", self.point),
            ("meeting_point_ids", other.ants_point_id),
            ("meeting_point_ids", "inconnu"),
            ("start_date", MONDAY),
            ("end_date", MONDAY),
        ]
        status, body = self._get("availableTimeSlots", params)
        self.assertEqual(status, 200)
        self.assertEqual(set(body), {self.point, other.ants_point_id})
        self.assertEqual(body[other.ants_point_id], [])

    def test_past_is_filtered_by_us(self):
        with freeze_time(datetime(2026, 6, 1, 7, 10)):
            hours = [f"{hour:%H:%M}" for hour, _url in self._slots()[self.point]]
        self.assertEqual(hours, ["09:20", "09:40"])

    def test_reason_chooses_the_exact_procedure_else_the_wide_one(self):
        card = self._create_demarche(
            "Carte", stage="depot", ants_reason="CNI", slug="carte", duration=30
        )
        self.guichet.demarche_ids += card
        only = self._slots(reason="CNI")[self.point]
        self.assertEqual([f"{hour:%H:%M}" for hour, _url in only], ["09:00", "09:30"])
        self.assertIn("/rdv/ants/carte?", only[0][1])
        wide = self._slots(reason="PASSPORT")[self.point]
        self.assertIn("/rdv/ants/titres?", wide[0][1])

    def test_persons_take_longer_and_too_many_find_nothing(self):
        two = self._slots(persons=2)[self.point]
        self.assertEqual([f"{hour:%H:%M}" for hour, _url in two], ["09:00", "09:20"])
        self.assertEqual(self._slots(persons=4)[self.point], [])

    def test_reserved_for_agents_is_never_sent(self):
        self.demarche.visibility = "private"
        self.assertEqual(self._slots()[self.point], [])

    def test_bad_parameters_are_named(self):
        good = {
            "meeting_point_ids": self.point,
            "start_date": MONDAY,
            "end_date": MONDAY,
        }
        for name, value in (
            ("meeting_point_ids", None),
            ("start_date", "01/06/2026"),
            ("start_date", "2026-02-30"),
            ("start_date", "9999-12-31"),
            ("end_date", "2026-05-01"),
            ("end_date", "2029-01-01"),
            ("reason", "PERMIS"),
            ("documents_number", "0"),
            ("documents_number", "-1"),
            ("documents_number", "٣"),
        ):
            params = {**good, name: value}
            if value is None:
                del params[name]
            status, body = self._get("availableTimeSlots", params.items())
            self.assertEqual(
                (status, body.get("parameter")), (400, name), (name, value)
            )

    def test_empty_reason_and_missing_number_are_a_card_for_one(self):
        params = [("meeting_point_ids", self.point), ("start_date", MONDAY),
                  ("end_date", MONDAY), ("reason", "")]  # fmt: skip
        status, body = self._get("availableTimeSlots", params)
        self.assertEqual((status, len(body[self.point])), (200, 3))

    def test_nonsense_is_refused_in_words_never_an_error(self):
        dice = random.Random(20260601)
        pieces = ["", "0", "-1", "1e9", "2026-06-01", "2026-13-01", "CNI", "é", "%00",
                  "' OR 1=1", "AB12CD34EF", "[]", "x" * 300, "\u202e", self.point]  # fmt: skip
        names = ["meeting_point_ids", "meeting_point_ids[]", "start_date", "end_date",
                 "reason", "documents_number", "application_ids", "x"]  # fmt: skip
        for _index in range(300):
            path = dice.choice(["availableTimeSlots", "searchApplicationIds",
                                "getManagedMeetingPoints"])  # fmt: skip
            params = [
                (dice.choice(names), dice.choice(pieces))
                for _parameter in range(dice.randrange(8))
            ]
            status, body = self._get(path, params)
            self.assertIn(status, (200, 400), (path, params))
            self.assertIsInstance(body, (dict, list))

    def test_nonsense_that_is_not_read_first_would_be_an_error(self):
        """The control: parameters taken as they come make the server fail."""

        def trust(params):
            first, last = params["start_date"][0], params["end_date"][0]
            days = map(date.fromisoformat, (first, last))
            return SlotSearch(tuple(params["meeting_point_ids"]), *days, "CNI", 1)

        url = f"{self.base_url()}{API}availableTimeSlots"
        query = {"meeting_point_ids": self.point, "start_date": "2026-13-01"}
        with patch.object(ants, "read_slot_search", trust), mute_logger("odoo.http"):
            answer = self.opener.get(url, params=query, headers={HEADER: TOKEN})
        self.assertEqual(answer.status_code, 500)

    # -- numbers ---------------------------------------------------------------------

    def test_numbers_are_found_however_they_are_joined(self):
        rdv = self._create_rdv(
            "09:20",
            personne_ids=[
                Command.create({"sequence": 1, "application_id": "AB12CD34EF"}),
                Command.create({"sequence": 2, "application_id": "1234567890"}),
            ],
        )
        found = self._hub().search("ab12cd34ef,1234567890", "ZZZZZZZZZZ")
        self.assertEqual(found["ZZZZZZZZZZ"], [])
        first, second = found["ab12cd34ef"][0], found["1234567890"][0]
        self.assertEqual(first["datetime"], "2026-06-01T09:20Z")
        self.assertNotEqual(first["management_url"], second["management_url"])
        self.assertNotIn("AB12CD34EF", first["management_url"])
        rdv.action_cancel()
        self.assertEqual(self._hub().search("AB12CD34EF"), {"AB12CD34EF": []})

    def test_malformed_number_is_a_400(self):
        for value in ("", "COURT", "AB12CD34EF|1", "é" * 10):
            status, body = self._get(
                "searchApplicationIds", [("application_ids", value)]
            )
            self.assertEqual((status, body["parameter"]), (400, "application_ids"))

    # -- traces and landing ----------------------------------------------------------

    def test_call_is_noted_without_any_number(self):
        self._hub().search("AB12CD34EF")
        self._get("availableTimeSlots")
        self._wait_for_notes(2)
        calls = self.env["mairie.rdv.ants.appel"].create(self.noted)
        self.assertEqual(set(calls.mapped("status")), {200, 400})
        self.assertNotIn("AB12CD34EF", str(calls.read()))

    def test_access_log_says_that_the_hub_asked_and_not_what(self):
        asked = [("application_ids", "AB12CD34EF"), ("application_ids", "1234567890 Z")]
        with self.assertLogs("werkzeug", logging.INFO) as log:
            self._get("searchApplicationIds", asked)
            self._get("searchApplicationIds", asked[:1], token="")
            self._get("availableTimeSlots", [("application_ids", 'AB12CD34EF" 200 -')])
        lines = "\n".join(log.output)
        for number in ("AB12CD34EF", "1234567890"):
            self.assertNotIn(number, lines)
        self.assertEqual(lines.count("?*** HTTP/1."), 3)

    def test_trace_that_fails_is_logged_and_no_more(self):
        with self.assertLogs("odoo.addons.mairie_rdv.controllers.ants", "ERROR"):
            NOTE_CALL(self.env.cr.dbname, {"no_such_field": 1})

    def test_citizen_lands_on_the_form_with_his_time_held(self):
        url = self._slots()[self.point][1][1]
        page = self.assertPublicPage(self.opener.get(url, timeout=20))
        self.assertIn("9", page.text_content())
        self.assertFalse(self._held(), "a visit takes nothing")
        form = {i.get("name"): i.get("value") for i in page.xpath("//form//input")}
        answer = self.url_open("/rdv/ants/titres", data=form, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/rdv/p/", answer.headers["Location"])
        self.assertEqual(self._held().origin, "ants")
        self.assertEqual(self._held().persons, 1)

    def test_time_that_is_gone_shows_the_nearest(self):
        url = self._slots()[self.point][0][1]
        page = self.assertPublicPage(self.opener.get(url, timeout=20))
        form = {i.get("name"): i.get("value") for i in page.xpath("//form//input")}
        self._create_rdv("09:00")
        answer = self.url_open("/rdv/ants/titres", data=form)
        self.assertEqual(answer.status_code, 409)
        self.assertIn("09:20", answer.text.replace("T", " "))

    def test_landing_with_a_wrong_address_is_not_found(self):
        for query in ("", "?lieu=1", f"?lieu={self.lieu.id}&debut=hier",
                      f"?lieu={self.lieu.id}&debut=2026-06-01T09:00&personnes=99",
                      "?lieu=9999999999999&debut=2026-06-01T09:00"):  # fmt: skip
            response = self.url_open("/rdv/ants/titres" + query)
            self.assertEqual(response.status_code, 404, query)

    def _held(self):
        return self.env["mairie.rdv"].search(
            [("lieu_id", "=", self.lieu.id), ("state", "=", "hold")]
        )

    def test_cost_does_not_grow_with_places_or_days(self):
        model = self.env["mairie.rdv.ants"]

        def count(points, last):
            params = {
                "meeting_point_ids": points,
                "start_date": [MONDAY],
                "end_date": [last],
            }
            search = read_slot_search(params)
            model._get_slots(search)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            model._get_slots(search)
            return self.env.cr.sql_log_count - before

        one = count([self.point], MONDAY)
        points = [self.point]
        for number in range(9):
            lieu = self._create_lieu(
                f"Lieu {number}", street="1 rue", zip="49990", city="Ici",
                ants_latitude=47.1, ants_longitude=0.1, ants_published=True,
            )  # fmt: skip
            desk = self._create_guichet(f"D{number}", lieu_id=lieu.id)
            self._create_ouverture(desk)
            points.append(lieu.ants_point_id)
        self.assertLessEqual(count(points, "2026-08-29"), one)
