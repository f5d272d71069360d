"""After the proclamation: mandates and seats follow, and may be taken back."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import START, ElusCase
from .election_case import ElectionMixin

DAY = START.date()


@tagged("post_install", "-at_install")
class TestNominationOffice(ElectionMixin, ElusCase):
    def _elected(self, *people, kind="delegue", name="", **vals):
        election = self._elect(kind=kind, **vals)
        ids = [person.id for person in people]
        self.table.console_add_candidate(election.id, ids, name)
        self._round(election, 16)
        return election

    def _on(self, day, partner):
        found = self.env["mairie.mandat"]._get_in_office(self.commune, day)
        return found.filtered(lambda row: row.partner_id == partner)

    def test_a_new_mayor_takes_over_from_the_old_one_on_that_day(self):
        election = self._elected(self.one, kind="maire")
        lines = self.table.console_preview_install(election.id)
        self.assertEqual(len(lines), 2)
        self.assertIn(f"{self.one.name}: maire", lines[0])
        self.assertIn("Anne Mairesse: conseillère municipale", lines[1])
        self.table.console_install(election.id)
        self.assertEqual(self._on(DAY, self.one).function, "maire")
        old = self.mayor.partner_id
        self.assertEqual(self._on(DAY, old).function, "conseiller")
        eve = date(2026, 12, 16)
        self.assertEqual(self._on(eve, old).function, "maire", "past acts keep him")
        self.assertEqual(self._on(eve, self.one).function, "conseiller")
        self.assertEqual(self._on(DAY, self.one).birthdate, date(1954, 1, 1))
        self.assertEqual(self._on(DAY, self.one).tableau_rank, 1)

    def test_it_is_taken_back_whole(self):
        before = self.env["mairie.mandat"].search_count([])
        election = self._elected(self.one, kind="maire")
        self.table.console_install(election.id)
        self.assertEqual(self.mandature.executive_elected_on, DAY)
        self.assertFalse(self.mandature.installed_on, "nine months after the first one")
        with self.assertRaisesRegex(UserError, "take it back first"):
            self._round(election, 0, blanc=16, reason="Erreur")
        self.table.console_uninstall(election.id)
        self.assertEqual(self.env["mairie.mandat"].search_count([]), before)
        self.assertEqual(self._on(DAY, self.one), self.others[0])
        self.assertEqual(self._on(DAY, self.mayor.partner_id), self.mayor)
        self.assertFalse(self.mayor.date_to or self.mayor.end_reason)
        self.assertFalse(self.mandature.executive_elected_on)
        kinds = self.env["mairie.elus.journal"]._get_chain(self.commune).mapped("kind")
        self.assertEqual(kinds[-2:], ["installed", "uninstalled"])

    def test_delegations_follow_the_person(self):
        delegation = self.env["mairie.delegation"].create(
            {
                "mandat_id": self.others[0].id,
                "name": "Écoles",
                "date_from": date(2026, 4, 1),
            }
        )
        election = self._elected(self.one, kind="maire")
        self.table.console_install(election.id)
        self.assertEqual(delegation.mandat_id, self._on(DAY, self.one))
        self.table.console_uninstall(election.id)
        self.assertEqual(delegation.mandat_id, self.others[0])

    def test_a_deputy_more_takes_the_last_rank(self):
        election = self._elected(self.two, kind="adjoints", name="Liste A")
        self.table.console_install(election.id)
        self.assertEqual(self._on(DAY, self.two).function_rank, 2)
        self.assertEqual(self._on(DAY, self.deputy.partner_id).function_rank, 1)

    def test_a_deputy_is_succeeded_by_one_of_the_same_sex_at_the_vacated_rank(self):
        """L2122-7-2, L2122-10: the second of three has left the function only."""
        women = [row for row in self.others if row.civility == "madame"]
        men = [row for row in self.others if row.civility == "monsieur"]
        second, third = women[0], men[0]
        second.write({"function": "adjoint", "function_rank": 2})
        third.write({"function": "adjoint", "function_rank": 3})
        self.env["mairie.mandat.replace"].create(
            {"mandat_id": second.id, "date_end": date(2026, 12, 1), "stays": True}
        ).action_apply()
        self.assertEqual(self._on(DAY, second.partner_id).function, "conseiller")
        (vacancy,) = self.table.console_read()["vacancies"]
        self.assertEqual(vacancy["id"], second.id)
        self.assertIn("deuxième adjointe", vacancy["name"])
        election = self._elect(
            kind="adjoints", vacated_ids=[vacancy["id"]], keeps_rank=True
        )
        with self.assertRaisesRegex(UserError, "same sex"), self.env.cr.savepoint():
            self.table.console_add_candidate(election.id, men[1].partner_id.ids)
        self.table.console_add_candidate(election.id, women[1].partner_id.ids)
        self._round(election, 16)
        self.assertIn("deuxième adjointe", election._get_proclamation())
        self.table.console_install(election.id)
        self.assertEqual(self._on(DAY, women[1].partner_id).function_rank, 2)
        self.assertEqual(self._on(DAY, third.partner_id).function_rank, 3)
        self.assertFalse(self.table.console_read()["vacancies"])

    def test_with_a_new_mayor_all_the_deputies_are_new(self):
        self.table.console_install(self._elected(self.one, kind="maire").id)
        pair = self.others[2].partner_id | self.others[1].partner_id
        election = self._elected(*pair, kind="adjoints", name="Liste A")
        self.table.console_install(election.id)
        ranks = [self._on(DAY, person).function_rank for person in pair]
        self.assertEqual(ranks, [1, 2])
        self.assertEqual(self._on(DAY, self.deputy.partner_id).function, "conseiller")

    def test_a_mandate_that_begins_that_day_is_changed_in_place(self):
        self.others[0].date_from = DAY
        election = self._elected(self.one, kind="maire")
        self.table.console_install(election.id)
        self.assertEqual(self._on(DAY, self.one), self.others[0])
        self.table.console_uninstall(election.id)
        self.assertEqual(self.others[0].function, "conseiller")

    def test_a_seat_in_a_body_is_written_among_its_members(self):
        sivu = self._new_instance("SIVU", kind="other")
        election = self._elected(self.one)
        with self.assertRaisesRegex(UserError, "Choose the body"):
            self.table.console_install(election.id)
        self.table.console_nomination_body(election.id, sivu.id)
        self.table.console_install(election.id)
        self.assertEqual(sivu.membre_ids.partner_id, self.one)
        self.assertEqual(sivu.membre_ids.date_from, DAY)
        self.table.console_uninstall(election.id)
        self.assertFalse(sivu.membre_ids)

    def test_who_sits_there_already_stays(self):
        sivu = self._new_instance("SIVU", kind="other")
        seat = self.env["mairie.instance.membre"].create(
            {
                "instance_id": sivu.id,
                "partner_id": self.one.id,
                "date_from": date(2026, 4, 1),
            }
        )
        election = self._elected(self.one, body_id=sivu.id, role="suppleant")
        self.assertFalse(self.table.console_preview_install(election.id))
        self.table.console_install(election.id)
        self.table.console_uninstall(election.id)
        self.assertEqual(sivu.membre_ids, seat)

    def test_who_was_convened_since_in_the_function_keeps_it(self):
        election = self._elected(self.one, kind="maire")
        self.table.console_install(election.id)
        following = self._new_seance(date_start="2027-01-14 18:00:00")
        following.sudo()._convene("Essai")
        with self.assertRaisesRegex(UserError, "was convened"):
            self.table.console_uninstall(election.id)

    def test_only_the_secretary_notes_a_function(self):
        election = self._elected(self.one, kind="maire")
        reader = self._new_user("dgs.essai", "mairie_elus.group_reader")
        elu = self._new_elu_user(self.deputy, "adjoint.essai")
        for user in (reader, elu):
            with self.assertRaises(AccessError):
                self.seance.with_user(user).console_install(election.id)
