from odoo.addons.mairie_base.tests.common import MairieHttpCase
from odoo.tests import tagged

from .common import ScrutinMixin


@tagged("post_install", "-at_install")
class TestProofTours(ScrutinMixin, MairieHttpCase):
    """One browser for each: the auditor's way, the rehearsal's way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._complete()
        cls.supervisor = cls._new_role("superviseur", "superviseur_preuve")
        cls.supervisor.password = cls.supervisor.login

    def test_the_journal_is_verified_and_the_files_are_offered(self):
        url = f"/odoo/mairie.scrutin.tour/{self.tour.id}"
        self.start_tour(url, "mairie_scrutin_proof", login=self.supervisor.login)
        events = self.env["mairie.scrutin.journal"].search(
            [("tour_id", "=", self.tour.id)]
        )
        self.assertIn("verification", events.mapped("event"))

    def test_a_rehearsal_starts_stops_and_leaves_nothing(self):
        before = self.env["mairie.scrutin.tour"].search_count([])
        url = "/odoo/repetition"
        self.start_tour(url, "mairie_scrutin_rehearsal", login=self.supervisor.login)
        self.assertEqual(self.env["mairie.scrutin.tour"].search_count([]), before)
        rehearsal = self.env["mairie.scrutin.repetition"].search([], limit=1)
        self.assertEqual(rehearsal.state, "draft")
