from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GAP, GOOD, ScrutinMixin, line

EVEN = "800;300;500;500;5;5;490;2;001;245;002;245"


@tagged("post_install", "-at_install")
class TestSeats(ScrutinMixin, MairieCase):
    def _share(self, organe="cm"):
        self.tour.action_allocate()
        return self.tour.attribution_ids.filtered(lambda row: row.organe == organe)

    def _validate_all(self):
        self.tour.bureau_tour_ids.controle_ids.reason = "Vu"
        self.tour.bureau_tour_ids.action_validate()

    def test_seats_of_both_councils_with_their_reasons(self):
        """910 and 610 votes of 1520: 15 seats, prime 8; community 3 seats, prime 1."""
        self._complete()
        council = self._share()
        self.assertEqual(council.state, "shared")
        self.assertEqual(council.line_ids.mapped("seats"), [12, 3])
        self.assertEqual(council.line_ids.mapped("prime"), [8, 0])
        community = self._share("cc")
        self.assertEqual(community.line_ids.mapped("seats"), [2, 1])
        sentences = council._get_sentences()
        self.assertTrue(any("8" in sentence for sentence in sentences))
        self.assertEqual(len(council._get_average_table()["rows"]), 7)
        self.assertIn("<li>", council.explanation)

    def test_seats_are_provisional_while_stations_are_missing(self):
        self._import_three()
        self._station("0001").action_validate()
        council = self._share()
        self.assertTrue(council.is_provisional)
        self.assertIn("2", council.headline)

    def test_no_majority_in_round_one_is_a_second_round(self):
        self._import(line("0001", EVEN))
        self._validate_all()
        council = self._share()
        self.assertEqual(council.state, "second_round")
        self.assertEqual(set(council.line_ids.mapped("seats")), {0})
        self.assertEqual(council.trace[-1]["standing"], self.tour.candidature_ids.ids)

    def test_ages_settle_a_tie_of_the_second_round(self):
        self.tour.numero = 2
        self._import(line("0001", EVEN).replace("2026;1;", "2026;2;"))
        self._validate_all()
        council = self._share()
        self.assertEqual(council.state, "tie")
        self.assertIn(self.tour.candidature_ids[0].name, council.headline)
        first, second = self.tour.candidature_ids
        (first.mean_age, second.mean_age) = (51.25, 51.249)
        first.next_candidate_age, second.next_candidate_age = 40, 41
        council = self._share()
        self.assertEqual(council.state, "shared")
        winner = council.line_ids.filtered("prime").candidature_id
        self.assertEqual(winner, first)

    def test_a_tie_is_settled_before_the_results_are_proclaimed(self):
        self.tour.numero = 2
        self._import(line("0001", EVEN).replace("2026;1;", "2026;2;"))
        self._validate_all()
        with self.assertRaisesRegex(UserError, "ages"):
            self.tour.action_proclaim()
        self.assertEqual(self.tour.state, "depouillement")
        first, second = self.tour.candidature_ids
        (first.mean_age, second.mean_age) = (51.25, 51.249)
        first.next_candidate_age, second.next_candidate_age = 40, 41
        self.tour.action_proclaim()
        self.assertEqual(self.tour.state, "proclame")

    def test_seats_the_text_does_not_settle_are_not_proclaimed(self):
        self._complete()
        council = self._share()
        council.state = "open"
        with self.assertRaisesRegex(UserError, "rule"):
            council._check_settled()

    def test_proclaimed_seats_are_not_shared_again(self):
        self._complete()
        self.tour.action_proclaim()
        supervisor = self._new_role("superviseur")
        with self.assertRaises(UserError):
            self.tour.with_user(supervisor).action_allocate()
        line_ = self.tour.attribution_ids[0].line_ids[0].with_user(supervisor)
        for refused in (lambda: line_.write({"seats": 33}), line_.unlink):
            with self.assertRaises(AccessError):
                refused()

    def test_nothing_to_share_is_said(self):
        with self.assertRaises(UserError):
            self.tour.action_allocate()

    def test_a_town_that_only_reports_votes_shares_no_seat(self):
        self._complete()
        self.scrutin.regime = False
        with self.assertRaises(UserError):
            self.tour.action_allocate()

    def test_seats_are_proposed_from_the_population(self):
        scrutin = self.env["mairie.scrutin"].create(
            {"name": "Autre", "commune_insee": "49999"}
        )
        self.assertEqual(scrutin.seat_count, 33)
        self.assertEqual(scrutin.regime, "l262")

    def test_a_short_list_leaves_its_seats_vacant(self):
        self._complete()
        self.tour.candidature_ids[0].candidate_count = 11
        council = self._share()
        self.assertEqual(council.line_ids.mapped("vacant"), [1, 0])
        self.assertEqual(sum(council.line_ids.mapped("seats")), 14)

    def test_alert_stays_out_of_the_totals_until_validated(self):
        self._import(line("0001", GOOD), line("0002", GAP))
        self._station("0001").action_validate()
        totals = self.tour._get_totals()
        self.assertEqual((totals["stations"], totals["exprimes"]), (1, 490))
        self.assertEqual(totals["inscrits_all"], 1700)
