import base64

from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.misc import file_open

from ..lib.prefecture_record import parse
from .common import GAP, GOOD, SHORT, ScrutinMixin, line


@tagged("post_install", "-at_install")
class TestImport(ScrutinMixin, MairieCase):
    def test_stations_lists_and_results_come_from_the_file(self):
        self._import_three()
        self.assertEqual(self.tour.candidature_ids.mapped("panneau"), ["001", "002"])
        self.assertEqual(self.tour.bureau_tour_ids.mapped("inscrits"), [800, 900, 700])
        self.assertEqual(self._station("0001").exprimes, 490)
        self.assertEqual(self.tour.state, "depouillement")

    def test_controls_put_each_station_in_its_state(self):
        self._import_three()
        states = {row.code: row.state for row in self.tour.bureau_tour_ids}
        self.assertEqual(
            states, {"0001": "a_verifier", "0002": "a_verifier", "0003": "erreur"}
        )
        self.assertEqual(self._station("0002").controle_ids.code, "A02")
        self.assertEqual(self._station("0003").controle_ids.code, "E01")
        self.assertEqual(self._station("0001").open_alert_count, 0)

    def test_importing_twice_changes_nothing(self):
        self._import_three()
        entries = self.env["mairie.scrutin.saisie"].search_count([])
        wizard = self._import_three()
        self.assertEqual(self.env["mairie.scrutin.saisie"].search_count([]), entries)
        self.assertEqual((wizard.take_count, wizard.same_count), (0, 3))

    def test_a_corrected_line_is_a_new_version(self):
        self._import_three()
        self._import(line("0003", SHORT.replace("187", "190")))
        station = self._station("0003")
        self.assertEqual(station.state, "a_verifier")
        self.assertEqual(station.saisie_count, 2)
        self.assertFalse(station.controle_ids, "the old checks are put away")

    def test_preview_changes_nothing_and_tells_each_refused_line(self):
        content = "\n".join([line("0001", GOOD), line("0002", "beaucoup"), "n'importe"])
        wizard = self.env["mairie.scrutin.tour.import"].create(
            {"tour_id": self.tour.id, "data": base64.b64encode(content.encode())}
        )
        wizard.action_preview()
        self.assertFalse(self.tour.bureau_tour_ids)
        self.assertEqual((wizard.take_count, wizard.refused_count), (1, 2))
        self.assertEqual(wizard.problem_ids.mapped("number"), [2, 3])
        report = base64.b64decode(wizard.error_file).decode("utf-8-sig")
        self.assertIn("n'importe", report)
        self.assertEqual(len(report.splitlines()), 3)

    def test_a_validated_station_is_left_as_it_is(self):
        self._import_three()
        self._station("0001").action_validate()
        wizard = self._import(line("0001", GOOD.replace("300;002;190", "290;002;200")))
        self.assertEqual(wizard.locked_count, 1)
        self.assertEqual(self._station("0001").saisie_count, 1)
        self.assertIn("0001", wizard.problem_ids.reason)

    def test_a_file_of_elsewhere_is_refused_whole(self):
        cases = {
            "commune": line("0001", GOOD).replace(";999;", ";007;"),
            "round": line("0001", GOOD).replace("2026;1;", "2026;2;"),
            "station": "ceci n'est pas un fichier",
        }
        for word, content in cases.items():
            with self.subTest(word), self.assertRaises(UserError):
                self._import(content)
        self.assertFalse(self.tour.bureau_tour_ids)

    def test_other_lists_are_refused(self):
        self._import_three()
        with self.assertRaisesRegex(UserError, "003"):
            self._import(line("0004", GOOD.replace("002;190", "003;190")))

    def test_the_file_is_kept_where_only_supervisors_read_it(self):
        self._import_three()
        journal = self.env["mairie.scrutin.journal"].search(
            [("tour_id", "=", self.tour.id), ("event", "=", "import")]
        )
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", journal._name), ("res_id", "=", journal.id)]
        )
        self.assertEqual(attachment.name, "essai.csv")
        self.assertTrue(attachment.with_user(self._new_role("superviseur")).datas)
        for role in ("lecture", "secretaire", "operateur"):
            with self.subTest(role), self.assertRaises(AccessError):
                attachment.with_user(self._new_role(role)).read(["datas"])

    def test_toulouse_comes_in_whole_and_goes_out_the_same(self):
        """284 stations, 10 lists: the totals of the file, consolidated in SQL."""
        with file_open(
            "mairie_scrutin/demo/toulouse_2026_t1_prefecture.csv", "rb"
        ) as file:
            data = file.read()
        scrutin = self.scrutin.copy(
            {"name": "Toulouse", "commune_insee": "31555", "seat_count": 69}
        )
        tour = self.tour.copy(
            {"scrutin_id": scrutin.id, "public_code": "toulouse-essai"}
        )
        self._import(*data.decode().splitlines(), tour=tour)
        self.assertEqual(len(tour.bureau_tour_ids), 284)
        self.assertEqual(tour.error_count, 0)
        totals = tour._get_totals(("a_verifier",))
        self.assertEqual(totals["inscrits"], 281354)
        self.assertEqual(totals["exprimes"], 157021)
        self.assertEqual(max(totals["votes"].values()), 58462)
        with self.assertQueryCount(2):
            tour._get_totals(("a_verifier",))
        out = parse(tour._export_record()).stations
        source = {row.bureau: row for row in parse(data).stations}
        self.assertEqual(len(out), 284)
        for row in out:
            self.assertEqual(row.votes, source[row.bureau].votes)
            self.assertEqual(row.emargements, source[row.bureau].emargements)

    def test_gap_is_told_in_a_sentence(self):
        self._import(line("0002", GAP))
        self.assertIn("549", self._station("0002").alert_summary)
