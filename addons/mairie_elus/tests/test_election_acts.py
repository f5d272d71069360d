"""What an election leaves: a numbered act like the others, its text, its way out."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import ElusCase
from .election_case import ElectionMixin


@tagged("post_install", "-at_install")
class TestElectionActs(ElectionMixin, ElusCase):
    def _close(self):
        self.table.action_close()
        return self.seance.deliberation_ids.sorted("rank").with_user(self.secretary)

    def _render(self, name, record):
        report = self.env["ir.actions.report"]
        return report._render_qweb_html(f"mairie_elus.{name}", record.ids)[0].decode()

    def test_an_election_has_its_number_in_the_same_series(self):
        self._round(self._elect(self.one, self.two), 9, 7)
        voted = self._new_point(
            self.seance.sudo(), "Tarifs", is_added=True, added_reason="x", sequence=5
        )
        self.table.console_open_point(voted.id)
        self.table.console_vote(voted.id, {"mode": "ordinary", "pour": 16})
        election, vote = self._close()
        self.assertEqual(election.point_id, self.point)
        self.assertEqual(vote.rank, election.rank + 1)
        self.assertFalse(election.vote_id)
        self.assertTrue(election.is_adopted)
        self.assertEqual(election.matiere_code, "5.3")
        self.assertIn(f"{self.one.name}, élu", election.result)

    def test_its_text_tells_the_rounds_and_who_is_proclaimed(self):
        election = self._elect(self.one, self.two, self.three)
        self._round(election, 6, 6, 4)
        self.table.console_withdraw_candidate(election.id, election.candidat_ids[2].id)
        self._round(election, 9, 7)
        act = self._close()
        page = self._render("report_deliberation", act)
        for words in (
            "L2121-33",
            "Premier tour, au scrutin secret",
            f"{self.three.name} retire sa candidature",
            f"{self.one.name} est proclamé élu",
            "Présents au vote : 16",
        ):
            self.assertIn(words, " ".join(page.split()))
        self.assertIn(
            "Élection. Titulaire", self._render("report_deliberation_list", self.seance)
        )

    def test_it_is_signed_put_online_registered_and_told_without_votes(self):
        self._round(self._elect(self.one, self.two), 9, 7)
        act = self._close()
        act.action_sign()
        act._check_transmissible()
        act.action_publish()
        self.assertEqual(act.publication_id.theme, act.matiere_id.theme)
        self.assertIn("Premier tour", act.publication_id.body)
        self.assertIsNone(act._prepare_open_data_votes(19))
        registre = self.env["mairie.registre"].create(
            {
                "instance_id": self.council.id,
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
            }
        )
        self.assertIn(act.sudo(), registre._get_acts())

    def test_nobody_elected_has_an_act_without_effect(self):
        self._round(self._elect(self.one, self.two), 0, 0, blanc=16)
        act = self._close()
        self.assertFalse(act.is_adopted)
        self.assertIn("personne n'est élu", act.result)

    def test_a_count_is_corrected_until_its_act_is_signed(self):
        election = self._elect(self.one, self.two)
        self._round(election, 9, 7)
        act = self._close()
        self._round(election, 7, 9, reason="Bulletins lus à l'envers")
        self.assertIn(self.two.name, act.result)
        act.action_sign()
        with self.assertRaisesRegex(UserError, "is signed"):
            self._round(election, 9, 7, reason="Encore")

    def test_an_act_follows_a_corrected_vote_until_it_is_signed(self):
        voted = self._new_point(
            self.seance.sudo(), "Tarifs", is_added=True, added_reason="x"
        )
        self.table.console_open_point(voted.id)
        self.table.console_vote(voted.id, {"mode": "ordinary", "pour": 16})
        act = self._close()
        self.assertTrue(act.is_adopted)
        vals = {"mode": "ordinary", "contre": 16, "reason": "Mal lu"}
        self.table.console_vote(voted.id, vals)
        self.assertFalse(act.is_adopted)
        self.assertIn("n'approuve pas", act.content)
        act.action_sign()
        with self.assertRaisesRegex(UserError, "is signed"):
            self.table.console_vote(voted.id, {**vals, "contre": 0, "pour": 16})

    def test_the_minutes_wait_for_an_election_that_was_begun(self):
        self._elect(self.one, self.two)
        self.assertFalse(self._close())
        self.assertIn("the results of the votes", self.table.pv_missing)

    def test_a_fourth_round_is_never_held(self):
        election = self._elect(self.one, self.two)
        for _round in range(3):
            self._round(election, 0, 0, blanc=16)
        with self.assertRaisesRegex(ValidationError, "Three rounds"):
            self._round(election, 9, 7)
