"""The night room: who sees what, whom to call, how many queries, what the bus says."""

from freezegun import freeze_time
from odoo.addons.mairie_base.tests.common import MairieCase, MairieHttpCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GAP, GOOD, SHORT, ScrutinMixin, line


@tagged("post_install", "-at_install")
class TestNight(ScrutinMixin, MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls._new_role("operateur")
        cls.supervisor = cls._new_role("superviseur")
        cls.reader = cls._new_role("lecture")
        cls.night = cls.tour.with_user(cls.operator)

    def _calls(self, tour=None):
        calls = (tour or self.night).get_night()["calls"]
        return {call["code"]: call for call in calls}

    def test_errors_and_alerts_are_called_first_with_their_sentence(self):
        self._import_three()
        self.tour.invalidate_recordset()
        calls = self.night.get_night()["calls"]
        self.assertEqual([call["code"] for call in calls], ["0003", "0002"])
        self.assertEqual(calls[0]["level"], "blocked")
        self.assertIn("387 of 390", calls[0]["sentences"][0])
        self.assertIn("549", calls[1]["sentences"][0])

    def test_nothing_changed_answers_the_version_only(self):
        self._import_three()
        first = self.night.get_night()
        again = self.night.get_night(first["version"])
        self.assertEqual(set(again), {"version", "now"})
        self.tour.bureau_tour_ids.controle_ids.filtered(
            lambda row: row.level == "alert"
        ).write({"reason": "Au PV"})
        changed = self.night.get_night(first["version"])
        self.assertNotEqual(changed["version"], first["version"])
        self.assertEqual([call["code"] for call in changed["calls"]], ["0003"])

    def test_stations_do_not_change_the_number_of_queries(self):
        """Three stations or thirty: as many queries, and two when nothing changed."""
        self._import(line("0001", GOOD), line("0002", GAP), line("0003", SHORT))
        few = self._count_queries()
        more = [line(f"{n:04}", GOOD if n % 3 else GAP) for n in range(4, 34)]
        self._import(*more)
        # one more: the sentences of A07 read the codes of the twins, together
        self.assertLessEqual(self._count_queries(), few + 1)

    def _count_queries(self):
        self.night.get_night()  # rights and groups are read once
        self.env.registry.clear_cache("default")
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.night.get_night()
        return self.cr.sql_log_count - before

    def test_a_reader_gets_no_figure_before_the_opening(self):
        self._complete()
        seen = self.tour.with_user(self.reader).get_night()
        self.assertEqual(seen["progress"]["received"], 3)
        self.assertFalse(seen["totals"])
        self.assertFalse(seen["stations"])
        self.assertFalse(seen["calls"])
        self.assertNotIn("490", str({k: v for k, v in seen.items() if k != "version"}))

    def test_a_reader_gets_validated_figures_once_public(self):
        self._import(line("0001", GOOD), line("0002", GOOD), line("0003", GAP))
        self._station("0001").action_validate()
        self._open_to_public()
        seen = self.tour.with_user(self.reader).get_night()
        self.assertEqual(seen["totals"]["exprimes"], 490)
        self.assertFalse(seen["calls"])
        self.assertFalse(seen["hundreds"])

    def test_others_get_nothing(self):
        stranger = self._new_user("night_stranger", "base.group_user")
        secretary = self._new_role("secretaire")
        for user in (stranger, secretary):
            with self.assertRaises(AccessError):
                self.tour.with_user(user).get_night()
            with self.assertRaises(AccessError):
                self.env["mairie.scrutin.tour"].with_user(user).get_night_rounds()
            with self.assertRaises(AccessError):
                self.tour.with_user(user).get_night_map()
        self._import_three()
        with self.assertRaises(AccessError):
            self._station("0001").with_user(self.reader).get_night_station()

    def test_seats_won_and_in_play_while_a_station_is_missing(self):
        self._import(line("0001", GOOD), line("0002", GOOD))
        bureau = self.env["mairie.scrutin.bureau"].create(
            {
                "code": "0009",
                "commune_insee": "49999",
                "company_id": self.commune.id,
            }
        )
        self.env["mairie.scrutin.bureau.tour"].create(
            {"tour_id": self.tour.id, "bureau_id": bureau.id, "inscrits": 60}
        )
        seats = self.night.get_night()["seats"]
        self.assertEqual((seats["total"], seats["missing"]), (15, 1))
        self.assertEqual(seats["decides"], "sure")
        sure = sum(row["sure"] for row in seats["lists"])
        self.assertLess(sure, 15)
        self.assertGreaterEqual(sure, 13)
        self.assertIn("Last seat", seats["margin"])

    def test_a_station_is_validated_from_the_panel(self):
        self._import_three()
        station = self._station("0002").with_user(self.supervisor)
        panel = station.get_night_station()
        self.assertTrue(panel["can_validate"])
        control = panel["controls"][0]["id"]
        with self.assertRaises(UserError):
            station.action_validate()
        station.action_night_reasons([[control, " Recompté "]])
        station.action_validate()
        self.assertEqual(station.state, "valide")
        with self.assertRaises(UserError):
            station.action_night_reopen("  ")
        station.action_night_reopen("Erreur de lecture")
        self.assertEqual(station.state, "a_verifier")

    def test_reasons_of_another_station_are_refused(self):
        self._import_three()
        control = self._station("0002").controle_ids.id
        with self.assertRaises(AccessError):
            self._station("0001").action_night_reasons([[control, "x"]])

    def test_the_first_entry_is_hidden_from_who_may_type_the_second(self):
        self._import_three()
        station = self._station("0001")
        station.state = "a_double_saisir"
        panel = station.with_user(self.operator).get_night_station()
        self.assertFalse(panel["columns"])
        self.assertFalse(panel["rows"] and panel["rows"][0]["values"])
        seen = self.night.get_night()["stations"]
        row = next(row for row in seen if row["code"] == "0001")
        self.assertFalse(row["votants"])
        self.assertFalse(row["lead"])

    def test_one_of_two_entries_is_kept_with_its_reason(self):
        self._import_three()
        station = self._station("0001")
        first = station.saisie_id
        second = station._create_entries(
            [
                {
                    "bureau_tour_id": station.id,
                    "rang": 2,
                    "first_id": first.id,
                    "source": "mairie",
                    "author": "user:0",
                    "inscrits": 800,
                    "votants": 500,
                    "emargements": 500,
                    "blancs": 5,
                    "nuls": 5,
                    "exprimes": 490,
                    "votes": {
                        row.candidature_id.id: row.voix + (10, -10)[rank]
                        for rank, row in enumerate(first.line_ids)
                    },
                }
            ]
        )
        station.write({"second_id": second.id, "state": "ecarts"})
        self.assertEqual(self._calls()["0001"]["reason"], "differences")
        chosen = station.with_user(self.supervisor)
        self.assertEqual(
            len([r for r in chosen.get_night_station()["rows"] if r["differs"]]), 2
        )
        self.assertFalse(
            station.with_user(self.operator).get_night_station()["columns"]
        )
        with self.assertRaises(AccessError):
            chosen.action_night_choose(self._station("0002").saisie_id.id, "PV")
        chosen.action_night_choose(second.id, "Lu sur la photo")
        self.assertEqual(station.saisie_id, second)

    def test_the_bus_says_which_round_once_and_nothing_else(self):
        self._import_three()
        self.env.cr.precommit.data.pop("mairie_scrutin.night", None)
        self.env.cr.precommit.clear()
        for station in self.tour.bureau_tour_ids:
            station.inscrits += 1
        self.tour._touch_night()
        self.assertEqual(
            self.env.cr.precommit.data["mairie_scrutin.night"], {self.tour.id}
        )
        self.env["mairie.scrutin.tour"]._send_night()
        sent = self.env.cr.precommit.data["bus.bus.values"]
        self.assertEqual(len(sent), 1)
        self.assertIn(
            f'"payload":{{"tour":{self.tour.id}}}', sent[0]["message"].replace(" ", "")
        )
        self.env.cr.precommit.clear()

    def test_the_map_is_the_outlines_of_the_stations(self):
        self._import_three()
        station = self._station("0001")
        point = {"type": "Point", "coordinates": [-0.55, 47.47]}
        station.bureau_id.geojson = point
        self.assertEqual(
            self.night.get_night_map(), [{"id": station.id, "geometry": point}]
        )


@tagged("post_install", "-at_install")
class TestReference(ScrutinMixin, MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supervisor = cls._new_role("superviseur")
        cls._complete()
        cls.second = cls.env["mairie.scrutin.tour"].create(
            {
                "scrutin_id": cls.scrutin.id,
                "numero": 2,
                "date": "2026-03-22",
                "public_code": "essai-tour-2",
            }
        )
        cls.lists = cls.env["mairie.scrutin.candidature"].create(
            [
                {"tour_id": cls.second.id, "panneau": "001", "name": "Un"},
                {"tour_id": cls.second.id, "panneau": "002", "name": "Deux"},
            ]
        )
        for child, parent in zip(cls.lists, cls.tour.candidature_ids, strict=True):
            child.parent_ids = parent
        bureaux = cls.tour.bureau_tour_ids.bureau_id
        cls.env["mairie.scrutin.bureau.tour"].create(
            [
                {"tour_id": cls.second.id, "bureau_id": bureau.id, "inscrits": 800}
                for bureau in bureaux
            ]
        )

    def test_round_two_compares_with_round_one(self):
        self.second.with_user(self.supervisor).action_compare_with_first_round()
        past = self.second._get_past()
        station = self._station("0001", self.second)
        before, _turnout = past[station.id]
        self.assertEqual((before.votants, before.exprimes), (500, 490))
        self.assertEqual([before.votes[row.id] for row in self.lists], [300, 190])
        rows = self.env["mairie.scrutin.comparaison"].search(
            [("tour_id", "=", self.second.id), ("is_past", "=", True)]
        )
        self.assertEqual(sum(rows.mapped("voix")), 2 * 490 + 540)

    def test_comparisons_open_on_the_round_of_tonight_and_tell_each_election(self):
        operator = self._new_role("operateur")
        views = self.env["mairie.scrutin.comparaison"].with_user(operator)
        default = "searchpanel_default_tour_id"
        self.assertNotEqual(views.action_open()["context"][default], self.second.id)
        self.second.with_user(self.supervisor).action_compare_with_first_round()
        self.second.date = "2050-03-22"
        with freeze_time("2050-03-22 20:00:00"):
            self.assertEqual(views.action_open()["context"][default], self.second.id)
        result = line("0001", GOOD).replace("2026;1;", "2026;2;")
        self._import(result, tour=self.second)
        self._station("0001", self.second).action_validate()
        past = self.second.reference_id
        found = views.search([("tour_id", "=", self.second.id)])
        self.assertEqual(set(found.mapped("election")), {"now", str(past.id)})
        names = dict(views._fields["election"]._description_selection(views.env))
        self.assertEqual(names[str(past.id)], past.name)
        action = self.second.with_user(operator).action_view_comparisons()
        self.assertEqual(action["context"][default], self.second.id)

    def test_a_station_cut_again_gets_the_parts_of_the_former_ones(self):
        self.second.with_user(self.supervisor).action_compare_with_first_round()
        self.env["mairie.scrutin.reference.passage"].create(
            [
                {
                    "reference_id": self.second.reference_id.id,
                    "old_code": old,
                    "new_code": "0001",
                    "percent": percent,
                }
                for old, percent in (("0001", 60), ("0003", 50))
            ]
        )
        station = self._station("0001", self.second)
        before, _turnout = self.second._get_past()[station.id]
        self.assertEqual(before.votants, (500 * 60 + 550 * 50) // 100)

    def test_readers_compare_only_what_is_public(self):
        self.second.with_user(self.supervisor).action_compare_with_first_round()
        reader = self._new_role("lecture")
        rows = self.env["mairie.scrutin.comparaison"].with_user(reader)
        self.assertFalse(rows.search([("tour_id", "=", self.second.id)]))
        references = self.env["mairie.scrutin.reference"].with_user(reader)
        self.assertFalse(references.search([("id", "=", self.second.reference_id.id)]))


@tagged("post_install", "-at_install")
class TestNightTour(ScrutinMixin, MairieHttpCase):
    def test_an_evening(self):
        """The supervisor explains an alert, validates, arms; the board follows."""
        self.scrutin.name = "Essai du soir"
        self.tour.date = "2050-03-15"
        self._import(line("0001", GOOD), line("0002", GAP))
        supervisor = self._new_role("superviseur", "superviseur_nuit")
        supervisor.password = supervisor.login
        self.start_tour(
            "/odoo/soiree",
            "mairie_scrutin_night",
            login=supervisor.login,
        )
        self.assertEqual(self._station("0002").state, "valide")
        self.assertEqual(self._station("0002").controle_ids.reason, "Recompté, au PV")
        self.assertEqual(self.tour.armed_by_id, supervisor)

    def test_an_operator_types_a_report_from_the_night_room(self):
        """A station that telephones: found, typed with its sums, recorded."""
        self.scrutin.name = "Essai du soir"
        self.tour.date = "2050-03-15"
        self._import(line("0001", GOOD), line("0002", GOOD))
        bureau = self.env["mairie.scrutin.bureau"].create(
            {
                "code": "0009",
                "company_id": self.commune.id,
                "commune_insee": "49999",
            }
        )
        station = self.env["mairie.scrutin.bureau.tour"].create(
            {"tour_id": self.tour.id, "bureau_id": bureau.id, "inscrits": 800}
        )
        operator = self._new_role("operateur", "operateur_nuit")
        operator.password = operator.login
        self.start_tour("/odoo/soiree", "mairie_scrutin_operator", login=operator.login)
        self.assertEqual(station.participation_ids.mapped("votants"), [231])
        self.assertEqual(station.participation_ids.source, "fallback")
        self.assertEqual(station.saisie_id.votants, 500)
        self.assertEqual(station.saisie_id.line_ids.mapped("voix"), [300, 190])
        self.assertEqual(station.saisie_id.create_uid, operator)
        self.assertEqual(station.state, "a_double_saisir")
