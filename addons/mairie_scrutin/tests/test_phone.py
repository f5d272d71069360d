import base64
import io
import json
import uuid
from datetime import timedelta

from freezegun import freeze_time
from odoo import fields
from odoo.addons.mairie_base.tests.common import MairieHttpCase
from odoo.exceptions import UserError
from odoo.tests import tagged
from PIL import Image
from pypdf import PdfReader

from .common import ScrutinMixin

DAY = "2026-03-15 17:44:00"
FIGURES = {
    "inscrits": 957,
    "emargements": 556,
    "votants": 556,
    "blancs": 9,
    "nuls": 6,
    "exprimes": 541,
    "annexes": 15,
}


class PhoneCase(ScrutinMixin, MairieHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tour.participation_hours = "12,17"
        cls.lists = cls.env["mairie.scrutin.candidature"].create(
            [
                {"tour_id": cls.tour.id, "panneau": f"00{rank}", "name": name}
                for rank, name in enumerate(("Martin", "Petit", "Nguyen"), 1)
            ]
        )
        bureaux = cls.env["mairie.scrutin.bureau"].create(
            [
                {"code": code, "company_id": cls.commune.id, "commune_insee": "49999"}
                for code in ("0005", "0006")
            ]
        )
        cls.station, cls.other = cls.env["mairie.scrutin.bureau.tour"].create(
            [
                {"tour_id": cls.tour.id, "bureau_id": bureau.id, "inscrits": 957}
                for bureau in bureaux
            ]
        )
        access = cls.env["mairie.scrutin.acces"]
        with freeze_time(DAY):
            [(cls.acces, cls.link, cls.pin)] = access._get_or_create(
                cls.station
            )._renew()
            cls.device, cls.token = cls.env["mairie.scrutin.device"]._let_in(
                cls.acces, "Téléphone de Mme Roy"
            )

    def setUp(self):
        super().setUp()
        clock = freeze_time(DAY)
        clock.start()
        self.addCleanup(clock.stop)

    def _post(self, url, body, token=None, raw=None, kind="application/json"):
        data = raw if raw is not None else json.dumps(body)
        return self.url_open(
            url,
            data=data,
            method="POST",
            headers={"Content-Type": kind, "X-Mairie-Device": token or self.token},
        )

    def _op(self, kind, data, key=None, token=None, **more):
        body = {
            "uuid": key or str(uuid.uuid4()),
            "seq": 1,
            "sent_at": "2026-03-15T17:44:00Z",
            "kind": kind,
            "tour": self.tour.id,
            "data": data,
            **more,
        }
        return self._post("/bureau/api/op", body, token)

    def _result(self, votes=(318, 201, 22), **changed):
        ids = [str(row.id) for row in self.lists]
        return {
            **FIGURES,
            "votes": dict(zip(ids, votes, strict=True)),
            "reasons": {},
            **changed,
        }


@tagged("post_install", "-at_install")
class TestPhone(PhoneCase):
    def _codes(self, answer, status=422):
        self.assertEqual(answer.status_code, status, answer.text)
        errors = answer.json()["errors"]
        self.assertTrue(all(error["sentence"] for error in errors))
        return [error["code"] for error in errors]

    def test_the_day_of_a_station(self):
        self.assertEqual(self._op("opening", {"hour": 8.0}).status_code, 200)
        self.assertEqual(self.station.phase, "ouvert")
        for hour, votants in ((12.0, 231), (17.0, 412)):
            answer = self._op("turnout", {"hour": hour, "votants": votants})
            self.assertEqual(answer.status_code, 200, answer.text)
        self._op("closing", {"hour": 18.0, "votants": 556})
        self.assertEqual(self.station.phase, "clos")
        answer = self._op("result", self._result())
        self.assertEqual(answer.status_code, 200, answer.text)
        entry = self.station.saisie_id
        self.assertEqual((entry.source, entry.device_id), ("phone", self.device))
        self.assertEqual(entry.line_ids.mapped("voix"), [318, 201, 22])
        self.assertEqual(self.station.state, "a_double_saisir")

    def test_the_state_holds_the_station_and_no_other(self):
        self._op("result", self._result())
        answer = self.url_open(
            "/bureau/api/state", headers={"X-Mairie-Device": self.token}
        )
        state = answer.json()
        self.assertEqual(state["station"]["code"], "0005")
        self.assertEqual([row["id"] for row in state["rounds"]], [self.tour.id])
        self.assertEqual(state["rounds"][0]["result"]["votants"], 556)
        self.assertNotIn('"0006"', answer.text)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertNotIn("Set-Cookie", answer.headers)

    def test_the_same_sending_fifty_times_is_kept_once(self):
        key = str(uuid.uuid4())
        answers = {self._op("result", self._result(), key).text for _rank in range(50)}
        self.assertEqual(len(answers), 1)
        self.assertEqual(len(self.station.saisie_ids), 1)
        self.assertEqual(
            self.env["mairie.scrutin.operation"].search_count([("uuid", "=", key)]), 1
        )

    def test_errors_come_with_their_field_and_keep_nothing(self):
        for changed, code, field in (
            ({"votes": (318, 201, 25)}, "E01", "votes"),
            ({"exprimes": 540}, "E01", "votes"),
            ({"blancs": 6}, "E02", "exprimes"),
            ({"nuls": None}, "E03", "nuls"),
            ({"blancs": -1}, "E05", "blancs"),
            ({"emargements": 555}, "A02", "emargements"),
            ({"annexes": 14}, "A04", "annexes"),
            ({"inscrits": 947}, "A10", "inscrits"),
        ):
            with self.subTest(code=code, changed=changed):
                answer = self._op("result", self._result(**changed))
                self.assertIn(code, self._codes(answer))
                fields_ = [error["field"] for error in answer.json()["errors"]]
                self.assertIn(field, fields_)
        self.assertFalse(self.station.saisie_ids)

    def test_a_digit_too_many_is_recognised(self):
        answer = self._op("result", self._result(votes=(3180, 201, 22)))
        self.assertIn("318", answer.json()["errors"][0]["sentence"])
        self.assertEqual(
            answer.json()["errors"][0]["field"], f"votes.{self.lists[0].id}"
        )

    def test_each_bad_input_says_what_to_do_and_loses_nothing(self):
        """In French: what is refused keeps nothing here; what was kept before stays."""
        self.assertEqual(self._op("result", self._result()).status_code, 200)
        foreign = self.tour.copy({"numero": 2, "public_code": "autre-tour"})
        result = self._result
        cases = (
            ("another election", result(), foreign.id, "X02", "Appelez la mairie"),
            ("negative", result(nuls=-6), None, "E05", "négatif"),
            ("text", result(blancs="neuf"), None, "E03", "nombre entier"),
            ("ten times", result((3180, 201, 22)), None, "E01", "318"),
            ("too many", result((318, 201, 25)), None, "E01", "de\xa03"),
            ("a gap", result(emargements=555), None, "A02", "recomptez une fois"),
        )
        for name, data, tour, code, words in cases:
            with self.subTest(name):
                answer = self._op("result", data, tour=tour or self.tour.id)
                self.assertIn(code, self._codes(answer))
                told = " ".join(row["sentence"] for row in answer.json()["errors"])
                self.assertIn(words, told)
        unreadable = self._post("/bureau/api/op", None, raw=b"{")
        self.assertIn("Tapez-le de nouveau", unreadable.json()["errors"][0]["sentence"])
        self.device.action_revoke()
        revoked = self._op("result", result())
        self.assertIn("y reste", revoked.json()["errors"][0]["sentence"])
        self.assertEqual(self.station.saisie_id.exprimes, 541)
        self.assertEqual(len(self.station.saisie_ids), 1)

    def test_an_alert_passes_with_its_reason_and_leaves_its_trace(self):
        reasons = {"A02": "Émargement oublié, écrit au PV"}
        answer = self._op("result", self._result(emargements=555, reasons=reasons))
        self.assertEqual(answer.status_code, 200, answer.text)
        check = self.station.controle_ids
        self.assertEqual((check.code, check.reason), ("A02", reasons["A02"]))
        self.assertEqual(check.device_id, self.device)

    def test_turnout_does_not_go_down(self):
        self._op("turnout", {"hour": 17.0, "votants": 412})
        answer = self._op("closing", {"hour": 18.0, "votants": 398})
        self.assertEqual(self._codes(answer), ["E04"])
        answer = self._op("turnout", {"hour": 12.0, "votants": 500})
        self.assertEqual(self._codes(answer), ["E04"])
        answer = self._op("turnout", {"hour": 17.0, "votants": 960})
        self.assertEqual(self._codes(answer), ["A01"])

    def test_a_turnout_corrected_keeps_the_former_one(self):
        self._op("turnout", {"hour": 12.0, "votants": 213})
        self._op("turnout", {"hour": 12.0, "votants": 231})
        rows = self.station.participation_ids.sorted("id")
        self.assertEqual(rows.mapped("votants"), [213, 231])
        self.assertEqual(rows.mapped("is_current"), [False, True])

    def test_whatever_is_malformed_gets_a_sentence(self):
        good = {
            "uuid": str(uuid.uuid4()),
            "seq": 1,
            "sent_at": "2026-03-15T17:44:00Z",
            "kind": "result",
            "tour": self.tour.id,
            "data": self._result(),
        }
        bad = {
            "uuid": [None, 1, "x", "'; DROP", str(uuid.uuid4()).upper() + "z", {}],
            "seq": [None, "1", -1, 2**40, 1.5, True, []],
            "kind": [None, "hack", 3, [], "_keep", "__class__"],
            "tour": [None, "1", -1, 2**70, [], True, {}, 1.5],
            "data": [None, [], "x", 1],
            "base_version": ["x", -1, [], 2**40],
        }
        for name, values in bad.items():
            for value in values:
                with self.subTest(name=name, value=value):
                    body = {**good, name: value}
                    self._codes(self._post("/bureau/api/op", body))
        for name in FIGURES:
            for value in ("12", 1.5, True, [], {}, 10**9, -5):
                with self.subTest(name=name, value=value):
                    data = self._result(**{name: value})
                    self._codes(self._op("result", data))
        for votes in ({}, [], None, {"0": 1}, {"x": 1}):
            with self.subTest(votes=votes):
                self._codes(self._op("result", {**self._result(), "votes": votes}))
        for hour in (None, "12", -1, 24, 1e300, True, []):
            with self.subTest(hour=hour):
                self._codes(self._op("opening", {"hour": hour}))
        for reasons in ([], "x", {"A02": 3}):
            self._codes(self._op("result", self._result(reasons=reasons)))
        self.assertFalse(self.station.saisie_ids)

    def test_a_body_that_is_not_json(self):
        for raw in ("", "{", "[" * 5000, "\xff", "nan", "x" * 70_000):
            with self.subTest(raw[:10]):
                answer = self._post("/bureau/api/op", None, raw=raw.encode("latin1"))
                self.assertIn(answer.status_code, (400, 422))
                self.assertTrue(answer.json()["errors"][0]["sentence"])

    def test_a_clock_that_is_wrong_is_noted_and_ours_is_kept(self):
        for sent_at in ("2031-01-01T00:00:00Z", "1999-01-01", None, "hier", 12):
            answer = self._op("turnout", {"hour": 12.0, "votants": 9}, sent_at=sent_at)
            self.assertEqual(answer.status_code, 200, answer.text)
            self.assertEqual(answer.json()["received"][:10], "2026-03-15")
        self._op("opening", {"hour": 8.0}, sent_at="2026-03-15T18:44:00Z")
        self.assertEqual(self.device.skew_seconds, 3600)

    def test_another_station_or_a_revoked_phone_is_refused(self):
        foreign = self.tour.copy({"numero": 2, "public_code": "autre-tour"})
        answer = self._op("result", self._result(), tour=foreign.id)
        self.assertEqual(self._codes(answer), ["X02"])
        self.device.action_revoke()
        answer = self._op("result", self._result())
        self.assertEqual(self._codes(answer, 401), ["X08"])
        for token in ("", "x", "1.2.3", f"{self.device.id}.a.b", "é.1.2", "9" * 300):
            answer = self._op("result", self._result(), token=token or "-")
            self.assertEqual(answer.status_code, 401)
        self.assertFalse(self.station.saisie_ids)

    def test_a_token_is_of_one_phone_and_dies_after_midnight(self):
        _number, secret, signature = self.token.split(".")
        other = self.env["mairie.scrutin.device"]._let_in(self.acces, "Autre")[0]
        forged = f"{other.id}.{secret}.{signature}"
        find = self.env["mairie.scrutin.device"]._find
        self.assertFalse(find(forged))
        self.assertEqual(find(self.token), self.device)
        with freeze_time("2026-03-16 04:59:00"):
            self.assertTrue(find(self.token))
        with freeze_time("2026-03-16 05:00:00"):
            self.assertFalse(find(self.token))

    def test_printing_again_kills_link_and_phones(self):
        kept_under = self.acces._get_head()["store"]
        self.acces._renew()
        self.assertEqual(self.url_open(f"/bureau/{self.link}").status_code, 404)
        self.assertEqual(self._codes(self._op("opening", {"hour": 8.0}), 401), ["X08"])
        answer = self._post(f"/bureau/{self.link}/pin", {"pin": self.pin})
        self.assertEqual(self._codes(answer, 404), ["X09"])
        # what a phone keeps without network leaves by the sheet printed again
        self.assertEqual(self.acces._get_head()["store"], kept_under)

    def test_nothing_secret_is_kept(self):
        kept = f"{self.acces.read()} {self.device.read()}"
        for secret in (self.link, self.pin, self.token.split(".")[1]):
            self.assertNotIn(secret, kept)
        self.assertGreaterEqual(len(base64.urlsafe_b64decode(self.link + "==")), 16)

    def test_five_wrong_pins_lock_until_somebody_unlocks(self):
        url = f"/bureau/{self.link}/pin"
        wrong = f"{(int(self.pin) + 1) % 10**6:06d}"
        for left in (4, 3, 2, 1):
            answer = self._post(url, {"pin": wrong})
            self.assertEqual(self._codes(answer, 403), ["X11"])
            self.assertIn(str(left), answer.json()["errors"][0]["sentence"])
        self.assertEqual(self._post(url, {"pin": wrong}).status_code, 423)
        self.assertEqual(self._post(url, {"pin": self.pin}).status_code, 423)
        with self.assertRaises(UserError):
            self.acces.with_user(self._new_role("operateur")).action_unlock()
        self.acces.with_user(self._new_role("superviseur")).action_unlock()
        answer = self._post(url, {"pin": self.pin, "device_name": "Mobile"})
        self.assertEqual(answer.status_code, 200)
        token = answer.json()["device_token"]
        self.assertEqual(
            self._op("opening", {"hour": 8.0}, token=token).status_code, 200
        )
        self.assertEqual(self.acces.failed_count, 0)

    def test_a_pin_that_is_no_pin(self):
        for body in ({}, [], {"pin": 1}, {"pin": None}, "x"):
            answer = self._post(f"/bureau/{self.link}/pin", body)
            self.assertEqual(answer.status_code, 400)
        self.assertEqual(self._post("/bureau/inconnu/pin", {}).status_code, 404)

    def test_another_version_is_told_not_overwritten(self):
        self._op("result", self._result())
        other, token = self.env["mairie.scrutin.device"]._let_in(self.acces, "Bis")
        changed = self._result(votes=(317, 202, 22))
        answer = self._op("result", changed, token=token, base_version=0)
        self.assertEqual(answer.status_code, 409)
        current = answer.json()["current"]
        self.assertEqual(current["votes"][str(self.lists[0].id)], 318)
        base = current["version"]
        answer = self._op("result", changed, token=token, base_version=base)
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(self.station.saisie_id.device_id, other)

    def test_a_validated_result_stays(self):
        self.tour.double_entry_mode = "never"
        self._op("result", self._result())
        self.station.action_validate()
        changed = self._result(votes=(317, 202, 22))
        answer = self._op("result", changed, base_version=1)
        self.assertEqual(self._codes(answer), ["X03"])

    def test_hundreds_stay_out_of_the_totals(self):
        votes = dict(zip(map(str, self.lists.ids), (55, 40, 3), strict=True))
        data = {"which": "centaine1", "votes": votes, "blancs": 1, "nuls": 1}
        self.assertEqual(self._op("hundred", data).status_code, 200)
        self.assertEqual(self.station.state, "a_saisir")
        self.assertFalse(self.station.saisie_id)
        self.assertEqual(self.tour._get_totals()["exprimes"], 0)
        short = {**data, "blancs": 0}
        self.assertEqual(self._codes(self._op("hundred", short)), ["A09"])

    def test_two_elections_share_the_phone(self):
        second = self.tour.copy({"numero": 2, "public_code": "le-meme-jour"})
        self.env["mairie.scrutin.bureau.tour"].create(
            {"tour_id": second.id, "bureau_id": self.station.bureau_id.id}
        )
        self.tour.concomitant_id = second
        answer = self.url_open(
            "/bureau/api/state", headers={"X-Mairie-Device": self.token}
        )
        self.assertEqual(
            [row["id"] for row in answer.json()["rounds"]], [self.tour.id, second.id]
        )
        answer = self._op("opening", {"hour": 8.0}, tour=second.id)
        self.assertEqual(answer.status_code, 200)

    def _photo(self, content, key=None, kind="image/jpeg"):
        query = f"tour={self.tour.id}&uuid={key or uuid.uuid4()}&kind=pv"
        url = f"/bureau/api/photo?{query}"
        return self._post(url, None, raw=content, kind=kind)

    def _picture(self, size=(60, 80), kind="JPEG"):
        target = io.BytesIO()
        Image.new("RGB", size, "white").save(target, kind)
        return target.getvalue()

    def test_a_photo_is_kept_once_and_never_public(self):
        key = str(uuid.uuid4())
        answers = {self._photo(self._picture(), key).text for _rank in range(3)}
        self.assertEqual(len(answers), 1)
        photo = self.station.photo_ids
        self.assertEqual(len(photo), 1)
        stored = self.env["ir.attachment"].search(
            [("res_model", "=", photo._name), ("res_field", "=", "image")]
        )
        self.assertFalse(any(stored.mapped("public")))
        url = f"/web/image/{photo._name}/{photo.id}/image"
        self.assertNotEqual(self.url_open(url).content, base64.b64decode(photo.image))

    def test_what_is_no_photo_is_refused(self):
        picture = self._picture()
        for content in (
            b"",
            b"%PDF-1.4",
            b"<svg onload=alert(1)>",
            b"MZ" + bytes(500),
            picture[:40],
            self._picture(kind="GIF"),
        ):
            with self.subTest(content[:8]):
                self.assertEqual(self._codes(self._photo(content)), ["X10"])
        hidden = picture + b"<script>alert(1)</script>"
        self.assertEqual(self._photo(hidden).status_code, 200)
        kept = base64.b64decode(self.station.photo_ids.image)
        self.assertNotIn(b"script", kept)
        self.assertEqual(self._codes(self._photo(bytes(9 * 1024 * 1024)), 413), ["X10"])

    def test_the_page_is_light_and_strict(self):
        page = self.url_open(f"/bureau/{self.link}")
        self.assertEqual(page.status_code, 200)
        policy = page.headers["Content-Security-Policy"]
        self.assertNotIn("unsafe", policy)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertNotIn(self.pin, page.text)
        worker = self.url_open("/bureau/sw.js").text
        app = json.loads(worker.split("const APP = ")[1].split(";\n")[0])
        weight = len(page.content)
        for url in app["files"]:
            answer = self.url_open(url)
            self.assertEqual(answer.status_code, 200)
            weight += len(answer.content)
        self.assertLess(weight, 150_000)

    def test_sheets_are_printed_by_a_post_of_a_supervisor(self):
        rows = self.env["mairie.scrutin.acces"]
        accesses = rows._get_or_create(self.station | self.other)
        supervisor = self._new_role("superviseur")
        missing = rows.with_user(supervisor).action_print_missing()["params"]
        self.assertIn((accesses - self.acces).id, missing["ids"])
        self.assertNotIn(self.acces.id, missing["ids"])
        pdf = PdfReader(io.BytesIO(accesses._make_sheets()))
        self.assertEqual(len(pdf.pages), 4, "a sheet and a code for each station")
        with self.assertRaises(UserError):
            self.acces.with_user(self._new_role("operateur"))._renew()
        self.assertEqual(self.url_open("/mairie_scrutin/acces.pdf").status_code, 405)

    def test_the_access_ends_with_the_night_everywhere(self):
        self.assertEqual(
            self.acces.expires, fields.Datetime.to_datetime("2026-03-16 05:00:00")
        )
        self.assertGreater(
            self.acces.expires - timedelta(hours=7), self.tour.embargo_until
        )
