import psycopg2
from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..lib.fallback_code import encode
from .common import ScrutinMixin, line

FIRST = "700;300;400;400;5;5;390;2;001;200;002;190"

FIGURES = {
    "inscrits": 800,
    "emargements": 500,
    "votants": 500,
    "blancs": 5,
    "nuls": 5,
    "exprimes": 490,
}


@tagged("post_install", "-at_install")
class TestDoubleEntry(ScrutinMixin, MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._import(line("0001", FIRST))
        bureau = cls.env["mairie.scrutin.bureau"].create(
            {"code": "0002", "company_id": cls.commune.id, "commune_insee": "49999"}
        )
        cls.station = cls.env["mairie.scrutin.bureau.tour"].create(
            {"tour_id": cls.tour.id, "bureau_id": bureau.id, "inscrits": 800}
        )
        cls.one = cls._new_role("operateur", "un")
        cls.two = cls._new_role("operateur", "deux")
        cls.supervisor = cls._new_role("superviseur")

    def _open(self, user, **values):
        wizard = self.env["mairie.scrutin.bureau.tour.enter"].with_user(user)
        wizard = wizard.create({"bureau_tour_id": self.station.id, **values})
        self.env.flush_all()  # its lines are made in its author's name
        return wizard

    def _enter(self, user, votes=(300, 190), **values):
        wizard = self._open(user, **{**FIGURES, **values})
        for row, voix in zip(wizard.line_ids, votes, strict=True):
            row.voix = voix
        return wizard.action_record()

    def test_one_station_needs_no_second_entry(self):
        alone = self.tour.copy({"numero": 2, "public_code": "seul"})
        self.assertFalse(alone.double_entry)
        self.assertTrue(self.tour.double_entry)
        self.tour.double_entry = False
        self.assertEqual(self.tour.double_entry_mode, "never")

    def test_two_identical_entries(self):
        self._enter(self.one)
        self.assertEqual(self.station.state, "a_double_saisir")
        with self.assertRaisesRegex(UserError, "0002"):
            self.station.with_user(self.supervisor).action_validate()
        self._enter(self.two)
        self.assertEqual(self.station.state, "a_verifier")
        self.assertEqual(self.station.second_id.rang, 2)
        self.assertEqual(self.station.second_id.first_id, self.station.saisie_id)
        self.station.with_user(self.supervisor).action_validate()

    def test_the_first_author_makes_no_second_entry(self):
        self._enter(self.one)
        with self.assertRaises(UserError):
            self._enter(self.one)
        first = self.station.saisie_id
        vals = {
            **FIGURES,
            "bureau_tour_id": self.station.id,
            "rang": 2,
            "first_id": first.id,
            "author": first.author,
        }
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.env["mairie.scrutin.saisie"].create(vals)
        self.assertFalse(self.station.with_user(self.one).can_enter_second)
        self.assertTrue(self.station.with_user(self.two).can_enter_second)

    def test_the_first_author_may_correct_a_slip(self):
        self._enter(self.one)
        self._enter(self.one, votes=(290, 200), correction=True)
        self.assertEqual(self.station.saisie_count, 2)
        self.assertEqual(self.station.state, "a_double_saisir")

    def test_the_second_typist_does_not_see_the_first_figures(self):
        self._enter(self.one)
        self.env.invalidate_all()
        seen = self.station.with_user(self.two)
        self.assertFalse(seen.votants or seen.exprimes or seen.line_ids)
        with self.assertRaises(AccessError):
            self.station.saisie_id.with_user(self.two).read(["votants"])
        wizard = self._open(self.two)
        self.assertFalse(wizard.votants or wizard.is_proposed)
        self.assertFalse(any(wizard.line_ids.mapped("voix")))
        mine = self.station.with_user(self.one)
        self.assertEqual(mine.exprimes, 490)
        self.assertEqual(self.station.with_user(self.supervisor).exprimes, 490)

    def _differ(self):
        self._enter(self.one)
        self._enter(self.two, votes=(290, 200))
        self.assertEqual(self.station.state, "ecarts")
        wizard = self.env["mairie.scrutin.bureau.tour.settle"]
        wizard = wizard.with_user(self.supervisor).create(
            {"bureau_tour_id": self.station.id}
        )
        self.env.flush_all()  # its lines are made in its author's name
        return wizard

    def test_a_difference_shows_what_differs_and_asks_a_reason(self):
        wizard = self._differ()
        self.assertEqual(wizard.line_ids.mapped("first"), [300, 190])
        self.assertEqual(wizard.line_ids.mapped("second"), [290, 200])
        self.assertFalse(any(wizard.line_ids.mapped("report")))
        wizard.chosen = "second"
        with self.assertRaises(UserError):
            wizard.action_settle()
        wizard.reason = "Photo relue"
        wizard.action_settle()
        self.assertEqual(self.station.state, "a_verifier")
        self.assertEqual(self.station.saisie_id.line_ids.mapped("voix"), [290, 200])
        log = self.env["mairie.scrutin.journal"].search(
            [("event", "=", "difference")], limit=1
        )
        self.assertEqual((log.detail, log.user_id), ("Photo relue", self.supervisor))

    def test_neither_is_right(self):
        wizard = self._differ()
        wizard.write({"chosen": "other", "reason": "Les deux sont faux"})
        with self.assertRaises(UserError):
            wizard.action_settle()
        for row, text in zip(wizard.line_ids, ("291", "199"), strict=True):
            row.report = text
        wizard.action_settle()
        self.assertEqual(self.station.saisie_id.line_ids.mapped("voix"), [291, 199])
        self.assertEqual(self.station.state, "a_verifier")

    def test_an_operator_settles_nothing(self):
        self._differ()
        with self.assertRaises(UserError):
            self.station.with_user(self.one)._settle_difference("first", "Oui")

    def test_two_clerks_at_once_get_both_versions(self):
        late = self._open(self.two, **FIGURES)
        self._enter(self.one)
        for row, voix in zip(late.line_ids, (299, 191), strict=True):
            row.voix = voix
        with self.assertRaises(UserError):
            # meanwhile the station waits for a second entry: it is opened again
            self.station.sudo().state = "a_double_saisir"
            late.action_record()
            if "299" in (late.conflict or "") and "300" in late.conflict:
                raise UserError(late.conflict)
        self.assertEqual(self.station.saisie_count, 1)

    def test_empty_lines_are_not_taken_for_zero(self):
        wizard = self._open(self.one, **FIGURES, blank_count=2)
        with self.assertRaises(UserError):
            wizard.action_record()

    def test_the_code_of_four_lines_fills_the_report(self):
        figures = [*FIGURES.values(), 10]
        lines = encode("0002", self.tour.id, figures, [300, 190])
        wizard = self._open(self.one, origin="fallback", code_lines="\n".join(lines))
        wizard.action_read_code()
        self.assertEqual((wizard.exprimes, wizard.annexes), (490, 10))
        self.assertEqual(wizard.line_ids.mapped("voix"), [300, 190])
        self.assertIn(lines[3], wizard.conflict)
        wizard.action_record()
        self.assertEqual(self.station.saisie_id.source, "fallback")

    def test_a_code_misheard_or_of_another_station(self):
        figures = [*FIGURES.values(), 10]
        for station, wrong, told in (
            ("0002", ("300", "309"), "3"),
            ("0003", ("", ""), "0003"),
        ):
            lines = encode(station, self.tour.id, figures, [300, 190])
            lines[2] = lines[2].replace(*wrong)
            wizard = self._open(self.one, code_lines="\n".join(lines))
            with self.assertRaisesRegex(UserError, told):
                wizard.action_read_code()

    def _collate(self):
        self._enter(self.one)
        self._enter(self.two)
        self.tour.bureau_tour_ids.controle_ids.write({"reason": "Au PV"})
        self.tour.bureau_tour_ids.with_user(self.supervisor).action_validate()
        self.assertTrue(self.tour.can_collate)
        self.tour.with_user(self.supervisor).action_census()

    def test_after_the_recensement_only_a_reasoned_rectification(self):
        self._collate()
        evening = self.station.saisie_id
        self.assertEqual(self.station.state, "recense")
        self.assertFalse(self.tour.can_collate)
        self.assertEqual(self.station.evening_saisie_id, evening)
        self.assertEqual(self.tour._get_totals()["stations"], 2)
        station = self.station.with_user(self.supervisor)
        station._reopen("Trop tard")
        self.assertEqual(self.station.state, "recense")
        with self.assertRaises(UserError):
            station.action_enter()
        vals = {
            **FIGURES,
            "bureau_tour_id": self.station.id,
            "votes": dict(zip(self.tour.candidature_ids.ids, (299, 191), strict=True)),
        }
        with self.assertRaises(UserError):
            station._rectify(vals, " ")
        with self.assertRaises(UserError):
            self.station.with_user(self.one)._rectify(vals, "Commission")
        station._rectify(vals, "Commission de recensement")
        self.assertEqual(self.station.state, "recense")
        self.assertEqual(self.station.saisie_id.line_ids.mapped("voix"), [299, 191])
        self.assertEqual(self.station.evening_saisie_id, evening)

    def test_a_rectification_says_who_may_rectify(self):
        wizard = self._open(self.supervisor)
        self.assertFalse(wizard.rectification_note)
        wizard.rectification = True
        self.assertIn("R69", wizard.rectification_note)
        self.scrutin.kind = "legislatives"
        wizard.invalidate_recordset(["rectification_note"])
        self.assertIn("R107", wizard.rectification_note)

    def test_nothing_is_collated_before_all_is_validated(self):
        self.assertFalse(self.tour.can_collate)
        with self.assertRaises(UserError):
            self.tour.with_user(self.supervisor).action_census()
