"""Members of the stations: gaps, convocations, presence, tellers, who may see what."""

import base64

from freezegun import freeze_time
from odoo.addons.mairie_base.tests.common import MairieCase, MairieHttpCase
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import GOOD, ScrutinMixin, line

PRIVATE = ("birth_date", "birth_place", "street", "zip", "city", "email")


class PeopleMixin(ScrutinMixin):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._import(line("0001", GOOD), line("0002", GOOD))
        cls.first, cls.second = cls.tour.bureau_tour_ids.sorted("code")
        cls.organiser = cls._new_role("organisation")
        cls.lists = cls.tour.candidature_ids

    @classmethod
    def _member(cls, role, name, station=None, **vals):
        return cls.env["mairie.scrutin.membre"].create(
            {
                "bureau_tour_id": (station or cls.first).id,
                "role": role,
                "name": name,
                "firstname": "Anne",
                **vals,
            }
        )

    @classmethod
    def _complete_people(cls, station=None):
        """President, two assessors and a secretary; return them by role."""
        code = (station or cls.first).code
        return [
            cls._member("president", f"Allard {code}", station),
            cls._member("secretaire", f"Bertin {code}", station),
            cls._member(
                "assesseur",
                f"Collet {code}",
                station,
                candidature_id=cls.lists[0].id,
                birth_date="1951-02-03",
            ),
            cls._member(
                "assesseur",
                f"Dupuis {code}",
                station,
                candidature_id=cls.lists[1].id,
                birth_date="1990-02-03",
            ),
        ]

    @classmethod
    def _import_members(cls, text, user=None):
        wizard = cls.env["mairie.scrutin.table.import"].with_user(user or cls.organiser)
        wizard = wizard.create(
            {"kind": "membres", "tour_id": cls.tour.id, "text": text}
        )
        wizard.action_preview()
        return wizard


@tagged("post_install", "-at_install")
class TestPeople(PeopleMixin, MairieCase):
    def test_a_delegate_of_several_stations_gets_one_letter_naming_them(self):
        """R47: one delegate may cover several stations; another list's is apart."""
        terms = {"email": "anne@example.org", "candidature_id": self.lists[0].id}
        first = self._member("delegue", "Guérin", **terms)
        second = self._member("delegue", "GUERIN", self.second, **terms)
        other = self._member(
            "delegue", "Guérin", self.second, candidature_id=self.lists[1].id
        )
        mails = self.env["mail.mail"]
        before = mails.search([])
        first.with_user(self.organiser).action_convene()
        sent = mails.search([]) - before
        self.assertEqual(len(sent), 1)
        self.assertIn("0001, 0002", sent.subject)
        self.assertEqual((first | second).mapped("state"), ["convoque"] * 2)
        self.assertEqual(other.state, "designe")
        report = (first | second | other).action_print_convocation()
        self.assertEqual(report["context"]["active_ids"], [first.id, other.id])
        letter = first._prepare_letter()
        self.assertEqual([row["code"] for row in letter["stations"]], ["0001", "0002"])
        second._answer("oui")
        self.assertEqual(first.state, "confirme", "one answer for both stations")

    def test_gaps_are_told_with_the_station_and_the_number(self):
        self._member("president", "Allard")
        self._member("secretaire", "Bertin")
        self._member("assesseur", "Collet", candidature_id=self.lists[0].id)
        self.assertEqual(self.first.people_gap_count, 1)
        self.assertEqual(
            self.first.people_summary, "Station 0001: an assessor is missing."
        )
        self.assertIn("0001", self.tour.gap_lines)
        self._member("assesseur", "Dupuis", candidature_id=self.lists[1].id)
        self.assertFalse(self.first.people_gap_count)
        self.assertEqual(self.tour.gap_station_count, 1, "station 0002 is empty")

    def test_two_members_are_needed_in_each_half_hour(self):
        members = self._complete_people()
        for membre in members[1:]:
            membre.slot_to = 12
        self.assertIn("12\N{NO-BREAK SPACE}h", self.first.people_summary)
        self.assertIn("R42", self.first.people_summary)
        noon = next(slot for slot in self.first.rota if slot["from"].startswith("12"))
        self.assertEqual((noon["count"], noon["short"]), (1, True))

    def test_a_titular_serves_in_one_station(self):
        self._member("assesseur", "Le Goff", birth_date="1960-01-01")
        with self.assertRaisesRegex(ValidationError, "0001"):
            self._member("president", "LE GOFF", self.second, birth_date="1960-01-01")

    def test_namesakes_and_delegates_may_be_elsewhere(self):
        self._member("assesseur", "Le Goff", birth_date="1960-01-01")
        self._member("assesseur", "Le Goff", self.second, birth_date="1985-01-01")
        self._member("delegue", "Le Goff", self.second, birth_date="1960-01-01")

    def test_president_is_shared_with_the_other_election_of_the_room(self):
        other = self.tour.copy({"numero": 2, "public_code": "essai-autre"})
        station = self.env["mairie.scrutin.bureau.tour"].create(
            {"tour_id": other.id, "bureau_id": self.first.bureau_id.id}
        )
        self._member("president", "Allard")
        self._member("president", "Allard", station)
        self._member("assesseur", "Collet")
        with self.assertRaises(ValidationError):
            self._member("assesseur", "Collet", station)

    def test_a_deputy_has_a_titular_of_his_station(self):
        titular = self._member("assesseur", "Collet", self.second)
        with self.assertRaises(ValidationError):
            self._member("assesseur_suppl", "Dupuis", replaces_id=titular.id)

    def test_late_names_are_marked(self):
        """R46: 18 h on Thursday 12 March 2026 for 15 March."""
        vals = {"candidature_id": self.lists[0].id}
        membre = self._member("assesseur", "Collet", **vals)
        for moment, late in (
            ("2026-03-12 16:59:00", False),
            ("2026-03-12 17:01:00", True),
        ):
            self.env.cr.execute(
                "UPDATE mairie_scrutin_membre SET create_date = %s WHERE id = %s",
                (moment, membre.id),
            )
            membre.invalidate_recordset()
            self.assertEqual(membre.is_late, late, moment)
        self.assertIn("12/03/2026", self.tour.designation_deadline)
        self.assertIn("20/03/2026", self.tour.claims_deadline)
        self.assertEqual(self.tour.hours_deadline, "10/03/2026")

    def test_somebody_absent_leaves_his_seat_in_the_order_of_the_law(self):
        president, secretary, old, young = self._complete_people()
        self.assertEqual(president._get_replacements()[0], old)
        self.assertEqual(secretary._get_replacements()[0], young)
        action = president.with_user(self.organiser).action_cannot_come()
        self.assertIn("Collet", action["params"]["message"])
        self.assertEqual(self.first.people_gap_count, 1)

    @freeze_time("2026-03-10 10:00:00")
    def test_each_member_is_convened_once(self):
        self._complete_people()
        by_mail = self._member("delegue", "Estève", email="e@exemple.example")
        self._member("scrutateur", "Fabre", email="f@exemple.example")
        tour = self.tour.with_user(self.organiser)
        self.assertEqual(tour.to_convene_count, 5)
        mails = self.env["mail.mail"].sudo()
        before = mails.search([])
        tour.action_convene_members()
        mail = mails.search([]) - before
        self.assertEqual(mail.email_to, "e@exemple.example")
        self.assertIn("Bureau de vote 0001, dimanche 15 mars", mail.subject)
        self.assertIn(by_mail.access_token, mail.body_html)
        self.assertEqual(by_mail.state, "convoque")
        with self.assertRaises(UserError):
            tour.action_convene_members()
        self.assertEqual(len(mails.search([]) - before), 1)

    @freeze_time("2026-03-15 09:00:00")
    def test_presence_tells_when_fewer_than_two_are_there(self):
        members = self._complete_people()
        checkins = [{"membre": row.id, "present": True} for row in members[:2]]
        state = self.first._record_presence(checkins, uuid="a1")
        self.assertEqual(state, {"present": 2, "alert": False, "sentence": ""})
        self.assertEqual(self.first._record_presence(checkins, uuid="a1")["present"], 2)
        lines = self.env["mairie.scrutin.presence"].search_count(
            [("bureau_tour_id", "=", self.first.id)]
        )
        self.assertEqual(lines, 2, "the same operation is noted once")
        state = self.first._record_presence(
            [{"membre": members[0].id, "present": False}], uuid="a2"
        )
        self.assertTrue(state["alert"])
        self.assertIn("0001", state["sentence"])
        future = {
            "membre": members[0].id,
            "present": True,
            "at": "2030-01-01T10:00:00Z",
        }
        self.first._record_presence({"checkins": [future]}, uuid="a3")
        last = self.env["mairie.scrutin.presence"].search(
            [("bureau_tour_id", "=", self.first.id)], limit=1
        )
        self.assertEqual(str(last.moment), "2026-03-15 09:00:00", "never the future")
        for wrong in ([future], {"checkins": "?"}, {}):
            with self.assertRaises(UserError):
                self.second._record_presence(wrong)

    def test_hours_of_the_pay_follow_the_presence(self):
        (president, *_others) = self._complete_people()
        for moment, here in (
            ("2026-03-15 07:00:00", True),
            ("2026-03-15 11:00:00", False),
            ("2026-03-15 12:00:00", True),
            ("2026-03-15 17:30:00", False),
        ):
            with freeze_time(moment):
                president.with_user(self.organiser)._note_presence(here)
        content = self.tour.with_user(self.organiser)._get_hours_file().decode()
        row = next(text for text in content.splitlines() if "Allard" in text)
        self.assertTrue(row.strip().endswith("08:00;18:30;9,50"), row)
        for role in ("operateur", "superviseur", "lecture"):
            tour = self.tour.with_user(self._new_role(role))
            self.assertIsNone(tour._get_hours_file())

    @freeze_time("2026-03-15 09:00:00")
    def test_a_member_alone_is_to_be_called_from_the_night_room(self):
        members = self._complete_people()
        night = self.tour.with_user(self._new_role("operateur"))
        self.assertFalse(self._alone(night), "nobody notes presence here")
        self.first._record_presence([{"membre": members[0].id, "present": True}])
        ((code, sentences),) = self._alone(night)
        self.assertEqual(code, "0001")
        self.assertIn("R42", sentences[0])
        self.first._record_presence([{"membre": members[1].id, "present": True}])
        self.assertFalse(self._alone(night))

    def _alone(self, night):
        return [
            (row["code"], row["sentences"])
            for row in night.get_night()["calls"]
            if row["reason"] == "presence"
        ]

    def test_a_shift_moved_in_the_calendar_moves_the_hours(self):
        membre = self._member("assesseur", "Collet", slot_from=8, slot_to=13)
        self.assertEqual(
            (str(membre.shift_start), str(membre.shift_stop)),
            ("2026-03-15 07:00:00", "2026-03-15 12:00:00"),
        )
        moved = membre.with_user(self.organiser)
        moved.write(
            {
                "shift_start": "2026-03-15 08:30:00",
                "shift_stop": "2026-03-15 14:00:00",
            }
        )
        self.assertEqual((membre.slot_from, membre.slot_to), (9.5, 15.0))
        with self.assertRaisesRegex(UserError, "day of the election"):
            moved.shift_start = "2026-03-14 08:30:00"
        with self.assertRaises(AccessError):
            membre.with_user(self._new_role("operateur")).shift_start = False

    @freeze_time("2026-03-15 14:00:00")
    def test_tellers_are_recruited_from_the_phone(self):
        self.assertEqual(self.first.scrutateurs_needed, 12, "800 voters, 3 tables")
        people = [
            {
                "name": "Morvan",
                "firstname": "Luc",
                "birth_date": "12/05/1974",
                "list": "1",
            },
            {"name": "Noël", "firstname": "Ida", "birth_date": "1980-01-01"},
        ]
        state = self.first._record_scrutateurs(people)
        self.assertEqual((state["count"], state["needed"]), (2, 12))
        self.assertEqual(self.first._record_scrutateurs(people)["count"], 2)
        teller = self.first.membre_ids.filtered(lambda row: row.name == "Morvan")
        self.assertEqual(teller.candidature_id, self.lists[0])
        for wrong in ({"birth_date": "hier"}, {"name": ""}, {"list": "99"}):
            with self.assertRaises(UserError):
                self.first._record_scrutateurs([{**people[0], **wrong}])

    @freeze_time("2026-03-15 16:30:00")
    def test_an_hour_before_closing_the_members_may_count(self):
        """Closing at 18 h is 17:00 in UTC: tellers are named until 16:00."""
        state = self.first._record_scrutateurs([])
        self.assertTrue(state["late"])
        self.assertIn("L65", state["sentence"])

    def test_tables_do_not_outnumber_the_booths(self):
        self.assertEqual(self.first.booth_count, 3)
        with self.assertRaises(UserError):
            self.first.table_count = 4

    def test_members_are_imported_and_refused_lines_are_kept(self):
        wizard = self._import_members(
            "bureau;rôle;liste;nom;prénom;naissance;électeur\n"
            "1;assesseur;1;Collet;Anne;03/02/1961;département\n"
            "0002;président;;Allard;Paul;;\n"
            "0099;assesseur;1;Dupuis;Jean;;\n"
            "1;chef;1;Estève;Léa;;\n"
            "1;assesseur;1;Fabre;Guy;31/02/1961;\n"
        )
        self.assertEqual((wizard.take_count, wizard.refused_count), (2, 3))
        wizard.action_import()
        self.assertEqual(
            self.tour.membre_ids.mapped("display_name"), ["Anne Collet", "Paul Allard"]
        )
        self.assertEqual(self.first.membre_ids.elector_scope, "departement")
        kept = base64.b64decode(wizard.error_file).decode("utf-8-sig")
        for lost in ("Dupuis", "Estève", "31/02/1961"):
            self.assertIn(lost, kept)
        again = self._import_members("bureau;rôle;nom;prénom\n1;;Collet;Anne\n")
        self.assertEqual(again.same_count, 1)

    def test_a_member_that_the_law_refuses_is_told_not_lost(self):
        self._member("assesseur", "Collet", self.second, birth_date="1961-02-03")
        wizard = self._import_members(
            "bureau;nom;prénom;naissance\n1;Collet;Anne;03/02/1961\n"
        )
        wizard.action_import()
        self.assertEqual(wizard.refused_count, 1)
        self.assertIn("R42", wizard.line_ids.reason)

    def test_members_are_copied_to_the_second_round(self):
        self._complete_people()
        suppl = self._member("assesseur_suppl", "Gaudin", replaces_id=False)
        suppl.replaces_id = self.first.membre_ids.filtered(
            lambda row: row.name.startswith("Collet")
        )
        second = self.tour.copy(
            {"numero": 2, "public_code": "essai-t2", "date": "2026-03-22"}
        )
        station = self.env["mairie.scrutin.bureau.tour"].create(
            {"tour_id": second.id, "bureau_id": self.first.bureau_id.id}
        )
        self.env["mairie.scrutin.candidature"].create(
            {"tour_id": second.id, "panneau": "001", "name": self.lists[0].name}
        )
        wizard = self.env["mairie.scrutin.tour.copy_members"].with_user(self.organiser)
        wizard = wizard.create({"tour_id": second.id, "source_id": self.tour.id})
        message = wizard.action_copy()["params"]["message"]
        self.assertIn("Dupuis", message, "his list does not stand any more")
        self.assertEqual(len(station.membre_ids), 4)
        self.assertEqual(
            station.membre_ids.replaces_id.name, "Collet 0001", "deputies follow"
        )
        self.assertEqual(set(station.membre_ids.mapped("state")), {"designe"})

    def test_private_data_go_after_the_appeals(self):
        membre = self._member(
            "president", "Allard", email="a@exemple.example", birth_date="1960-01-01"
        )
        with freeze_time("2026-05-14"):
            self.env["mairie.scrutin.membre"]._cron_purge()
            self.assertTrue(membre.email)
        with freeze_time("2026-05-15"):
            self.scrutin.member_purge_hold = True
            self.env["mairie.scrutin.membre"]._cron_purge()
            self.assertTrue(membre.email, "the election is contested")
            self.scrutin.member_purge_hold = False
            self.env["mairie.scrutin.membre"]._cron_purge()
        self.assertFalse(membre.email or membre.birth_date or membre.access_token)
        self.assertEqual(membre.display_name, "Anne Allard")


@tagged("post_install", "-at_install")
class TestPeopleRoles(PeopleMixin, MairieCase):
    def test_private_data_are_for_the_organisers(self):
        membre = self._member("president", "Allard", birth_date="1960-01-01")
        self.assertTrue(membre.with_user(self.organiser).read(PRIVATE))
        for role in ("operateur", "superviseur"):
            reader = membre.with_user(self._new_role(role))
            self.assertEqual(reader.name, "Allard")
            for name in PRIVATE:
                with (
                    self.subTest(role=role, field=name),
                    self.assertRaises(AccessError),
                ):
                    reader.read([name])
        for role in ("lecture", "secretaire"):
            with self.assertRaises(AccessError):
                membre.with_user(self._new_role(role)).read(["name"])

    def test_only_organisers_manage_the_members(self):
        membre = self._member("president", "Allard")
        for role in ("operateur", "superviseur", "lecture", "secretaire"):
            someone = membre.with_user(self._new_role(role))
            with self.assertRaises(AccessError):
                someone.write({"name": "Autre"})
            for verb in ("action_convene", "action_confirm", "action_cannot_come"):
                with self.subTest(role=role, verb=verb), self.assertRaises(UserError):
                    getattr(someone, verb)()
            with self.assertRaises(UserError):
                self.tour.with_user(someone.env.user).action_add_stations()

    def test_states_are_written_by_the_buttons(self):
        membre = self._member("president", "Allard").with_user(self.organiser)
        with self.assertRaises(AccessError):
            membre.state = "confirme"
        membre.action_confirm()
        self.assertEqual(membre.state, "confirme")

    def test_organisers_see_no_result(self):
        user = self.organiser
        for model in (
            "mairie.scrutin.saisie",
            "mairie.scrutin.saisie.ligne",
            "mairie.scrutin.controle",
            "mairie.scrutin.attribution",
            "mairie.scrutin.journal",
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(user).search([])
        station = self.first.with_user(user)
        self.assertTrue(self.first.exprimes)
        self.assertFalse(station.exprimes)
        with self.assertRaises(AccessError):
            station._prepare_pv()
        with self.assertRaises(UserError):
            self.tour.with_user(user)._prepare_recensement()
        with self.assertRaises(UserError):
            self.tour.with_user(user)._prepare_proclamation()
        self.assertTrue(station._prepare_pv(blank=True)["blank"])

    def test_presence_lines_are_not_rewritten(self):
        membre = self._member("president", "Allard")
        membre.with_user(self.organiser).action_arrived()
        line_ = self.env["mairie.scrutin.presence"].search(
            [("membre_id", "=", membre.id)]
        )
        with self.assertRaises(AccessError):
            line_.with_user(self.organiser).write({"is_arrival": False})


@tagged("post_install", "-at_install")
class TestConvocationPage(PeopleMixin, MairieHttpCase):
    def _page(self, token):
        return self.url_open(f"/bureaux/convocation/{token}")

    def test_showing_changes_nothing_and_a_tap_answers(self):
        self.tour.date = "2099-03-15"
        membre = self._member("assesseur", "Collet", civility="madame")
        self.assertEqual(self._page(membre.access_token).status_code, 404)
        membre.action_convene()
        response = self._page(membre.access_token)
        page = self.assertPublicPage(response)
        self.assertIn("assesseure", page.text_content())
        self.assertEqual(membre.state, "convoque", "showing changes nothing")
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        for answer, state in (("oui", "confirme"), ("non", "empeche")):
            self.url_open(
                f"/bureaux/convocation/{membre.access_token}",
                data={"csrf_token": token, "answer": answer},
            )
            membre.invalidate_recordset()
            self.assertEqual(membre.state, state)
        wrong = self.url_open(
            f"/bureaux/convocation/{membre.access_token}",
            data={"csrf_token": token, "answer": "peut-être"},
        )
        self.assertPublicPage(wrong, status=400)

    def test_unknown_old_and_foreign_links_answer_alike(self):
        membre = self._member("assesseur", "Collet")
        membre.action_convene()
        old = self._page(membre.access_token)
        unknown = self._page("x" * 24)
        self.assertEqual((old.status_code, unknown.status_code), (404, 404))
        self.assertEqual(old.content, unknown.content)
