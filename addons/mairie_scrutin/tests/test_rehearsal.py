from freezegun import freeze_time
from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ScrutinMixin


@tagged("post_install", "-at_install")
class TestRehearsal(ScrutinMixin, MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._complete()
        cls.supervisor = cls._new_role("superviseur")

    def _rehearse(self, **vals):
        rehearsal = self.env["mairie.scrutin.repetition"].with_user(self.supervisor)
        rehearsal = rehearsal.create(
            {"source_tour_id": self.tour.id, "speed": "60", **vals}
        )
        rehearsal.action_start()
        return rehearsal

    def test_the_copy_has_lists_and_stations_and_no_result(self):
        copy = self._rehearse().tour_id
        self.assertTrue(copy.is_rehearsal)
        self.assertEqual(copy.candidature_ids.mapped("panneau"), ["001", "002"])
        self.assertEqual(copy.bureau_tour_ids.mapped("inscrits"), [800, 800, 900])
        self.assertFalse(copy.bureau_tour_ids.saisie_ids)
        self.assertIn("RÉPÉTITION", copy.name)

    def test_the_evening_plays_at_its_speed_and_ends_as_it_did(self):
        with freeze_time("2026-03-08 10:00:00") as clock:
            rehearsal = self._rehearse(has_mistakes=False)
            clock.tick(20)  # twenty minutes of the evening
            self.assertEqual(rehearsal.tick()["played"], 0)
            for _minute in range(4):
                clock.tick(60)
                rehearsal.tick()
        self.assertEqual(rehearsal.state, "done")
        copy = rehearsal.tour_id
        votes = copy._get_totals(("a_verifier",))["votes"]
        self.assertEqual(list(votes.values()), [910, 610])
        self.assertEqual(self._station("0003", copy).controle_ids.code, "A02")
        self.assertFalse(copy.sudo()._check_integrity()[1])

    def test_a_pause_stops_the_clock(self):
        with freeze_time("2026-03-08 10:00:00") as clock:
            rehearsal = self._rehearse()
            rehearsal.action_pause()
            clock.tick(3600)
            rehearsal.tick()
            self.assertEqual(rehearsal.played, 0)
            rehearsal.action_resume()
            clock.tick(600)
            rehearsal.tick()
            self.assertTrue(rehearsal.played)

    def test_what_somebody_validated_is_left_alone(self):
        with freeze_time("2026-03-08 10:00:00") as clock:
            rehearsal = self._rehearse(has_mistakes=False)
            clock.tick(600)
            rehearsal.tick()
            station = self._station("0001", rehearsal.tour_id)
            station.with_user(self.supervisor).action_validate()
            rehearsal.sudo().write({"state": "running", "played": 0})
            rehearsal.tick()
            rehearsal.tick()
        self.assertEqual(station.state, "valide")

    def test_it_is_never_public(self):
        rehearsal = self._rehearse()
        tour = rehearsal.tour_id.sudo()
        self._open_to_public(tour)
        tour.write({"state": "depouillement", "embargo_until": "2020-01-01 00:00:00"})
        self.assertFalse(tour.is_public)
        self.assertNotIn(tour, tour.search([("is_public", "=", True)]))
        public = self.env["mairie.scrutin.publication"]
        self.assertIsNone(public._get_public_page(tour.public_code))
        self.assertNotIn(
            tour.public_code, [row["code"] for row in public._get_public_tours()]
        )

    def test_the_clean_up_leaves_nothing_and_no_real_row_goes(self):
        entries = self.env["mairie.scrutin.saisie"].search([])
        with freeze_time("2026-03-08 10:00:00") as clock:
            rehearsal = self._rehearse()
            clock.tick(600)
            rehearsal.tick()
        copy = rehearsal.tour_id
        copy.sudo()._get_fingerprint()
        scrutin = copy.scrutin_id
        rehearsal.action_clean()
        self.assertFalse(copy.exists() or scrutin.exists())
        self.assertEqual(self.env["mairie.scrutin.saisie"].search([]), entries)
        with self.assertRaises(UserError):
            self.tour._delete_rehearsal()

    def test_an_empty_round_is_not_played(self):
        empty = self.tour.copy({"numero": 2, "public_code": "essai-tour-2"})
        with self.assertRaisesRegex(UserError, "no result"):
            self._rehearse(source_tour_id=empty.id)

    def test_only_supervisors_rehearse(self):
        for role in ("operateur", "lecture", "secretaire"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.env["mairie.scrutin.repetition"].with_user(
                    self._new_role(role)
                ).create({"source_tour_id": self.tour.id})
