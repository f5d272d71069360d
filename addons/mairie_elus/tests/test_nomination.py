"""Elections of persons and lists at the table: three rounds, age, the secret."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ElusCase
from .election_case import ElectionMixin


@tagged("post_install", "-at_install")
class TestNomination(ElectionMixin, ElusCase):
    def test_absolute_majority_of_the_votes_expressed(self):
        election = self._elect(self.one, self.two)
        table = self._round(election, 8, 7, blanc=1)
        self.assertEqual(election.elected_id.name, self.one.name)
        self.assertEqual(election.tour_ids.needed, 8)
        self.assertTrue(table["points"][0]["elected"])

    def test_three_rounds_then_the_elder(self):
        election = self._elect(self.two, self.one, self.three)
        for _round in (1, 2):
            self._round(election, 6, 6, 4)
            self.assertFalse(election.elected_id)
        self._round(election, 6, 6, 4)
        self.assertEqual(election.elected_id.name, self.one.name, "the elder")
        self.assertIn("bénéfice de l'âge", election.tour_ids[-1].sentence)

    def test_an_unknown_age_is_asked_for(self):
        self.others[0].birthdate = False
        election = self._elect(self.one, self.two)
        self._round(election, 8, 8)
        self._round(election, 8, 8)
        preview = self.table.console_preview_round(
            election.id,
            {"counts": dict.fromkeys(map(str, election.candidat_ids.ids), 8)},
        )
        self.assertIn(self.one.name, preview["problem"])
        with self.assertRaisesRegex(ValidationError, "dates of birth"):
            self._round(election, 8, 8)

    def test_no_more_ballots_than_voters(self):
        election = self._elect(self.one, self.two)
        with self.assertRaisesRegex(ValidationError, "17 ballots for 16 voters"):
            self._round(election, 9, 7, nul=1)

    def test_mayor_and_deputies_are_elected_in_secret(self):
        for kind in ("maire", "adjoints"):
            with self.assertRaisesRegex(ValidationError, "in secret"):
                self._elect(kind=kind, by_hand=True)

    def test_a_list_of_deputies_alternates(self):
        election = self._elect(kind="adjoints")
        women = [row.partner_id.id for row in self.others if row.civility == "madame"]
        men = [row.partner_id.id for row in self.others if row.civility == "monsieur"]
        refused = self.assertRaisesRegex(ValidationError, "in turn")
        with refused, self.env.cr.savepoint():
            self.table.console_add_candidate(election.id, women[:2], "Liste A")
        crowd = [key for pair in zip(women, men, strict=False) for key in pair]
        refused = self.assertRaisesRegex(ValidationError, "11 deputies in all.* have 9")
        with refused, self.env.cr.savepoint():
            self.table.console_add_candidate(election.id, [*crowd[:10]], "Liste longue")
        pair = [women[0], men[0], women[1]]
        self.table.console_add_candidate(election.id, pair, "Liste A")
        self._round(election, 16)
        self.assertEqual(election.elected_id.member_ids, pair)
        self.assertIn("Liste A est élue", election.tour_ids.sentence)

    def test_a_single_candidate_to_a_body_is_appointed(self):
        election = self._elect(self.one)
        self.table.console_unopposed(election.id)
        self.assertEqual(election.elected_id.name, self.one.name)
        mayor = self._elect(self.one, kind="maire")
        with self.assertRaisesRegex(UserError, "single candidate"):
            self.table.console_unopposed(mayor.id)

    def test_a_round_is_sealed_and_corrected_with_its_reason(self):
        election = self._elect(self.one, self.two)
        self._round(election, 9, 7)
        with self.assertRaisesRegex(ValidationError, "Why is the round corrected"):
            self._round(election, 7, 9)
        with self.assertRaisesRegex(UserError, "sealed"):
            election.tour_ids.blanc = 1
        self._round(election, 7, 9, reason="Deux bulletins lus à l'envers")
        self.assertEqual(election.elected_id.name, self.two.name)
        self.assertEqual(len(election.tour_ids), 2)
        self.assertEqual(election._get_rounds().number, 1)

    def test_a_candidate_withdraws_between_two_rounds(self):
        election = self._elect(self.one, self.two, self.three)
        self._round(election, 6, 6, 4)
        third = election.candidat_ids[2]
        table = self.table.console_withdraw_candidate(election.id, third.id)
        shown = table["current"]["nominations"][0]
        self.assertEqual(len(shown["candidates"]), 2)
        self.assertEqual([row["id"] for row in shown["withdrawn"]], third.ids)
        self.table.console_restore_candidate(election.id, third.id)
        self.assertEqual(len(election._get_standing(2)), 3)
        self.table.console_withdraw_candidate(election.id, third.id)
        self._round(election, 9, 7)
        self.assertEqual(election.elected_id.name, self.one.name)
        self.assertNotIn(self.three.name, election._get_rounds()[1].sentence)
        story = election._get_story()
        self.assertEqual(story[1], f"{self.three.name} retire sa candidature.")
        with self.assertRaisesRegex(UserError, "is elected"):
            self.table.console_withdraw_candidate(election.id, third.id)

    def test_who_withdraws_before_the_first_round_was_no_candidate(self):
        election = self._elect(self.one, self.two)
        first = election.candidat_ids[0]
        self.table.console_withdraw_candidate(election.id, first.id)
        self.assertEqual(election.candidat_ids.name, self.two.name)

    def test_a_new_candidate_comes_forward_at_the_second_round(self):
        election = self._elect(self.one, self.two)
        self._round(election, 8, 8)
        self.table.console_add_candidate(election.id, self.three.ids)
        self._round(election, 0, 0, 16)
        self.assertEqual(election.elected_id.name, self.three.name)
        self.assertIn(
            f"{self.three.name} présente sa candidature.", election._get_story()
        )
        self.assertEqual(
            election._get_first_candidates(), [self.one.name, self.two.name]
        )

    def test_a_corrected_round_counts_those_who_stood(self):
        election = self._elect(self.one, self.two)
        self._round(election, 8, 8)
        self.table.console_withdraw_candidate(election.id, election.candidat_ids[1].id)
        self._round(election, 7, 8, reason="Un bulletin lu deux fois")
        self.assertEqual(election.elected_id.name, self.two.name)

    def test_a_candidate_who_was_voted_on_does_not_change(self):
        election = self._elect(self.one, self.two)
        self._round(election, 8, 8)
        candidate = election.candidat_ids[0].with_user(self.secretary)
        with self.assertRaisesRegex(UserError, "candidates stay"):
            candidate.name = "Autre"
        with self.assertRaisesRegex(UserError, "candidates stay"):
            candidate.unlink()

    def test_no_name_of_a_voter_is_kept(self):
        names = set(self.env["mairie.nomination.tour"]._fields)
        self.assertFalse(names & {"partner_id", "nom_ids", "voix_ids", "voter_ids"})

    def test_members_read_and_never_write(self):
        election = self._elect(self.one, self.two)
        elu = self._new_elu_user(self.deputy, "adjoint.essai")
        with self.assertRaises(AccessError):
            election.with_user(elu).write({"name": "Autre"})
        with self.assertRaises(AccessError):
            self.seance.with_user(elu).console_unopposed(election.id)
