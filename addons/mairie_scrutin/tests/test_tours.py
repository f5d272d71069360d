from odoo.addons.mairie_base.tests.common import MairieHttpCase
from odoo.tests import tagged

from .common import GAP, GOOD, ScrutinMixin, line


@tagged("post_install", "-at_install")
class TestTours(ScrutinMixin, MairieHttpCase):
    def test_supervisor_validates_and_shares_the_seats(self):
        """From the evening board: explain an alert, validate, seats, proclaim."""
        self.scrutin.name = "Essai du soir"
        self._import(line("0001", GOOD), line("0002", GAP))
        supervisor = self._new_role("superviseur", "superviseur_tour")
        supervisor.password = supervisor.login
        self.start_tour(
            "/odoo/tours", "mairie_scrutin_supervisor", login=supervisor.login
        )
        self.assertEqual(self.tour.state, "proclame")
        self.assertEqual(self._station("0002").controle_ids.reason, "Écart au PV")
        self.assertEqual(
            self.tour.attribution_ids.mapped("state"), ["shared", "shared"]
        )

    def test_supervisor_imports_the_file(self):
        self.scrutin.name = "Essai du soir"
        supervisor = self._new_role("superviseur", "superviseur_tour")
        supervisor.password = supervisor.login
        self.start_tour("/odoo/tours", "mairie_scrutin_import", login=supervisor.login)
        self.assertEqual(len(self.tour.bureau_tour_ids), 2)
        self.assertEqual(self._station("0002").exprimes, 540)

    def test_organiser_imports_fills_and_convenes(self):
        """From the card of the round: members, gaps, presence, convocations."""
        self.scrutin.name = "Essai du matin"
        self._import(line("0001", GOOD), line("0002", GAP))
        self.tour.date = "2099-03-15"
        organiser = self._new_role("organisation", "organiser_tour")
        organiser.password = organiser.login
        self.start_tour(
            "/odoo/preparation-scrutin",
            "mairie_scrutin_organiser",
            login=organiser.login,
        )
        members = self.tour.membre_ids
        self.assertEqual(set(members.mapped("state")), {"convoque"})
        self.assertEqual(len(members), 3)
        self.assertTrue(members.filtered("is_present"))

    def test_supervisor_makes_a_screen(self):
        self.scrutin.name = "Essai du soir"
        supervisor = self._new_role("superviseur", "superviseur_tour")
        supervisor.password = supervisor.login
        self.start_tour(
            "/odoo/ecrans-resultats", "mairie_scrutin_screen", login=supervisor.login
        )
        screen = self.env["mairie.scrutin.ecran"].search(
            [("tour_id", "=", self.tour.id)]
        )
        self.assertEqual(screen.name, "Écran du hall")
        self.assertEqual(len(screen.widget_ids), 4)
