from datetime import date

from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.addons.mairie_elus.tests.common import CouncilMixin
from odoo.addons.mairie_scrutin.tests.common import ScrutinMixin
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

SECRETARY = "mairie_elus.group_secretary"


@tagged("post_install", "-at_install")
class TestInstall(ScrutinMixin, CouncilMixin, MairieCase):
    """Anne Mairesse comes back, the others are new; 0001 and 0002 share seven seats."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mandature.date_from = "2020-03-22"
        cls.mandature.mandat_ids.write(
            {"date_from": "2020-03-22", "election_date": "2020-03-15"}
        )
        cls._complete()
        cls.scrutin.write({"seat_count": 7, "community_seat_count": 2})
        names = [("MAIRESSE", "Anne"), ("DUPONT", "Éric"), ("LE GOFF", "Maud")]
        for row in cls.tour.candidature_ids:
            row.candidat_ids = [
                (
                    0,
                    0,
                    {
                        "ordre": rank,
                        "nom": nom if row.panneau == "001" else f"{nom} BIS",
                        "prenom": prenom,
                        "sexe": "FM"[rank % 2 == 0],
                        "cc_ordre": rank,
                    },
                )
                for rank, (nom, prenom) in enumerate(names, 1)
            ]
            row.candidate_count = 7
        cls.tour.action_allocate()

    def _proclaim(self):
        self.tour.action_proclaim()

    def _wizard(self, user=None):
        tour = self.tour.with_user(user or self.secretary)
        action = tour.action_install_council()
        return (
            self.env[action["res_model"]]
            .with_user(user or self.secretary)
            .browse(action["res_id"])
        )

    def test_winners_become_councillors_of_a_new_term(self):
        self._proclaim()
        wizard = self._wizard()
        self.assertEqual(wizard.line_ids[0].partner_id, self.mayor.partner_id)
        self.assertEqual(wizard.line_ids[0].status, "known")
        self.assertEqual(wizard.line_ids[1].name, "Éric Dupont")
        self.assertEqual(wizard.former_count, 3)
        before = self.env["mairie.mandat"].search_count([])
        wizard.action_install()
        term = wizard.mandature_id
        self.assertEqual(term.date_from, date(2026, 3, 15))
        self.assertEqual(term.seat_count, 7)
        mandates = self.env["mairie.mandat"].search([("mandature_id", "=", term.id)])
        self.assertEqual(len(mandates), wizard.take_count)
        self.assertGreater(self.env["mairie.mandat"].search_count([]), before)
        self.assertEqual(set(mandates.mapped("function")), {"conseiller"})
        self.assertEqual(mandates[0].votes, max(mandates.mapped("votes")))
        self.assertEqual(self.mayor.date_to, date(2026, 3, 14))
        self.assertEqual(term.in_office_count, len(mandates))

    def test_who_sits_already_gets_no_second_mandate(self):
        self._proclaim()
        self._wizard().action_install()
        again = self._wizard()
        self.assertEqual(set(again.line_ids.mapped("status")), {"seated"})
        self.assertEqual((again.take_count, again.seated_count), (0, 4))

    def test_undo_puts_everything_back(self):
        self._proclaim()
        partners = self.env["res.partner"].search_count([])
        wizard = self._wizard()
        wizard.action_install()
        term = wizard.mandature_id
        wizard.action_undo()
        self.assertFalse(term.exists())
        self.assertFalse(self.mayor.date_to)
        self.assertEqual(self.env["res.partner"].search_count([]), partners)
        with self.assertRaises(UserError):
            wizard.action_undo()

    def test_two_people_of_one_name_are_left_to_choose(self):
        twin = self._new_mandat("anne MAIRESSE")
        twin.date_to = twin.date_from
        self._proclaim()
        line = self._wizard().line_ids[0]
        self.assertEqual((line.status, line.take), ("homonym", False))
        self.assertFalse(line.partner_id)

    def test_seats_without_a_name_wait_for_one(self):
        self.tour.candidature_ids.candidat_ids.unlink()
        self._proclaim()
        wizard = self._wizard()
        self.assertEqual(wizard.unnamed_count, 7)
        with self.assertRaises(UserError):
            wizard.action_install()

    def test_only_proclaimed_results_make_mandates(self):
        with self.assertRaises(UserError):
            self._wizard()
        with self.assertRaises(UserError):
            self.tour.action_install_council()
        self.assertFalse(self.tour.can_install)

    def test_the_secretary_of_the_assemblies_reads_proclaimed_rounds_only(self):
        rounds = self.env["mairie.scrutin.tour"].with_user(self.secretary)
        self.assertNotIn(self.tour, rounds.search([]))
        self._proclaim()
        self.assertIn(self.tour, rounds.search([]))
        with self.assertRaises(AccessError):
            self.tour.with_user(self.secretary).public_code = "autre"
        with self.assertRaises(AccessError):
            self.env["mairie.scrutin.saisie"].with_user(self.secretary).search([])

    def test_who_counts_votes_still_reads_every_round_and_installs_nobody(self):
        for role in ("secretaire", "lecture", "operateur", "superviseur"):
            user = self._new_role(role)
            rounds = self.env["mairie.scrutin.tour"].with_user(user)
            with self.subTest(role):
                self.assertIn(self.tour, rounds.search([]))
        self._proclaim()
        with self.assertRaises(AccessError):
            self._wizard(user)

    def _installed(self):
        self._proclaim()
        wizard = self._wizard()
        wizard.action_install()
        return wizard.line_ids[0].mandat_id

    def _successor_wizard(self, mandat, user=None):
        action = mandat.with_user(user or self.secretary).action_find_successor()
        return (
            self.env[action["res_model"]]
            .with_user(user or self.secretary)
            .browse(action["res_id"])
        )

    def test_the_successor_takes_a_mandate_the_day_after(self):
        """Two lists of three names: six seats and one, the second has names left."""
        self._proclaim()
        wizard = self._wizard()
        wizard.action_install()
        leaving = wizard.line_ids.filtered(lambda row: row.name == "Anne Mairesse Bis")
        succession = self._successor_wizard(leaving.mandat_id)
        self.assertEqual(succession.successor_id.nom, "DUPONT BIS")
        succession.date = "2026-09-01"
        succession.action_replace()
        self.assertEqual(leaving.mandat_id.date_to, date(2026, 9, 1))
        called = succession.new_mandat_id
        self.assertEqual(called.partner_id.name, "Éric Dupont Bis")
        self.assertEqual(called.date_from, date(2026, 9, 2))
        self.assertEqual(called.replaces_id, leaving.mandat_id)
        self.assertEqual(called.mandature_id, wizard.mandature_id)
        with self.assertRaisesRegex(UserError, "not found"):
            self._successor_wizard(leaving.mandat_id)

    def test_a_replacement_taken_back_gives_the_mandate_back(self):
        self._proclaim()
        wizard = self._wizard()
        wizard.action_install()
        leaving = wizard.line_ids.filtered(lambda row: row.name == "Anne Mairesse Bis")
        succession = self._successor_wizard(leaving.mandat_id)
        succession.date = "2026-09-01"
        succession.action_replace()
        called = succession.new_mandat_id
        self.env["mairie.scrutin.elu.restore"].create(
            {"elu_id": succession.sudo().elu_id.id, "reason": "Démission retirée"}
        ).sudo().action_restore()
        self.assertFalse(called.exists())
        self.assertFalse(leaving.mandat_id.date_to)
        again = self._successor_wizard(leaving.mandat_id)
        self.assertEqual(again.successor_id.nom, "DUPONT BIS")

    def test_an_exhausted_list_leaves_the_seat_vacant(self):
        mandat = self._installed()
        succession = self._successor_wizard(mandat)
        succession.date = "2026-09-01"
        self.assertFalse(succession.successor_id)
        before = self.env["mairie.mandat"].search_count([])
        succession.action_replace()
        self.assertFalse(succession.new_mandat_id)
        self.assertEqual(self.env["mairie.mandat"].search_count([]), before)
        self.assertEqual(mandat.date_to, date(2026, 9, 1))

    def test_who_left_is_not_installed_any_more(self):
        self._proclaim()
        elu = self.tour.attribution_ids.elu_ids.filtered(
            lambda row: row.organe == "cm" and row.candidat_id.nom == "MAIRESSE BIS"
        )
        wizard = self.env["mairie.scrutin.elu.replace"].create(
            {"elu_id": elu.id, "date": "2026-03-16"}
        )
        wizard.action_replace()
        names = self._wizard().line_ids.mapped("name")
        self.assertNotIn("Anne Mairesse Bis", names)
        self.assertIn("Éric Dupont Bis", names)

    def test_only_the_secretary_of_the_assemblies_asks_from_a_mandate(self):
        mandat = self._installed()
        operator = self._new_role("operateur")
        with self.assertRaises(AccessError):
            self._successor_wizard(mandat, operator)
