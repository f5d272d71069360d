"""A station without network: its day by voice or by a line of code."""

from freezegun import freeze_time
from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..lib.fallback_code import encode, encode_day, encode_hundred
from .common import ScrutinMixin, line

FIRST = "700;300;400;400;5;5;390;2;001;200;002;190"
NOON = "2026-03-15 11:05:00"  # 12:05 in the town


@tagged("post_install", "-at_install")
class TestTell(ScrutinMixin, MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._import(line("0001", FIRST))
        cls.tour.participation_hours = "12,17"
        bureau = cls.env["mairie.scrutin.bureau"].create(
            {"code": "0002", "company_id": cls.commune.id, "commune_insee": "49999"}
        )
        cls.station = cls.env["mairie.scrutin.bureau.tour"].create(
            {"tour_id": cls.tour.id, "bureau_id": bureau.id, "inscrits": 800}
        )
        cls.operator = cls._new_role("operateur")

    def _open(self, user=None, **values):
        wizard = self.env["mairie.scrutin.bureau.tour.tell"]
        wizard = wizard.with_user(user or self.operator)
        return wizard.create({"tour_id": self.tour.id, **values})

    def _read(self, kind, hour, votants=None, station="0002"):
        code = encode_day(station, self.tour.id, kind, hour, votants)
        wizard = self._open(code_lines=code)
        wizard.action_read_code()
        return wizard

    def _points(self):
        return [(row.hour, row.votants) for row in self.station._get_participation()]

    def test_an_opening_received_as_a_code(self):
        wizard = self._read("opening", 8 + 2 / 60)
        self.assertEqual(wizard.bureau_tour_id, self.station)
        self.assertIn("0002", wizard.read_back)
        self.assertIn(wizard.code_lines[-4:], wizard.read_back)
        wizard.action_record()
        self.assertEqual(self.station.phase, "ouvert")
        self.assertEqual(str(self.station.opened_date), "2026-03-15 07:02:00")
        self.assertFalse(wizard.bureau_tour_id, "ready for the next station")
        self.assertIn("0002", wizard.done)

    def test_a_turnout_received_as_a_code_says_where_it_comes_from(self):
        self._read("turnout", 12.0, 231).action_record()
        (row,) = self.station._get_participation()
        self.assertEqual((row.hour, row.votants, row.source), (12.0, 231, "fallback"))
        self.assertEqual(row.user_id, self.operator)

    def test_a_closing_is_the_last_turnout_and_shuts_the_door(self):
        self._read("turnout", 12.0, 231).action_record()
        self._read("closing", 18.0, 556).action_record()
        self.assertEqual(self._points(), [(12.0, 231), (self.tour.cloture, 556)])
        self.assertEqual(self.station.phase, "clos")

    def test_a_line_misheard_or_of_another_station(self):
        code = encode_day("0002", self.tour.id, "turnout", 12.0, 231)
        for typed in (
            code.replace("231", "213"),
            encode_day("0009", self.tour.id, "turnout", 12.0, 231),
            encode_day("0002", self.tour.id + 999, "turnout", 12.0, 231),
        ):
            with self.subTest(typed), self.assertRaises(UserError):
                self._open(code_lines=typed).action_read_code()
        self.assertFalse(self.station.participation_ids)

    def test_a_turnout_never_goes_down_nor_above_the_registered_without_a_reason(self):
        self._read("turnout", 12.0, 231).action_record()
        with self.assertRaisesRegex(UserError, "231"):
            self._read("turnout", 17.0, 98).action_record()
        above = self._read("closing", 18.0, 801)
        with self.assertRaisesRegex(UserError, "801"):
            above.action_record()
        above.reason = "Décision du tribunal"
        above.action_record()
        self.assertEqual(self._points()[-1], (self.tour.cloture, 801))

    @freeze_time(NOON)
    def test_a_call_without_a_code_proposes_the_hour(self):
        wizard = self._open(bureau_tour_id=self.station.id)
        self.assertEqual((wizard.kind, wizard.hour), ("turnout", 12.0))
        wizard.kind = "opening"
        self.assertAlmostEqual(wizard.hour, 12 + 5 / 60)
        wizard.kind = "turnout"
        with self.assertRaisesRegex(UserError, "number of voters"):
            wizard.action_record()
        wizard.votants = 180
        wizard.action_record()
        (row,) = self.station._get_participation()
        self.assertEqual((row.votants, row.source), (180, "mairie"))

    def test_four_lines_open_the_entry_of_the_result(self):
        figures = [800, 500, 500, 5, 5, 490, 10]
        lines = encode("0002", self.tour.id, figures, [300, 190])
        action = self._open(code_lines="\n".join(lines)).action_read_code()
        self.assertEqual(action["res_model"], "mairie.scrutin.bureau.tour.enter")
        entry = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(entry.exprimes, 490)
        entry.with_user(self.operator).action_record()
        self.assertEqual(self.station.saisie_id.source, "fallback")

    def test_a_hundred_received_as_a_code_stays_an_estimate(self):
        code = encode_hundred("0002", self.tour.id, "centaine1", 3, 2, [60, 35])
        wizard = self._open(code_lines=code)
        wizard.action_read_code()
        self.assertIn("60", wizard.read_back)
        wizard.action_record()
        entry = self.station.saisie_ids
        self.assertEqual((entry.kind, entry.source), ("centaine1", "fallback"))
        self.assertEqual(entry.line_ids.mapped("voix"), [60, 35])
        self.assertFalse(self.station.saisie_id, "never a result")
        self.assertIn("0002", wizard.done)
        for figures in ((3, 2, [60, 34]), (3, 2, [60, 30, 5])):
            wrong = encode_hundred("0002", self.tour.id, "centaine1", *figures)
            with self.subTest(wrong), self.assertRaises(UserError):
                self._open(code_lines=wrong).action_read_code()

    def test_the_other_election_of_the_day_is_found_by_its_code(self):
        other = self.tour.copy({"numero": 2, "public_code": "le-meme-jour"})
        station = self.station.create(
            {"tour_id": other.id, "bureau_id": self.station.bureau_id.id}
        )
        code = encode_day("0002", other.id, "turnout", 12.0, 99)
        with self.assertRaises(UserError):
            self._open(code_lines=code).action_read_code()
        self.tour.concomitant_id = other
        wizard = self._open(code_lines=code)
        wizard.action_read_code()
        self.assertEqual(wizard.bureau_tour_id, station)

    def test_only_the_cell_notes_what_is_told(self):
        for role in ("lecture", "organisation", "secretaire"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._open(self._new_role(role))
        self.tour.sudo().state = "proclame"
        with self.assertRaises(UserError):
            self._open(bureau_tour_id=self.station.id).action_record()
        with self.assertRaises(UserError):
            self.tour.with_user(self.operator).action_tell()
