from freezegun import freeze_time
from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ScrutinMixin

BEFORE = "2026-03-15 18:00:00"
EARLY = "2026-03-15 10:00:00"


@tagged("post_install", "-at_install")
class TestGuards(ScrutinMixin, MairieCase):
    """A direct call gets no further than the buttons."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._complete()
        cls.organiser = cls._new_role("admin")
        cls.supervisor = cls._new_role("superviseur")
        cls.own_tour = cls.tour.with_user(cls.organiser)

    def _journal(self, event):
        return self.env["mairie.scrutin.journal"].search_count(
            [("tour_id", "=", self.tour.id), ("event", "=", event)]
        )

    def test_the_organiser_does_not_write_the_opening_by_hand(self):
        for vals in (
            {"armed_by_id": self.organiser.id},
            {"agreed_by_id": self.supervisor.id},
            {"armed_date": EARLY},
            {"agreed_date": EARLY},
            {"state": "proclame"},
            {"proclaimed_date": EARLY},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                self.own_tour.write(vals)

    def test_a_round_is_not_created_open(self):
        tours = self.env["mairie.scrutin.tour"].with_user(self.organiser)
        vals = {"scrutin_id": self.scrutin.id, "numero": 2, "date": "2026-03-22"}
        with self.assertRaises(AccessError):
            tours.create({**vals, "armed_by_id": self.supervisor.id})
        tours = tours.with_context(
            default_state="proclame", default_armed_by_id=self.supervisor.id
        )
        tour = tours.create(vals)
        self.assertEqual(tour.state, "preparation")
        self.assertFalse(tour.armed_by_id)

    @freeze_time(BEFORE)
    def test_another_hour_is_in_the_journal_and_takes_the_opening_back(self):
        self._open_to_public()
        for vals in ({"embargo_until": EARLY}, {"last_closing": 9.0}):
            with self.subTest(vals):
                if not self.tour.armed_by_id:
                    self.tour.with_user(self.supervisor).action_arm()
                lines = self._journal("terms")
                self.own_tour.write(vals)
                self.assertEqual(self._journal("terms"), lines + 1)
                self.assertFalse(self.tour.armed_by_id)
                self.assertFalse(self.tour.is_public)
        self.assertEqual(self._journal("disarmed"), 2)

    @freeze_time("2026-03-15 21:00:00")
    def test_one_person_instead_of_two_takes_the_opening_back(self):
        self.own_tour.action_arm()
        self.scrutin.with_user(self.organiser).two_person_release = False
        self.assertEqual(self._journal("terms"), 1)
        self.assertFalse(self.tour.is_public)

    def test_a_change_elsewhere_leaves_the_opening(self):
        self._open_to_public()
        self.own_tour.public_code = "autre-adresse"
        self.scrutin.with_user(self.organiser).name = "Autre nom"
        self.assertTrue(self.tour.agreed_by_id)
        self.assertFalse(self._journal("terms"))

    def test_a_station_is_validated_by_its_button_only(self):
        station = self._station("0001").with_user(self.supervisor)
        for vals in (
            {"state": "a_verifier"},
            {"saisie_id": self._station("0002").saisie_id.id},
            {"validated_by_id": self.organiser.id},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                station.write(vals)
        with self.assertRaises(UserError):
            station.bureau_id = self.env["mairie.scrutin.bureau"].create(
                {"code": "0090"}
            )
        bureau = self.env["mairie.scrutin.bureau"].create({"code": "0091"})
        with self.assertRaises(AccessError):
            station.create(
                {
                    "tour_id": self.tour.id,
                    "bureau_id": bureau.id,
                    "saisie_id": station.saisie_id.id,
                }
            )

    def test_an_alert_is_signed_by_the_validation_only(self):
        check = self._station("0003").controle_ids.with_user(self.supervisor)
        for vals in ({"active": False}, {"accepted_by_id": self.organiser.id}):
            with self.subTest(vals), self.assertRaises(AccessError):
                check.write(vals)

    def test_what_proclaimed_results_rest_on_is_frozen(self):
        self.tour.with_user(self.supervisor).action_proclaim()
        bureau = self.env["mairie.scrutin.bureau"].create({"code": "0092"})
        station = self._station("0001").with_user(self.supervisor)
        first = self.tour.candidature_ids[0].with_user(self.supervisor)
        for refused in (
            lambda: station.write({"inscrits": 1}),
            lambda: station.create({"tour_id": self.tour.id, "bureau_id": bureau.id}),
            lambda: first.write({"name": "Autre"}),
        ):
            with self.assertRaises(UserError):
                refused()

    def test_no_list_comes_or_goes_once_a_result_is_there(self):
        lists = self.env["mairie.scrutin.candidature"].with_user(self.organiser)
        with self.assertRaises(UserError):
            lists.create({"tour_id": self.tour.id, "panneau": "009", "name": "Tard"})
        with self.assertRaises(UserError):
            self.tour.candidature_ids[0].with_user(self.organiser).unlink()
        other = self.tour.copy({"numero": 2, "public_code": "essai-tour-2"})
        moved = lists.create({"tour_id": other.id, "panneau": "009", "name": "Tôt"})
        with self.assertRaises(UserError):
            moved.tour_id = self.tour
