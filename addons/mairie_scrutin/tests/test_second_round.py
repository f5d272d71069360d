from odoo.addons.mairie_base.tests.common import MairieCase, MairieHttpCase
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import HEAD, ScrutinMixin

# 812 exprimés: 82 stand, 81 merge, 40 do not (L264)
FOUR = "1000;180;820;820;4;4;812;4;001;400;002;290;003;82;004;40"
SECOND_FIGURES = "1;MN;2026;1;49;999;0001;I;1000;180;820;820;4;4;812;2;001;430;002;382"
MAJORITY = "1000;180;820;820;4;4;812;2;001;500;002;312"


@tagged("post_install", "-at_install")
class TestSecondRound(ScrutinMixin, MairieCase):
    def _count(self, figures):
        self._import(f"{HEAD.format(seq=1, code='0001')};{figures}")
        self.tour.bureau_tour_ids.action_validate()

    def _wizard(self, user=None):
        tour = self.tour.with_user(user) if user else self.tour
        action = tour.action_prepare_second()
        wizards = self.env[action["res_model"]]
        wizards = wizards.with_user(user) if user else wizards
        return wizards.browse(action["res_id"])

    def _list(self, wizard, panneau):
        return wizard.line_ids.filtered(
            lambda row: row.candidature_id.panneau == panneau
        )

    def test_who_stands_and_who_may_only_merge(self):
        self._count(FOUR)
        self.assertTrue(self.tour.can_prepare_second)
        wizard = self._wizard()
        self.assertEqual(
            wizard.line_ids.mapped("status"),
            ["standing", "standing", "standing", "out"],
        )
        self.assertEqual(wizard.stand_count, 3)
        self.assertEqual(str(wizard.date), "2026-03-22")
        self.assertIn("82", wizard.sentence)
        self.assertFalse(wizard.problems)

    def test_supervisor_prepares_round_two_with_stations_and_members(self):
        self._count(FOUR)
        station = self.tour.bureau_tour_ids
        president = self.env["mairie.scrutin.membre"].create(
            {"bureau_tour_id": station.id, "role": "president", "name": "Roy"}
        )
        self.env["mairie.scrutin.membre"].create(
            {
                "bureau_tour_id": station.id,
                "role": "president_suppl",
                "name": "Petit",
                "replaces_id": president.id,
            }
        )
        self.env["mairie.scrutin.membre"].create(
            {"bureau_tour_id": station.id, "role": "scrutateur", "name": "Passant"}
        )
        wizard = self._wizard(self._new_role("superviseur"))
        self._list(wizard, "003").write(
            {"stands": False, "merges_into_id": self._list(wizard, "002").id}
        )
        self._list(wizard, "002").name = "Union"
        wizard.action_create_second()
        second = self.scrutin.tour_ids - self.tour
        self.assertEqual(second.numero, 2)
        self.assertEqual(second.previous_tour_id, self.tour)
        self.assertEqual(second.candidature_ids.mapped("panneau"), ["001", "002"])
        union = second.candidature_ids[1]
        self.assertEqual(union.name, "Union")
        self.assertEqual(union.parent_ids.mapped("panneau"), ["002", "003"])
        self.assertEqual(second.bureau_tour_ids.inscrits, 1000)
        self.assertEqual(second.bureau_tour_ids.state, "a_saisir")
        members = self.env["mairie.scrutin.membre"].search(
            [("tour_id", "=", second.id)]
        )
        self.assertEqual(members.mapped("name"), ["Roy", "Petit"])
        self.assertEqual(members[1].replaces_id, members[0])

    def test_a_list_under_five_percent_may_not_merge(self):
        self._count(FOUR)
        wizard = self._wizard()
        self._list(wizard, "004").merges_into_id = self._list(wizard, "001")
        self.assertIn("5", wizard.problems)

    def test_elected_at_once_there_is_no_second_round(self):
        self._count(MAJORITY)
        self.assertFalse(self.tour.can_prepare_second)
        wizard = self._wizard()
        self.assertEqual(wizard.elected_id.panneau, "001")
        with self.assertRaises(UserError):
            wizard.action_create_second()

    def test_a_town_that_only_reports_votes_asks_the_prefecture(self):
        self._count(FOUR)
        self.scrutin.write({"kind": "legislatives"})
        self.assertFalse(self.scrutin.regime)
        wizard = self._wizard()
        self.assertEqual(set(wizard.line_ids.mapped("status")), {"ask"})
        with self.assertRaises(UserError):
            wizard.action_create_second()

    def test_a_constituency_elects_by_half_and_a_quarter(self):
        self._count(FOUR)
        self.scrutin.write({"kind": "legislatives", "covers_constituency": True})
        self.tour.action_allocate()
        row = self.tour.attribution_ids
        self.assertEqual((row.organe, row.state), ("mandat", "second_round"))
        self.assertEqual(
            self._wizard().line_ids.filtered("stands").candidature_id.mapped("panneau"),
            ["001", "002"],
        )

    def test_a_referendum_says_yes_or_no(self):
        self._count(MAJORITY)
        self.scrutin.write({"kind": "referendum", "covers_constituency": True})
        self.tour.candidature_ids[0].name = "Oui"
        self.tour.action_allocate()
        row = self.tour.attribution_ids
        self.assertEqual((row.organe, row.state), ("reponse", "elected"))
        self.assertIn("Oui", row.headline)
        with self.assertRaises(UserError):
            self.tour.action_prepare_second()

    def test_an_operator_prepares_nothing(self):
        self._count(FOUR)
        with self.assertRaises(UserError):
            self.tour.with_user(self._new_role("operateur")).action_prepare_second()


@tagged("post_install", "-at_install")
class TestElected(ScrutinMixin, MairieHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._complete()
        cls.scrutin.write({"seat_count": 7, "community_seat_count": 3})
        for row in cls.tour.candidature_ids:
            row.candidat_ids = [
                (
                    0,
                    0,
                    {
                        "ordre": rank,
                        "nom": f"N{row.panneau}{rank}",
                        "sexe": "FM"[rank % 2],
                        "cc_ordre": {1: 1, 2: 2, 6: 3}.get(rank, 0),
                    },
                )
                for rank in range(1, 8)
            ]
        cls.tour.action_allocate()

    def _row(self, organe):
        return self.tour.attribution_ids.filtered(lambda row: row.organe == organe)

    def test_council_in_the_order_of_the_lists(self):
        row = self._row("cm")
        self.assertEqual(sum(row.line_ids.mapped("seats")), 7)
        self.assertEqual(len(row.elu_ids), 7)
        first = row.line_ids[0]
        names = row.elu_ids.candidat_id.mapped("nom")
        self.assertEqual(names[0], f"N{first.candidature_id.panneau}1")
        self.assertEqual(row.elu_ids.mapped("rank"), list(range(1, 8)))
        self.assertFalse(row.lacks_names)

    def test_community_seats_follow_their_own_order(self):
        row = self._row("cc")
        self.assertEqual(row.elu_ids.mapped("rule"), ["list"] * 3)

    def test_small_communes_know_it_at_the_installation(self):
        self.scrutin.write({"population": 640, "seat_count": 7})
        self.tour.action_allocate()
        row = self._row("cc")
        self.assertEqual(row.state, "installation")
        self.assertIn("L273-11", row.headline)
        self.assertFalse(row.elu_ids)

    def test_short_lists_show_both_readings(self):
        self.scrutin.write({"population": 640, "seat_count": 7})
        first = self._row("cm").line_ids[0].candidature_id
        first.candidat_ids.filtered(lambda row: row.ordre > 3).unlink()
        self.tour.action_allocate()
        row = self._row("cm")
        legal = sum(row.line_ids.mapped("seats"))
        self.assertTrue(sum(row.line_ids.mapped("vacant")))
        self.assertEqual(len(row.elu_ids), legal)
        sentences = " ".join(row._get_sentences())
        self.assertIn("L2121-2-1", sentences)
        self.scrutin.incomplete_rule = "total_pourvu"
        self.tour.action_allocate()
        self.assertFalse(sum(self._row("cm").line_ids.mapped("vacant")))

    def test_birth_dates_settle_a_tie_by_themselves(self):
        people = self.tour.candidature_ids[0].candidat_ids
        for row in people:
            row.naissance = "1976-03-15"
        ages = self.tour.candidature_ids._get_candidate_ages()
        self.assertEqual(list(ages), [self.tour.candidature_ids[0].id])
        self.assertEqual(round(ages[self.tour.candidature_ids[0].id][0]), 50)

    def test_the_list_of_the_elected_leaves_as_a_file_and_as_a_document(self):
        row = self._row("cm")
        content = row._get_elected_rows()
        self.assertEqual(len(content), 8)
        self._new_role("superviseur", "csv")
        self.authenticate("essai_csv", "essai_csv")
        answer = self.url_open(row.action_export_elected()["url"])
        self.assertEqual(answer.status_code, 200)
        self.assertIn("N0011", answer.text)
        pdf, kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "mairie_scrutin.report_seats", row.ids
        )
        self.assertEqual((kind, pdf[:4]), ("pdf", b"%PDF"))

    def test_nobody_outside_reads_the_elected_before_the_hour(self):
        row = self._row("cm")
        self._new_user("essai_dehors")
        self.authenticate("essai_dehors", "essai_dehors")
        answer = self.url_open(row.action_export_elected()["url"])
        self.assertEqual(answer.status_code, 404)


@tagged("post_install", "-at_install")
class TestSecondRoundTour(ScrutinMixin, MairieHttpCase):
    def test_supervisor_prepares_round_two_and_shows_the_seats(self):
        self._import(f"{HEAD.format(seq=1, code='0001')};{FOUR}")
        names = ["Une", "Deux", "Trois", "Quatre"]
        for row, name in zip(self.tour.candidature_ids, names, strict=True):
            row.name = name
        self.tour.candidature_ids[0].candidat_ids = [
            (0, 0, {"ordre": rank, "nom": "ROY", "prenom": f"N{rank}"})
            for rank in range(1, 16)
        ]
        self.tour.bureau_tour_ids.action_validate()
        supervisor = self._new_role("superviseur", "superviseur_tour")
        supervisor.password = supervisor.login
        address = "/odoo/action-mairie_scrutin.mairie_scrutin_tour_action"
        self.start_tour(
            f"{address}/{self.tour.id}",
            "mairie_scrutin_second_round",
            login=supervisor.login,
        )
        second = self.scrutin.tour_ids - self.tour
        self.assertEqual(second.candidature_ids.mapped("name"), ["Une", "Deux"])
        figures = SECOND_FIGURES.replace("MN;2026;1", "MN;2026;2")
        self._import(figures, tour=second)
        second.bureau_tour_ids.action_validate()
        self.start_tour(
            f"{address}/{second.id}", "mairie_scrutin_seats", login=supervisor.login
        )
        council = second.attribution_ids.filtered(lambda row: row.organe == "cm")
        self.assertEqual(sum(council.line_ids.mapped("seats")), 15)
        self.assertEqual(council.trace[1]["rule"], "majority")
        self.assertFalse(council.elu_ids.filtered("left_date"))
        events = self.env["mairie.scrutin.journal"].search(
            [("tour_id", "=", second.id)]
        )
        self.assertLessEqual({"succession", "restoration"}, set(events.mapped("event")))
