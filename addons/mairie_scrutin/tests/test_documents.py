"""The papers to sign: figures and words, tags, one PDF for many, who may print."""

import io
from unittest.mock import patch

from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import file_open
from pypdf import PdfReader

from ..tools.words import in_words
from .common import GAP, GOOD, ScrutinMixin, line

TOULOUSE = "mairie_scrutin/demo/toulouse_2026_t1_prefecture.csv"


class DocumentMixin(ScrutinMixin):
    def _pdf(self, name, records, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.env.user)
        content, kind = reports._render_qweb_pdf(f"mairie_scrutin.{name}", records.ids)
        self.assertEqual(kind, "pdf")
        return PdfReader(io.BytesIO(content))

    def _text(self, name, records, user=None):
        pages = self._pdf(name, records, user).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())


@tagged("post_install", "-at_install")
class TestDocuments(DocumentMixin, MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._import(line("0001", GOOD), line("0002", GAP))
        cls.first, cls.second = cls.tour.bureau_tour_ids.sorted("code")
        cls.first.bureau_id.is_centralisateur = True
        cls.second.controle_ids.reason = "Un électeur parti sans signer"

    def test_french_words_of_the_figures(self):
        for number, words in (
            (0, "zéro"),
            (71, "soixante et onze"),
            (80, "quatre-vingts"),
            (281, "deux cent quatre-vingt-un"),
            (1_200, "mille deux cents"),
            (80_000, "quatre-vingt mille"),
        ):
            self.assertEqual(in_words(number), words)

    def test_minutes_say_figures_and_words_and_their_gap(self):
        text = self._text("report_pv", self.second)
        for said in ("550", "cinq cent cinquante", "cinq cent quarante-neuf"):
            self.assertIn(said, text)
        for said in ("deux cent trente", "5 de 100 et 1 de 50", "+1"):
            self.assertIn(said, text)
        self.assertIn("Un électeur parti sans signer", text)
        for article in ("R. 67", "L. 65", "R. 66-2", "R. 42", "R. 44"):
            self.assertIn(article, text)

    def test_blank_minutes_hold_no_figure_of_votes(self):
        values = self.first._prepare_pv(blank=True)
        self.assertFalse(any(row["value"] for row in values["lists"]))
        figures = {key: row["value"] for key, row in values["figures"].items()}
        self.assertEqual(figures.pop("inscrits"), "800")
        self.assertFalse(any(figures.values()))
        self.assertIn("assesseur", self._text("report_pv_blank", self.first))

    def test_members_and_delegates_are_on_the_minutes(self):
        self.env["mairie.scrutin.membre"].create(
            [
                {
                    "bureau_tour_id": self.first.id,
                    "role": role,
                    "name": name,
                    "birth_date": "1960-01-01",
                    "street": "3 rue secrète",
                }
                for role, name in (
                    ("president", "Allard"),
                    ("assesseur_suppl", "Bertin"),
                    ("delegue", "Collet"),
                )
            ]
        )
        text = self._text("report_pv", self.first)
        self.assertIn("Allard", text)
        self.assertIn("Collet", text)
        self.assertNotIn("Bertin", text, "deputies do not sign (R44)")
        self.assertNotIn("rue secrète", text)

    def test_a_voting_machine_has_no_envelope(self):
        self.first.bureau_id.has_voting_machine = True
        text = self._text("report_pv", self.first)
        self.assertIn("Votes enregistrés par la machine", text)
        self.assertNotIn("Enveloppes de centaine", text)

    def test_many_stations_make_one_tagged_document(self):
        pdf = self._pdf("report_pv", self.tour.bureau_tour_ids)
        root = pdf.trailer["/Root"]
        self.assertTrue(root["/MarkInfo"]["/Marked"])
        self.assertIn("/StructTreeRoot", root)
        self.assertEqual(root["/Lang"], "fr-FR")
        titles = [mark.title for mark in pdf.outline if not isinstance(mark, list)]
        self.assertEqual(titles, ["Procès-verbal des opérations électorales"] * 2)

    def test_collated_minutes_wait_for_every_station(self):
        self.first.action_validate()
        text = self._text("report_recensement", self.tour)
        self.assertIn("État provisoire : 1 bureaux vérifiés sur 2", text)
        self.second.action_validate()
        text = self._text("report_recensement", self.tour)
        self.assertNotIn("provisoire", text)
        for said in ("1 030", "mille trente", "six cent dix", "R. 69"):
            self.assertIn(said, text.replace("\N{NARROW NO-BREAK SPACE}", " "))

    def test_many_lists_are_split_into_tables(self):
        values = self.tour._prepare_recensement()
        self.assertEqual([len(table) for table in values["list_tables"]], [2])
        lists = self.env["mairie.scrutin.candidature"]
        totals = {"votes": dict.fromkeys(lists.ids, 0)}
        many = lists.concat(
            *(lists.new({"panneau": str(n), "name": "x"}) for n in range(34))
        )
        totals["votes"] = {row.id: 0 for row in many}
        tables = self.tour._split_lists(many, totals)
        self.assertEqual([len(table) for table in tables], [8, 8, 8, 8, 2])

    def test_proclamation_names_the_elected_in_the_order_of_the_list(self):
        self.tour.bureau_tour_ids.action_validate()
        winner = self.tour.candidature_ids[0]
        self.env["mairie.scrutin.candidat"].create(
            [
                {"candidature_id": winner.id, "ordre": n, "nom": f"Élu{n:02d}"}
                for n in range(1, 16)
            ]
        )
        self.tour.action_allocate()
        values = self.tour._prepare_proclamation()
        council = values["councils"][0]["lists"][0]
        self.assertEqual(council["seats"], len(council["elected"]))
        self.assertEqual(council["elected"][0]["name"], "Élu01")
        text = self._text("report_proclamation", self.tour)
        self.assertIn("six cent dix", text)
        self.assertIn("Sont proclamés élus", text)
        self.assertNotIn("Élu15", text)

    def _proclaim_majority(self, kind, **terms):
        """Values of the proclamation of a ballot that one candidacy wins."""
        self.tour.bureau_tour_ids.action_validate()
        self.scrutin.write({"kind": kind, "regime": "majoritaire_12_5", **terms})
        self.tour.action_allocate()
        return self.tour._prepare_proclamation()

    def test_both_people_of_a_pair_are_proclaimed(self):
        winner = self.tour.candidature_ids[0]
        for rank, (name, sex) in enumerate((("Ruiz", "F"), ("Stern", "M")), 1):
            vals = {"ordre": rank, "nom": name, "sexe": sex}
            winner.candidat_ids = [(0, 0, vals)]
        values = self._proclaim_majority("departementales")
        (row,) = values["councils"][0]["lists"]
        self.assertEqual([one["name"] for one in row["elected"]], ["Ruiz", "Stern"])
        self.assertEqual(values["quarter"], "425", "a quarter of 1,700, L193")
        text = self._text("report_proclamation", self.tour)
        for said in ("Sont proclamés élus", "Ruiz", "Stern", "R. 112"):
            self.assertIn(said, text)
        self.assertNotIn("R. 69", text)

    def test_a_candidate_alone_is_announced_by_her_name(self):
        winner = self.tour.candidature_ids[0]
        winner.candidat_ids = [(0, 0, {"ordre": 1, "nom": "Ruiz", "sexe": "F"})]
        values = self._proclaim_majority("legislatives")
        (row,) = values["councils"][0]["lists"]
        self.assertEqual(row["announce"], "Est proclamée élue :")
        self.assertIn("R. 107", values["who"], "a commission proclaims, not the town")

    def test_nobody_elected_is_said_in_the_words_of_the_ballot(self):
        self.first.inscrits = 9000
        entry = {"inscrits": 9000}
        with patch.object(
            type(self.tour), "_get_totals", self._with_totals(self.tour, entry)
        ):
            values = self._proclaim_majority("departementales")
        council = values["councils"][0]
        self.assertEqual((council["state"], council["lists"]), ("second_round", []))
        self.assertIn("L. 193", council["again"])

    def _with_totals(self, tour, changed):
        found = tour._get_totals

        def totals(_self, *args):
            return found(*args) | changed

        return totals

    def test_minutes_say_where_they_go_and_until_when_to_contest(self):
        text = self._text("report_pv", self.first)
        self.assertIn("sous-préfecture ou la préfecture (art. L. 68)", text)
        self.assertIn("vendredi 20 mars 2026 à 18 heures (art. R. 119)", text)
        for article in ("R. 57", "R. 62", "R. 70"):
            self.assertIn(article, text)
        self.scrutin.kind = "legislatives"
        values = self.first._prepare_pv()
        self.assertIn("la préfecture (art. L. 68)", values["sending"])
        self.assertNotIn("sous-préfecture", values["sending"])
        self.assertEqual(values["claims"], "")

    def test_estimate_of_the_first_hundreds_stays_in_the_cell(self):
        operator = self._new_role("operateur")
        tour = self.tour.with_user(operator)
        with self.assertRaisesRegex(UserError, "first hundred"):
            tour.action_print_estimate()
        votes = {
            row.id: voix
            for row, voix in zip(self.tour.candidature_ids, (60, 40), strict=True)
        }
        with patch.object(
            type(self.tour), "_get_hundreds", lambda _self: {self.first.id: votes}
        ):
            text = self._text("report_estimate", self.tour, operator)
            self.assertIn("L. 52-2", text)
            self.assertIn("Intervalle à 95 %", text)
            reader = self._new_role("lecture")
            with self.assertRaises(UserError):
                self.tour.with_user(reader).action_print_estimate()

    def test_sheets_of_the_station(self):
        for name, said in (
            ("report_presence", "Feuille de présence, bureau 0001"),
            ("report_centaine", "1re centaine"),
            ("report_labels", "centaine n° 8"),
            ("report_posted", "Résultat du bureau de vote 0001"),
            ("report_station_papers", "Feuille de présence, bureau 0001"),
        ):
            with self.subTest(name):
                self.assertIn(said, self._text(name, self.first))
        booths = self._text("report_booths", self.tour)
        self.assertIn("0001", booths)
        self.assertIn("L. 62", booths)

    def test_receipts_say_who_was_named_and_when(self):
        self.env["mairie.scrutin.membre"].create(
            {
                "bureau_tour_id": self.first.id,
                "role": "assesseur",
                "name": "Allard",
                "candidature_id": self.tour.candidature_ids[0].id,
            }
        )
        text = self._text("report_receipts", self.tour)
        self.assertIn("12/03/2026", text)
        self.assertIn("Allard", text)

    def test_a_letter_carries_the_personal_link(self):
        membre = self.env["mairie.scrutin.membre"].create(
            {
                "bureau_tour_id": self.first.id,
                "role": "president",
                "civility": "madame",
                "name": "Allard",
                "street": "3 rue du Port",
            }
        )
        text = self._text("report_convocation", membre)
        for said in ("Vous êtes présidente", "dimanche 15 mars 2026", "3 rue du Port"):
            self.assertIn(said, text)

    def test_papers_of_very_many_stations_are_made_behind_the_screen(self):
        operator = self._new_role("operateur")
        editions = self.env["mairie.scrutin.edition"]
        path = "odoo.addons.mairie_scrutin.models.mairie_scrutin_tour_document.AT_ONCE"
        with patch(path, 1):
            action = self.tour.with_user(operator).action_print_pv()
        self.assertEqual(action["res_model"], editions._name)
        edition = editions.with_user(operator).search([])
        with self.assertRaises(UserError):
            edition.action_download()
        editions._cron_make()
        self.assertEqual(edition.state, "done")
        pages = PdfReader(io.BytesIO(edition.sudo().attachment_id.raw)).pages
        self.assertGreaterEqual(len(pages), 6)
        other = self._new_role("superviseur")
        self.assertFalse(editions.with_user(other).search([]))
        with self.assertRaises(AccessError):
            edition.attachment_id.with_user(other).read(["raw"])
        with self.assertRaises(AccessError):
            edition.write({"state": "waiting"})

    def test_a_secretary_prints_his_own_station_only(self):
        secretary = self._new_role("secretaire")
        self.first.secretaire_id = secretary
        self.assertIn("0001", self._text("report_pv", self.first, secretary))
        with self.assertRaises(AccessError):
            self._text("report_pv", self.second, secretary)

    def test_an_organiser_prints_blank_minutes_only(self):
        organiser = self._new_role("organisation")
        self.assertIn("0001", self._text("report_pv_blank", self.first, organiser))
        with self.assertRaises(AccessError):
            self._text("report_pv", self.first, organiser)


@tagged("post_install", "-at_install")
class TestToulouseDocuments(DocumentMixin, MairieCase):
    def test_figures_of_toulouse_stand_in_words(self):
        """Round of 15 March 2026: the signed figures of two real stations."""
        self.scrutin.commune_insee = "31555"
        with file_open(TOULOUSE) as file:
            rows = file.read().splitlines()[2:4]
        self._import(*rows)
        for raw in rows:
            cells = raw.split(";")
            text = self._text("report_pv", self._station(cells[6]))
            for figure in (int(cells[10]), int(cells[14]), *map(int, cells[17::2])):
                self.assertIn(in_words(figure), text)
