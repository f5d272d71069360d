import base64
import io

import openpyxl
from freezegun import freeze_time
from odoo.addons.mairie_base.tests.common import MairieCase, MairieHttpCase
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.misc import file_open

from ..lib import ministry_record
from ..lib.prefecture_record import parse
from ..models.mairie_scrutin_tour_export import FORMATS
from .common import GAP, GOOD, ScrutinMixin, line

BEFORE = "2026-03-15 18:00:00"
AFTER = "2026-03-15 21:00:00"
STATS = "Inscrits;Votants;Abstentions;Exprimés;Blancs;Nuls"
MINISTRY = (
    f"Code département;Code commune;Libellé commune;Code BV;{STATS};"
    "Numéro de panneau 1;Nom candidat 1;Nuance liste 1;Libellé de liste 1;Voix 1;"
    "Numéro de panneau 2;Nom candidat 2;Nuance liste 2;Libellé de liste 2;Voix 2\n"
    "49;49999;Essai;0001;800;500;300;490;5;5;1;MARTIN;LDVD;Ensemble;300;"
    "2;PETIT;LSOC;Demain;190\n"
    "49;49999;Essai;0002;900;beaucoup;350;540;6;4;1;;;;310;2;;;;230\n"
    "49;49001;Ailleurs;0001;80;50;30;49;1;0;1;;;;40;2;;;;9\n"
)


@tagged("post_install", "-at_install")
class TestExports(ScrutinMixin, MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._import(line("0001", GOOD), line("0002", GAP))
        roles = ("superviseur", "operateur", "lecture")
        cls.users = {role: cls._new_role(role) for role in roles}
        cls.supervisor = cls.users["superviseur"]

    def _take(self, name, role="superviseur"):
        user = self.users[role]
        return self.tour.with_user(user)._get_export(name)

    def _validate(self):
        self.tour.bureau_tour_ids.controle_ids.write({"reason": "Au PV"})
        self.tour.bureau_tour_ids.action_validate()

    def test_provisional_until_every_station_is_validated(self):
        self.assertIn("_provisoire.csv", self._take("prefecture")[0])
        self.assertIn("2 stations not", self.tour._get_export_sentence())
        self._validate()
        self.assertNotIn("_provisoire", self._take("prefecture")[0])
        self.assertIn("2 stations, all validated", self.tour._get_export_sentence())

    @freeze_time(BEFORE)
    def test_before_the_hour_operators_only(self):
        self._validate()
        self._open_to_public()
        for name in FORMATS:
            self.assertIsNone(self._take(name, "lecture"), name)
        self.assertTrue(self._take("xlsx", "operateur"))
        self.assertIsNone(self._take("prefecture", "operateur"))

    @freeze_time(AFTER)
    def test_after_the_hour_readers_take_what_is_public(self):
        self._validate()
        self._open_to_public()
        self.assertTrue(self._take("long", "lecture"))
        self.assertIsNone(self._take("preuve", "lecture"))

    def test_each_taking_is_in_the_journal(self):
        for name in FORMATS:
            self._take(name)
        lines = self.env["mairie.scrutin.journal"].search(
            [("tour_id", "=", self.tour.id), ("event", "=", "export")]
        )
        self.assertEqual(len(lines), len(FORMATS))
        self.assertEqual(lines.user_id, self.supervisor)

    def test_an_unknown_format_is_nothing(self):
        self.assertIsNone(self._take("../prefecture"))

    def test_ministry_files_read_back_the_same(self):
        for name in ("ministere", "long"):
            content = self._take(name)[1]
            places = ministry_record.parse(content).places
            self.assertEqual([p.bureau for p in places], ["0001", "0002"], name)
            self.assertEqual(places[1].exprimes, 540)
            self.assertEqual([row.votes for row in places[1].lists], [310, 230])

    def test_the_spreadsheet_calculates_what_it_shows(self):
        content = self._take("xlsx")[1]
        formulas = openpyxl.load_workbook(io.BytesIO(content))
        values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        self.assertEqual(formulas.sheetnames[0], "Totaux")
        sheet, shown = formulas.worksheets[1], values.worksheets[1]
        self.assertEqual(sheet.freeze_panes, "D5")
        self.assertEqual(sheet["D7"].value, "=SUM(D5:D6)")
        self.assertEqual(shown["D7"].value, 1700)
        self.assertEqual(shown["I7"].value, 1030)
        total = values.worksheets[0]
        self.assertEqual([total["D6"].value, total["J6"].value], [1700, 610])
        self.assertIn("PROVISOIRE", total["A2"].value)

    def test_every_formula_of_the_spreadsheet_is_right(self):
        """The stored value of each formula is what the formula gives."""
        content = self._take("xlsx")[1]
        formulas = openpyxl.load_workbook(io.BytesIO(content))
        values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        tried = 0
        for sheet in formulas.worksheets:
            for cells in sheet.iter_rows():
                for cell in cells:
                    if cell.data_type == "f":
                        told = values[sheet.title][cell.coordinate].value
                        found = evaluate(cell.value, sheet.title, values)
                        self.assertAlmostEqual(told, found, 9, cell.coordinate)
                        tried += 1
        self.assertGreater(tried, 30)

    def test_toulouse_goes_out_as_it_came_in_byte_for_byte(self):
        path = "mairie_scrutin/demo/toulouse_2026_t1_prefecture.csv"
        with file_open(path, "rb") as file:
            data = file.read()
        vals = {"name": "Toulouse", "commune_insee": "31555", "seat_count": 69}
        scrutin = self.scrutin.copy(vals)
        tour = self.tour.copy({"scrutin_id": scrutin.id, "public_code": "toulouse-x"})
        self._import(*data.decode().splitlines(), tour=tour)
        body = [row for row in data.splitlines(keepends=True) if row[:1].isdigit()]
        body.sort(key=lambda row: int(row.split(b";")[0]))
        self.assertEqual(tour._export_record().encode(), b"".join(body))

    def test_type_and_flag_are_settings(self):
        self.scrutin.write({"type_code": "XX", "prefecture_flag": "C"})
        first = parse(self._take("prefecture")[1]).stations[0]
        self.assertEqual((first.type_code, first.flag), ("XX", "C"))

    def test_nothing_received_is_a_sentence(self):
        empty = self.tour.copy({"numero": 2, "public_code": "essai-tour-2"})
        with self.assertRaisesRegex(UserError, "nothing to send"):
            empty.with_user(self.supervisor)._get_export("xlsx")


def evaluate(formula, sheet, values):
    """SUM, IF(x=0,0,…), the four operations, references: all that we write."""
    import re

    def cell(match):
        name = match.group(1) or sheet
        return repr(values[name][match.group(2)].value or 0)

    def total(match):
        cells = values[sheet][match.group(1)]
        return repr(sum(c.value or 0 for row in cells for c in row))

    text = re.sub(r"SUM\((\w+:\w+)\)", total, formula.removeprefix("="))
    text = re.sub(r"(?:'([^']+)'!)?\b([A-Z]+\d+)\b", cell, text)
    found = re.fullmatch(r"IF\((.+)=0,0,(.+)/(.+)\)", text)
    if found:
        whole = float(found[3])
        return float(found[2]) / whole if whole else 0
    return sum(
        float(f"{sign or '+'}{number}")
        for sign, number in re.findall(r"([+-]?)(\d+(?:\.\d+)?)", text)
    )


@tagged("post_install", "-at_install")
class TestMinistryImport(ScrutinMixin, MairieCase):
    def _wizard(self, content):
        if isinstance(content, str):
            content = content.encode("utf-8-sig")
        wizard = self.env["mairie.scrutin.tour.import"].create(
            {"tour_id": self.tour.id, "data": base64.b64encode(content)}
        )
        wizard.action_preview()
        return wizard

    def test_the_format_is_recognised_and_nothing_is_lost(self):
        wizard = self._wizard(MINISTRY)
        self.assertIn("2024", wizard.format_name)
        counts = (wizard.take_count, wizard.refused_count, wizard.elsewhere_count)
        self.assertEqual(counts, (1, 1, 1))
        report = base64.b64decode(wizard.error_file).decode("utf-8-sig")
        self.assertIn("beaucoup", report)
        self.assertFalse(self.tour.bureau_tour_ids)

    def test_stations_and_named_lists_come_in(self):
        self._wizard(MINISTRY).action_import()
        self.assertEqual(self._station("0001").exprimes, 490)
        lists = self.tour.candidature_ids
        self.assertEqual(lists.mapped("name"), ["Ensemble", "Demain"])
        self.assertEqual(lists.mapped("nuance"), ["LDVD", "LSOC"])

    def _as_spreadsheet(self, text):
        book = openpyxl.Workbook()
        for row in text.splitlines():
            book.active.append(row.split(";"))
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def test_a_spreadsheet_comes_in_the_same(self):
        self.assertEqual(self._wizard(self._as_spreadsheet(MINISTRY)).take_count, 1)

    def test_a_past_election_is_read_from_either(self):
        past = self.env["mairie.scrutin.reference"].create(
            {"name": "Européennes", "date": "2024-06-09"}
        )
        for content in (MINISTRY.encode(), self._as_spreadsheet(MINISTRY)):
            past.ligne_ids.unlink()
            self.env["mairie.scrutin.reference.import"].create(
                {
                    "reference_id": past.id,
                    "data": base64.b64encode(content),
                    "commune_insee": "49999",
                }
            ).action_import()
            self.assertEqual(past.ligne_ids.mapped("exprimes"), [490])
        self.assertEqual(past.liste_ids.mapped("name"), ["Ensemble", "Demain"])

    def test_a_broken_spreadsheet_is_a_sentence(self):
        with self.assertRaisesRegex(UserError, "XLSX"):
            self._wizard(b"PK\x03\x04 casse")

    def test_a_file_by_commune_is_a_sentence(self):
        rows = [row.split(";") for row in MINISTRY.splitlines()[:2]]
        text = "\n".join(";".join(row[:3] + row[4:]) for row in rows)
        with self.assertRaisesRegex(UserError, "par bureau"):
            self._wizard(text)

    def test_a_file_of_another_commune_is_refused_whole(self):
        with self.assertRaisesRegex(UserError, "49001"):
            self._wizard(MINISTRY.replace("49999", "49001"))


@tagged("post_install", "-at_install")
class TestExportRoute(ScrutinMixin, MairieHttpCase):
    def test_the_file_arrives_with_its_name(self):
        self._import(line("0001", GOOD))
        user = self._new_role("superviseur")
        user.password = user.login
        self.authenticate(user.login, user.login)
        answer = self.url_open(f"/mairie_scrutin/{self.tour.id}/export/xlsx")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("provisoire.xlsx", answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        for path in (f"{self.tour.id}/export/autre", "999999/export/xlsx"):
            self.assertEqual(self.url_open(f"/mairie_scrutin/{path}").status_code, 404)
