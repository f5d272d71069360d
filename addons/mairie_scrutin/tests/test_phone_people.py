"""People of a station from its phone, and what waited on it sent together."""

import json
import uuid

from freezegun import freeze_time
from odoo.tests import tagged

from .test_phone import PhoneCase

ROLES = {
    "president": "Allard",
    "assesseur": "Collet",
    "assesseur_suppl": "Gaudin",
    "secretaire": "Roy",
}


@tagged("post_install", "-at_install")
class TestPhonePeople(PhoneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            role: cls.env["mairie.scrutin.membre"].create(
                {
                    "bureau_tour_id": cls.station.id,
                    "role": role,
                    "name": name,
                    "firstname": "Anne",
                    "birth_date": "1960-01-01",
                    "email": f"{name.lower()}@exemple.example",
                }
            )
            for role, name in ROLES.items()
        }

    def _tell(self, present, *roles, at="2026-03-15T09:30:00Z", **more):
        checkins = [
            {"membre": self.people[role].id, "present": present, "at": at}
            for role in roles
        ]
        return self._op("presence", {"checkins": checkins}, **more)

    def _state(self):
        answer = self.url_open(
            "/bureau/api/state", headers={"X-Mairie-Device": self.token}
        )
        return answer.json()["rounds"][0]

    def _teller(self, **changed):
        return {
            "name": "Morvan",
            "firstname": "Luc",
            "birth_date": "1974-05-12",
            "list": self.lists[0].id,
            "table": None,
        } | changed

    def test_who_is_here_without_what_is_private(self):
        state = self._state()
        self.assertEqual(
            [row["name"] for row in state["people"]],
            ["Anne Allard", "Anne Collet", "Anne Gaudin", "Anne Roy"],
        )
        told = json.dumps(state)
        for private in ("1960", "exemple.example"):
            self.assertNotIn(private, told)
        deputy = state["people"][2]
        self.assertEqual(deputy["replaces"], self.people["assesseur"].id)
        self._tell(True, "president", at="2026-03-15T07:02:00Z")
        first = self._state()["people"][0]
        self.assertEqual(
            (first["present"], first["since"]), (True, "2026-03-15T07:02:00Z")
        )

    def test_an_arrival_sent_again_is_noted_once(self):
        key = str(uuid.uuid4())
        answers = {
            self._tell(True, "president", "assesseur", key=key).text for _x in range(3)
        }
        self.assertEqual(len(answers), 1)
        self.assertEqual(
            self.env["mairie.scrutin.presence"].search_count(
                [("bureau_tour_id", "=", self.station.id)]
            ),
            2,
        )
        self.assertEqual(self.station.present_count, 2)

    def test_a_deputy_beside_his_titular_is_not_a_second_member(self):
        with freeze_time("2026-03-15 10:00:00"):
            self._tell(True, "assesseur", "assesseur_suppl")
            self.station.invalidate_recordset()
            self.assertEqual(self.station.present_count, 1)
            self.assertTrue(self.station.presence_alert, "R42")
            self._tell(True, "president")
            self._tell(False, "assesseur", at="2026-03-15T09:45:00Z")
            self.station.invalidate_recordset()
            self.assertEqual(self.station.present_count, 2, "the deputy sits now")
            self.assertFalse(self.station.presence_alert)

    def test_departures_kept_offline_arrive_in_any_order(self):
        self._tell(False, "president", at="2026-03-15T11:00:00Z")
        self._tell(True, "president", at="2026-03-15T07:00:00Z")
        (row, *_others) = self._state()["people"]
        self.assertEqual(
            (row["present"], row["since"]), (False, "2026-03-15T11:00:00Z")
        )

    def test_a_clock_of_another_day_writes_our_hour(self):
        for at in ("2026-03-14T09:00:00Z", "2030-01-01T00:00:00Z", "hier", 12, None):
            with self.subTest(at=at):
                self._tell(True, "president", at=at)
                lines = self.env["mairie.scrutin.presence"].search(
                    [("membre_id", "=", self.people["president"].id)], limit=1
                )
                self.assertEqual(str(lines.moment), "2026-03-15 17:44:00")

    def test_tellers_are_spread_over_the_tables(self):
        first, second = self.lists[:2]
        for name, chosen in (
            ("Un", first),
            ("Deux", first),
            ("Trois", second),
            ("Quatre", second),
        ):
            answer = self._op(
                "scrutateurs", {"people": [self._teller(name=name, list=chosen.id)]}
            )
            self.assertEqual(answer.status_code, 200, answer.text)
        told = self._state()["tellers"]
        self.assertEqual((told["tables"], told["needed"]), (4, 16))
        placed = [(row["table"], row["list"]) for row in told["people"]]
        self.assertEqual(
            placed,
            [(1, first.name), (2, first.name), (3, second.name), (4, second.name)],
        )
        self.assertNotIn("1974", json.dumps(told))

    def test_a_teller_sent_again_changes_table_and_one_who_leaves_goes(self):
        self._op("scrutateurs", {"people": [self._teller()]})
        self._op("scrutateurs", {"people": [self._teller(table=3)]})
        (teller,) = self._state()["tellers"]["people"]
        self.assertEqual(teller["table"], 3)
        self._op("scrutateurs", {"people": [], "gone": [teller["id"]]})
        self.assertFalse(self._state()["tellers"]["people"])
        self.assertEqual(self.station.scrutateur_count, 0)
        self._op("scrutateurs", {"people": [self._teller(table=3)]})
        self.assertEqual(self.station.scrutateur_count, 1, "back again, not twice")

    def _spot(self, **changed):
        return {
            "name": "Lebrun",
            "firstname": "Inès",
            "birth_date": "2007-02-01",
            "role": "assesseur",
            "at": "2026-03-15T07:10:00Z",
        } | changed

    def test_a_voter_present_completes_the_bureau(self):
        self.assertEqual(self.station.present_count, 0)
        key = str(uuid.uuid4())
        answers = {
            self._op("membres", {"people": [self._spot()]}, key=key).text
            for _x in range(2)
        }
        self.assertEqual(len(answers), 1)
        self._op("membres", {"people": [self._spot(name="LEBRUN")]})
        member = self.station.membre_ids.filtered("is_spot")
        self.assertEqual(len(member), 1, "sent again, or typed again: one person")
        self.assertEqual((member.role, member.state), ("assesseur", "designe"))
        self.assertIn("R44", member.named_by)
        (row,) = [one for one in self._state()["people"] if one["spot"]]
        self.assertEqual(
            (row["kind"], row["present"], row["since"]),
            ("assesseur", True, "2026-03-15T07:10:00Z"),
        )
        self.assertNotIn("2007", json.dumps(self._state()))
        self.assertIn("électeur présent", member._get_french_origin())
        log = self.env["mairie.scrutin.journal"].search([("event", "=", "spot")])
        self.assertTrue(log)
        self.assertNotIn("Lebrun", "".join(log.mapped("detail")), "no name for ever")

    def test_a_voter_noted_by_mistake_is_taken_back(self):
        self._op("membres", {"people": [self._spot()]})
        member = self.station.membre_ids.filtered("is_spot")
        self._op("membres", {"people": [], "gone": [member.id]})
        self.assertEqual(member.state, "empeche")
        self.assertFalse([one for one in self._state()["people"] if one["spot"]])
        again = self._spot(at="2026-03-15T17:44:00Z")
        self._op("membres", {"people": [again]})
        self.assertEqual(member.state, "designe", "back again, not twice")
        self.assertTrue(member.is_present)

    def test_who_cannot_complete_the_bureau(self):
        other = self.env["mairie.scrutin.membre"].create(
            {
                "bureau_tour_id": self.other.id,
                "role": "assesseur",
                "name": "Morin",
                "firstname": "Paul",
            }
        )
        wrong = [
            self._spot(name=""),
            self._spot(birth_date="2008-03-16"),
            self._spot(birth_date="hier"),
            self._spot(role="president"),
            self._spot(role={}),
            self._spot(name="Morin", firstname="Paul"),
        ]
        told = [{"people": [person]} for person in wrong]
        told += [
            {"people": "x"},
            {"people": [], "gone": [self.people["president"].id]},
            {"people": [], "gone": [other.id]},
        ]
        for data in told:
            with self.subTest(data=data):
                answer = self._op("membres", data)
                self.assertEqual(answer.status_code, 422, answer.text)
                self.assertTrue(answer.json()["errors"][0]["sentence"])
        self.assertFalse(self.station.membre_ids.filtered("is_spot"))

    def test_what_cannot_be_a_teller_or_a_member_is_refused_with_a_sentence(self):
        people = [
            self._teller(**changed)
            for changed in (
                {"name": ""},
                {"name": None},
                {"firstname": "\0"},
                {"birth_date": "31/02/1974"},
                {"birth_date": {}},
                {"birth_date": "2008-03-16"},
                {"list": 10**8},
                {"list": {"id": 1}},
                {"table": 5},
                {"table": "2"},
                {"table": -1},
            )
        ]
        wrong = [("scrutateurs", {"people": [person]}) for person in people]
        wrong += [
            ("scrutateurs", {"people": "x"}),
            ("scrutateurs", {"people": [3]}),
            ("scrutateurs", {"people": [], "gone": [self.people["president"].id]}),
            ("scrutateurs", {"people": [], "gone": "all"}),
            ("scrutateurs", {"people": [], "gone": [{}]}),
            ("presence", {"checkins": {}}),
            ("presence", {"checkins": [{"membre": []}]}),
            ("presence", {"checkins": [{"membre": 10**8, "present": True}]}),
            ("presence", {}),
        ]
        for kind, data in wrong:
            with self.subTest(kind=kind, data=data):
                answer = self._op(kind, data)
                self.assertEqual(answer.status_code, 422, answer.text)
                self.assertTrue(answer.json()["errors"][0]["sentence"])
        self.assertFalse(self.station._get_tellers(leaving=True))

    def test_what_waited_goes_together_and_each_has_its_answer(self):
        tell = {"hour": 12.0, "votants": 231}
        doubled = self._sending("turnout", tell)
        batch = [
            self._sending("opening", {"hour": 8.0}),
            doubled,
            self._sending("turnout", {"hour": 17.0, "votants": 200}),
            doubled,
            self._sending("result", self._result()),
            "x",
        ]
        answer = self._post("/bureau/api/ops", batch)
        self.assertEqual(answer.status_code, 200, answer.text)
        answers = answer.json()["answers"]
        self.assertEqual(
            [row["status"] for row in answers], [200, 200, 422, 200, 200, 422]
        )
        self.assertEqual(answers[2]["body"]["errors"][0]["code"], "E04")
        self.assertEqual(answers[1], answers[3])
        self.assertEqual(len(self.station.participation_ids), 1)
        self.assertEqual(self.station.saisie_id.votants, 556)
        again = self._post("/bureau/api/ops", batch)
        self.assertEqual(again.text, answer.text)
        one = self._post("/bureau/api/op", batch[4])
        self.assertEqual(one.json(), answers[4]["body"])

    def _sending(self, kind, data):
        return {
            "uuid": str(uuid.uuid4()),
            "seq": 1,
            "sent_at": "2026-03-15T17:44:00Z",
            "kind": kind,
            "tour": self.tour.id,
            "data": data,
        }

    def test_what_waited_together_is_one_word_for_the_night_room(self):
        words = [("message", "ilike", "mairie_scrutin/night")]
        self.env.cr.flush()  # what the preparation of the test has to tell
        before = self.env["bus.bus"].search_count(words)
        batch = [
            self._sending("turnout", {"hour": 9.0 + rank / 4, "votants": 10 * rank})
            for rank in range(6)
        ]
        answers = self._post("/bureau/api/ops", batch).json()["answers"]
        self.assertEqual({row["status"] for row in answers}, {200})
        self.assertEqual(len(self.station._get_participation()), 6)
        self.assertEqual(self.env["bus.bus"].search_count(words) - before, 1)

    def test_a_batch_that_is_none_is_refused(self):
        for body in ({}, "x", None, [1] * 51):
            answer = self._post("/bureau/api/ops", body)
            self.assertEqual(answer.status_code, 400)
        answer = self._post("/bureau/api/ops", [], token="1.2.3")
        self.assertEqual(answer.status_code, 401)
