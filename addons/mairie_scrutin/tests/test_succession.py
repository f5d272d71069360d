"""Who is called when an elected person leaves: L270, L273-10, L273-12."""

from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ScrutinMixin


@tagged("post_install", "-at_install")
class TestSuccession(ScrutinMixin, MairieCase):
    """910 and 610 votes: 6 and 1 seats of 7; community 3 and 1 of 4. One man a list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._complete()
        cls.scrutin.write({"seat_count": 7, "community_seat_count": 4})
        for row in cls.tour.candidature_ids:
            row.candidat_ids = [
                (
                    0,
                    0,
                    {
                        "ordre": rank,
                        "nom": f"{row.panneau}-{rank}",
                        "sexe": "FM"[rank == 2],
                        "cc_ordre": rank if rank < 6 else 0,
                    },
                )
                for rank in range(1, 8)
            ]
        cls.tour.action_proclaim()
        cls.supervisor = cls._new_role("superviseur")

    def _elu(self, name, organe="cm"):
        return self.tour.attribution_ids.elu_ids.filtered(
            lambda row: row.organe == organe and row.candidat_id.nom == name
        )

    def _wizard(self, name, date="2026-09-01", user=None, organe="cm"):
        elu = self._elu(name, organe).with_user(user or self.supervisor)
        wizard = self.env["mairie.scrutin.elu.replace"].browse(
            elu.action_replace()["res_id"]
        )
        wizard = wizard.with_user(user or self.supervisor)
        wizard.date = date
        return wizard

    def _replace(self, name, **terms):
        wizard = self._wizard(name, **terms)
        wizard.action_replace()
        return wizard

    def test_the_next_of_the_list_is_called_whatever_the_sex(self):
        wizard = self._wizard("001-4")
        self.assertEqual(wizard.successor_id.nom, "001-7")
        self.assertIn("L270", wizard.explanation)
        self.assertFalse(wizard.community_successor_id)
        wizard.action_replace()
        left, called = self._elu("001-4"), self._elu("001-7")
        self.assertEqual(str(left.left_date), "2026-09-01")
        self.assertEqual((called.rule, called.replaces_id.nom), ("next", "001-4"))
        self.assertIn("001-4", called.note)
        last = self.env["mairie.scrutin.journal"].search(
            [("tour_id", "=", self.tour.id)], order="id desc", limit=1
        )
        self.assertEqual((last.event, last.detail), ("succession", "001-4 → 001-7"))

    def test_who_declines_is_replaced_in_turn_until_no_name_is_left(self):
        self._replace("001-4")
        self.assertTrue(self._elu("001-7").is_seated)
        wizard = self._replace("001-7")
        self.assertFalse(wizard.successor_id)
        self.assertIn("three months", wizard.explanation)
        with self.assertRaisesRegex(UserError, "sit any more"):
            self._wizard("001-7").action_replace()

    def test_the_community_seat_goes_to_the_same_sex(self):
        wizard = self._wizard("001-1")
        self.assertEqual(wizard.successor_id.nom, "001-7")
        self.assertEqual(wizard.community_successor_id.nom, "001-4", "a woman again")
        wizard.action_replace()
        self.assertTrue(self._elu("001-4", "cc").is_seated)
        self.assertFalse(self._elu("001-1", "cc").is_seated)

    def test_after_a_year_the_sex_does_not_count_if_nobody_fits(self):
        """The only man of the list leaves the community council, not the council."""
        wizard = self._wizard("001-2", date="2026-09-01", organe="cc")
        self.assertFalse(wizard.successor_id)
        self.assertFalse(wizard.community_successor_id)
        self.assertIn("2027", wizard.explanation)
        wizard.date = "2027-03-15"
        self.assertEqual(wizard.community_successor_id.nom, "001-4")
        wizard.action_replace()
        self.assertTrue(self._elu("001-2").is_seated, "still on the council")
        self.assertTrue(self._elu("001-4", "cc").is_seated)

    def test_under_a_thousand_the_tableau_decides_for_the_community(self):
        self.scrutin.population = 640
        self.tour.attribution_ids.filtered(
            lambda row: row.organe == "cc"
        ).elu_ids.unlink()
        self.assertIn("L273-12", self._wizard("001-4").explanation)

    def _restore(self, name, reason="Démission retirée", user=None, organe="cm"):
        wizard = self.env["mairie.scrutin.elu.restore"].with_user(
            user or self.supervisor
        )
        elu = self._elu(name, organe)
        return wizard.create({"elu_id": elu.id, "reason": reason}).action_restore()

    def test_a_replacement_taken_back_gives_both_seats_back(self):
        self._replace("001-1")
        self.assertTrue(self._elu("001-7"))
        with self.assertRaisesRegex(UserError, "reason"):
            self._restore("001-1", reason=" ")
        self._restore("001-1")
        self.assertTrue(self._elu("001-1").is_seated)
        self.assertTrue(self._elu("001-1", "cc").is_seated)
        self.assertFalse(self._elu("001-7"))
        self.assertFalse(self._elu("001-4", "cc"))
        told = self.env["mairie.scrutin.journal"].search(
            [("tour_id", "=", self.tour.id)], order="id desc", limit=2
        )
        self.assertEqual(told.mapped("event"), ["restoration", "succession"])
        self.assertIn("Démission retirée", told[0].detail)
        self.assertEqual(self._wizard("001-1").successor_id.nom, "001-7", "again")
        with self.assertRaisesRegex(UserError, "did not leave"):
            self._restore("001-1")

    def test_replacements_are_taken_back_in_the_opposite_order(self):
        self._replace("001-4")
        self._replace("001-7")
        with self.assertRaisesRegex(UserError, "001-7"):
            self._restore("001-4")
        self._restore("001-7")
        self._restore("001-4")
        self.assertTrue(self._elu("001-4").is_seated)

    def test_only_a_supervisor_takes_a_replacement_back(self):
        self._replace("001-4")
        with self.assertRaises(AccessError):
            self._restore("001-4", user=self._new_role("operateur"))

    def test_only_a_supervisor_names_a_successor_of_a_proclaimed_seat(self):
        operator = self._new_role("operateur")
        with self.assertRaises(AccessError):
            self._wizard("001-4", user=operator)
        with self.assertRaisesRegex(UserError, "day of the vote"):
            self._wizard("001-4", date="2026-03-01").action_replace()
        with self.assertRaises(AccessError):
            self._elu("001-4").with_user(self.supervisor).left_date = "2026-09-01"


class SubstituteCase(ScrutinMixin, MairieCase):
    KIND, PEOPLE = "legislatives", 1

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scrutin.write({"kind": cls.KIND, "covers_constituency": True})
        cls._complete()
        for row in cls.tour.candidature_ids:
            row.candidat_ids = [
                (0, 0, cls._person(f"{row.panneau}-{rank}", rank))
                for rank in range(1, cls.PEOPLE + 1)
            ]
        cls.tour.action_proclaim()
        cls.supervisor = cls._new_role("superviseur")

    @classmethod
    def _person(cls, nom, ordre):
        sexe = "MF"[ordre - 1]
        substitute = {"nom": f"{nom}-remplaçant", "sexe": sexe}
        person = {"nom": nom, "ordre": ordre, "sexe": sexe}
        return {**person, "substitute_ids": [(0, 0, substitute)]}

    def _elu(self, nom):
        return self.tour.attribution_ids.elu_ids.filtered(
            lambda row: row.candidat_id.nom == nom
        )

    def _wizard(self, nom, reason):
        wizard = self.env["mairie.scrutin.elu.replace"].with_user(self.supervisor)
        return wizard.create(
            {"elu_id": self._elu(nom).id, "date": "2026-09-01", "reason": reason}
        )


@tagged("post_install", "-at_install")
class TestDeputySubstitute(SubstituteCase):
    """L155, LO176, LO178: the substitute of a député."""

    def test_a_substitute_is_no_candidate(self):
        row = self.tour.candidature_ids[0]
        self.assertEqual((len(row.candidat_ids), row.candidate_count), (1, 1))
        self.assertEqual(row.remplacant_ids.titular_id, row.candidat_ids)
        self.assertEqual(row.remplacant_ids.candidature_id, row)
        self.assertEqual(len(self.tour.attribution_ids.elu_ids), 1)

    def test_the_proclamation_names_the_substitute(self):
        (council,) = self.tour._prepare_councils()
        ((person,),) = [row["elected"] for row in council["lists"]]
        self.assertEqual(person["substitute"], "remplaçant : 001-1-remplaçant")

    def test_the_cause_tells_whether_the_substitute_sits(self):
        for reason, article, called in (
            ("death", "LO176", True),
            ("incompatibility", "LO176", True),
            ("government", "LO176", True),
            ("resignation", "LO178", False),
            ("annulment", "LO178", False),
        ):
            with self.subTest(reason):
                wizard = self._wizard("001-1", reason)
                self.assertIn(article, wizard.explanation)
                self.assertEqual(bool(wizard.successor_id), called)

    def test_the_substitute_sits_then_nobody_follows(self):
        self._wizard("001-1", "death").action_replace()
        called = self._elu("001-1-remplaçant")
        self.assertTrue(called.is_seated)
        self.assertEqual(called.rule, "substitute")
        wizard = self._wizard("001-1-remplaçant", "death")
        self.assertFalse(wizard.successor_id)
        self.assertIn("LO178", wizard.explanation)
        (council,) = self.tour._prepare_councils()
        names = [one["name"] for row in council["lists"] for one in row["elected"]]
        self.assertEqual(names, ["001-1"], "proclaimed once, whoever sits since")


@tagged("post_install", "-at_install")
class TestPairSubstitute(SubstituteCase):
    """L210-1, L221: each of a pair has a substitute of the same sex."""

    KIND, PEOPLE = "departementales", 2

    def test_each_of_a_pair_is_followed_by_the_own_substitute(self):
        wizard = self._wizard("001-2", "resignation")
        self.assertEqual(wizard.successor_id.nom, "001-2-remplaçant")
        self.assertIn("L221", wizard.explanation)
        wizard.action_replace()
        self.assertTrue(self._elu("001-1").is_seated)
        self.assertFalse(self._wizard("001-1", "dismissal").successor_id)

    def test_a_substitute_is_of_the_same_sex_and_of_the_same_candidacy(self):
        first, second = self.tour.candidature_ids
        self.tour.sudo().state = "depouillement"
        with self.assertRaisesRegex(ValidationError, "L210-1"):
            first.remplacant_ids[0].sexe = "F"
        with self.assertRaisesRegex(ValidationError, "same candidacy"):
            second.remplacant_ids[0].candidature_id = first
