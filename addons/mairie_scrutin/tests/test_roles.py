from freezegun import freeze_time
from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GOOD, ScrutinMixin, line

BEFORE, AFTER = "2026-03-15 18:59:59", "2026-03-15 19:00:00"
# model -> path to its round: what nobody may see before the hour
SECRET = {
    "mairie.scrutin.saisie": "bureau_tour_id.tour_id",
    "mairie.scrutin.saisie.ligne": "saisie_id.bureau_tour_id.tour_id",
    "mairie.scrutin.controle": "tour_id",
    "mairie.scrutin.bureau.tour": "tour_id",
    "mairie.scrutin.attribution": "tour_id",
    "mairie.scrutin.attribution.ligne": "attribution_id.tour_id",
}
OTHERS = {"mairie.scrutin.tour": "id", "mairie.scrutin.journal": "tour_id"}


@tagged("post_install", "-at_install")
class TestRoles(ScrutinMixin, MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._complete()
        cls.tour.action_allocate()
        cls._open_to_public()
        cls.other_tour = cls.tour.copy({"numero": 2, "public_code": "essai-tour-2"})

    def _count(self, user, model):
        """How many records of the round this user sees."""
        domain = [((SECRET | OTHERS)[model], "=", self.tour.id)]
        return self.env[model].with_user(user).search_count(domain)

    def test_an_agent_without_role_reads_nothing(self):
        agent = self._new_user("agent_simple")
        for model in (*SECRET, *OTHERS):
            with self.subTest(model), self.assertRaises(AccessError):
                self._count(agent, model)

    @freeze_time(BEFORE)
    def test_reader_sees_no_result_before_the_hour(self):
        reader = self._new_role("lecture")
        for model in SECRET:
            with self.subTest(model):
                self.assertEqual(self._count(reader, model), 0)
        board = self.tour.with_user(reader).board
        self.assertEqual(board, {"hidden": True})
        self.assertFalse(self.tour.with_user(reader).seat_summary)

    @freeze_time(AFTER)
    def test_reader_reads_after_the_hour_and_changes_nothing(self):
        reader = self._new_role("lecture")
        for model in SECRET:
            with self.subTest(model):
                self.assertTrue(self._count(reader, model))
        station = self._station("0001").with_user(reader)
        self.assertEqual(station.exprimes, 490)
        with self.assertRaises(AccessError):
            station.write({"state": "a_verifier"})
        with self.assertRaises(UserError):
            station.action_validate()
        with self.assertRaises(AccessError):
            self._import(line("0009", GOOD), user=reader)

    @freeze_time(AFTER)
    def test_reader_sees_nothing_until_two_people_agreed(self):
        self.tour.action_disarm()
        reader = self._new_role("lecture")
        self.assertEqual(self._count(reader, "mairie.scrutin.saisie"), 0)

    @freeze_time(AFTER)
    def test_secretary_sees_and_enters_one_station_only(self):
        secretary = self._new_role("secretaire")
        own = self._station("0001")
        own.secretaire_id = secretary
        self.assertEqual(
            self.env["mairie.scrutin.bureau.tour"].with_user(secretary).search([]), own
        )
        entries = self.env["mairie.scrutin.saisie"].with_user(secretary).search([])
        self.assertEqual(entries, own.saisie_ids)
        with self.assertRaises(AccessError):
            self._station("0002").with_user(secretary).exprimes  # noqa: B018
        for model in ("mairie.scrutin.attribution", "mairie.scrutin.journal"):
            with self.subTest(model), self.assertRaises(AccessError):
                self._count(secretary, model)

    @freeze_time(BEFORE)
    def test_secretary_does_not_read_another_station_through_the_entry(self):
        secretary = self._new_role("secretaire")
        self._station("0001").secretaire_id = secretary
        other = self._station("0002")
        other.secretaire_id = self._new_role("secretaire", "voisine")
        enter = self.env["mairie.scrutin.bureau.tour.enter"].with_user(secretary)
        with self.assertRaises(AccessError):
            enter.create({"bureau_tour_id": other.id})
        figures = dict.fromkeys(
            ("inscrits", "emargements", "votants", "blancs", "nuls", "exprimes"), 0
        )
        with self.assertRaises(AccessError):
            enter.create({"bureau_tour_id": other.id, **figures, "line_ids": []})
        wizard = enter.create({"bureau_tour_id": self._station("0001").id})
        self.assertEqual(wizard.exprimes, 490)
        with self.assertRaises(AccessError):
            wizard.write({"bureau_tour_id": other.id})
            wizard.read(["exprimes"])

    def test_secretary_is_not_told_of_other_stations_before_the_hour(self):
        """0001 and 0002 have the same figures: A07; A06 tells of the whole commune."""
        secretary = self._new_role("secretaire")
        station = self._station("0002")
        station.secretaire_id = secretary
        first = self.tour.candidature_ids[0]
        checks = self.env["mairie.scrutin.controle"].create(
            [
                {"saisie_id": station.saisie_id.id, "level": "alert", **vals}
                for vals in (
                    {"code": "A06", "params": {"list": first.id}},
                    {"code": "A07", "params": {"station": self._station("0001").id}},
                )
            ]
        )
        told, hidden = (first.name, "0001"), checks.with_user(secretary)
        with freeze_time(BEFORE):
            for word, check in zip(told, hidden, strict=True):
                self.assertNotIn(word, check.message)
                self.assertNotIn(word, check.bureau_tour_id.alert_summary)
            with self.assertRaises(AccessError):
                hidden.read(["params"])
            operator = checks.with_user(self._new_role("operateur"))
            for word, check in zip(told, operator, strict=True):
                self.assertIn(word, check.message)
        with freeze_time(AFTER):
            self.env.invalidate_all()
            for word, check in zip(told, hidden, strict=True):
                self.assertIn(word, check.message)

    def test_secretary_records_his_result(self):
        secretary = self._new_role("secretaire")
        bureau = self.env["mairie.scrutin.bureau"].create({"code": "0010"})
        station = self.env["mairie.scrutin.bureau.tour"].create(
            {
                "tour_id": self.tour.id,
                "bureau_id": bureau.id,
                "secretaire_id": secretary.id,
            }
        )
        figures = {
            "inscrits": 100,
            "votants": 50,
            "emargements": 50,
            "blancs": 1,
            "nuls": 1,
            "exprimes": 48,
        }
        votes = dict(zip(self.tour.candidature_ids.ids, (28, 20), strict=True))
        enter = self.env["mairie.scrutin.bureau.tour.enter"].with_user(secretary)
        wizard = enter.create({"bureau_tour_id": station.id, **figures})
        for row in wizard.line_ids:
            row.voix = votes[row.candidature_id.id]
        wizard.action_record()
        self.assertEqual(station.state, "a_double_saisir")
        self.assertEqual(station.saisie_id.create_uid, secretary)
        with self.assertRaises(UserError):
            station.with_user(secretary).action_validate()

    @freeze_time(BEFORE)
    def test_operator_enters_and_explains_but_does_not_validate(self):
        operator = self._new_role("operateur")
        self._import(line("0011", GOOD.replace("500;500", "500;499")))
        station = self._station("0011").with_user(operator)
        self.assertEqual(station.exprimes, 490)
        station.controle_ids.write({"reason": "Vu au PV"})
        self.assertFalse(self.tour.with_user(operator).board["hidden"])
        for refused in (
            station.action_validate,
            self.tour.with_user(operator).action_arm,
            self.tour.with_user(operator).action_proclaim,
        ):
            with self.assertRaises(UserError):
                refused()
        with self.assertRaises(AccessError):
            self._import(line("0012", GOOD), user=operator)

    @freeze_time(BEFORE)
    def test_supervisor_does_the_evening_but_not_the_settings(self):
        supervisor = self._new_role("superviseur")
        self._import(line("0012", GOOD), user=supervisor)
        station = self._station("0012").with_user(supervisor)
        station.controle_ids.reason = "Vu"
        station.action_validate()
        self.tour.with_user(supervisor).action_allocate()
        with self.assertRaises(AccessError):
            self.tour.with_user(supervisor).embargo_until = "2026-03-15 10:00:00"
        with self.assertRaises(AccessError):
            self.scrutin.with_user(supervisor).two_person_release = False

    def test_organiser_prepares_elections(self):
        organiser = self._new_role("admin")
        scrutin = (
            self.env["mairie.scrutin"]
            .with_user(organiser)
            .create({"name": "Suivante", "commune_insee": "49999"})
        )
        self.assertTrue(scrutin.unlink())

    def test_nobody_deletes_or_rewrites_the_journal(self):
        organiser = self._new_role("admin")
        journal = self.env["mairie.scrutin.journal"].with_user(organiser)
        journal = journal.search([("tour_id", "=", self.tour.id)])
        self.assertTrue(journal)
        with self.assertRaises(AccessError):
            journal.check_access("unlink")
        with self.assertRaises(AccessError):
            journal.write({"detail": ""})

    def test_other_communes_see_nothing(self):
        town = self.env["res.company"].create({"name": "Ailleurs"})
        supervisor = self._new_role("superviseur", "ailleurs")
        supervisor.write({"company_ids": [(6, 0, town.ids)], "company_id": town.id})
        for model in (*SECRET, *OTHERS):
            with self.subTest(model):
                self.assertEqual(self._count(supervisor, model), 0)

    def test_opening_takes_two_different_people(self):
        first = self._new_role("superviseur", "un")
        second = self._new_role("superviseur", "deux")
        tour = self.other_tour
        with self.assertRaises(UserError):
            tour.with_user(second).action_agree()
        tour.with_user(first).action_arm()
        self.assertTrue(tour.with_user(second).can_agree)
        self.assertFalse(tour.with_user(first).can_agree)
        with self.assertRaises(UserError):
            tour.with_user(first).action_agree()
        tour.with_user(second).action_agree()
        self.assertEqual(tour.agreed_by_id, second)
