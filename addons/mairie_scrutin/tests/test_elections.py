import base64
import io

from freezegun import freeze_time
from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from openpyxl import Workbook

from .common import ScrutinMixin


@tagged("post_install", "-at_install")
class TestElections(ScrutinMixin, MairieCase):
    """What the law proposes when an election is created."""

    def _new(self, kind, **vals):
        return self.env["mairie.scrutin"].create(
            {"name": kind, "kind": kind, "company_id": self.commune.id, **vals}
        )

    def test_each_kind_brings_its_rule_its_code_and_its_second_round(self):
        cases = {
            "municipales": ("l262", "MN", "2026-03-22"),
            "departementales": (False, "DEP", "2026-03-22"),
            "presidentielle": (False, "PRE", "2026-03-29"),
            "europeennes": (False, "EUR", False),
            "referendum": (False, "REF", False),
            "arrondissement": ("l262", "MN", "2026-03-22"),
        }
        for kind, (regime, code, second) in cases.items():
            with self.subTest(kind):
                scrutin = self._new(kind, first_date="2026-03-15")
                self.assertEqual(scrutin.regime, regime)
                self.assertEqual(scrutin.type_code, code)
                self.assertEqual(scrutin.year, 2026)
                self.assertEqual(str(scrutin.second_date), str(second))

    def test_winners_are_computed_where_the_whole_constituency_votes(self):
        scrutin = self._new("departementales")
        self.assertEqual((scrutin.regime, scrutin.seat_count), (False, 0))
        scrutin.covers_constituency = True
        self.assertEqual(scrutin.regime, "majoritaire_12_5")
        self.assertEqual(scrutin.seat_count, 1)

    def test_paris_votes_twice(self):
        city = self._new("municipales", commune_insee="75056")
        self.assertEqual((city.regime, city.seat_count), ("l262_plm25", 163))
        self.assertTrue(city.community_quarter)
        self.assertIn("sector", city.with_context(lang="en_US").warning)
        sector = self._new("arrondissement", commune_insee="75056")
        self.assertEqual(sector.regime, "l262")
        self.assertIn("75056SR16", sector.warning)

    def test_the_form_proposes_and_the_person_decides(self):
        form = Form(self.env["mairie.scrutin"].with_company(self.commune))
        form.name = "Municipales 2032"
        form.commune_insee = self.commune.mairie_insee_code
        form.population = 640
        self.assertEqual(form.seat_count, 15)
        form.seat_count = 13
        scrutin = form.save()
        self.assertEqual(scrutin.seat_count, 13)
        self.assertTrue(scrutin.is_small)

    @freeze_time("2026-03-11")
    def test_the_first_round_comes_with_its_closing_and_its_deadlines(self):
        self.tour.write({"cloture": 19.0, "date": "2031-03-16"})
        scrutin = self._new("municipales", first_date="2026-03-15")
        scrutin.action_create_first_round()
        tour = scrutin.tour_ids
        self.assertEqual((tour.numero, tour.cloture), (1, 19.0))
        rows = tour._prepare_deadlines()
        self.assertEqual(
            [(row["article"], row["status"]) for row in rows],
            [
                ("L267", "past"),
                ("R41", "past"),
                ("R46, R47", "coming"),
                ("L68", "coming"),
                ("R119", "coming"),
            ],
        )
        self.assertIn("L267", tour.deadlines)
        with self.assertRaises(UserError):
            scrutin.action_create_first_round()

    def test_a_day_that_is_no_sunday_is_told(self):
        scrutin = self._new("municipales", first_date="2026-03-16")
        self.assertIn("L55", scrutin.warning)
        scrutin.first_date = "2026-03-15"
        self.assertFalse(scrutin.warning)

    def test_two_rounds_of_a_day_name_each_other(self):
        other = self._new("arrondissement")
        second = self.env["mairie.scrutin.tour"].create(
            {"scrutin_id": other.id, "date": "2026-03-15", "public_code": "secteur"}
        )
        second.concomitant_id = self.tour
        self.assertEqual(self.tour.concomitant_id, second)
        self.tour.concomitant_id = False
        self.assertFalse(second.concomitant_id)
        with self.assertRaises(ValidationError):
            second.write({"date": "2026-03-22", "concomitant_id": self.tour.id})

    def test_the_other_election_of_the_day_is_made_in_one_action(self):
        self._import_three()
        supervisor = self._new_role("superviseur")
        self.tour.with_user(supervisor).action_add_ballot()
        wizard = (
            self.env["mairie.scrutin.tour.add.ballot"]
            .with_user(supervisor)
            .create(
                {
                    "tour_id": self.tour.id,
                    "name": "Secteur 16",
                    "circonscription": "49999SR16",
                    "seat_count": 11,
                }
            )
        )
        self.assertEqual(wizard.kind, "arrondissement")
        wizard.action_create_ballot()
        other = self.tour.concomitant_id
        self.assertEqual(other.scrutin_id.circonscription, "49999SR16")
        self.assertEqual(other.scrutin_id.seat_count, 11)
        self.assertEqual(other.concomitant_id, self.tour)
        self.assertEqual(
            other.bureau_tour_ids.bureau_id, self.tour.bureau_tour_ids.bureau_id
        )
        self.assertEqual(other.bureau_tour_ids.mapped("inscrits"), [800, 900, 700])
        with self.assertRaises(UserError):
            wizard.action_create_ballot()
        reader = self._new_role("lecture")
        with self.assertRaises(UserError):
            self.tour.with_user(reader).action_add_ballot()

    def _seats_file(self, *rows):
        book = Workbook()
        head = ["CODE_DPT", "CODE_COMMUNE", "LIB_COMMUNE", "CODE_COM_ASSOCIEE"]
        book.active.append([*head, "POPULATION", "NBRE_SAP_COM", "NBRE_SAP_EPCI"])
        for row in rows:
            book.active.append(row)
        out = io.BytesIO()
        book.save(out)
        return base64.b64encode(out.getvalue())

    def test_seats_come_from_the_ministry_s_spreadsheet(self):
        data = self._seats_file(
            ["49", "49998", "Ailleurs", None, 100, 11, 1],
            ["49", "49999", "Essai", None, 18120, 33, 12],
        )
        wizard = self.env["mairie.scrutin.seats"].create(
            {"scrutin_id": self.scrutin.id, "data": data}
        )
        wizard.action_preview()
        self.assertEqual((wizard.seat_count, wizard.old_seat_count), (33, 15))
        self.assertEqual(self.scrutin.seat_count, 15, "a preview changes nothing")
        wizard.action_take()
        self.assertEqual(self.scrutin.seat_count, 33)
        self.assertEqual(self.scrutin.community_seat_count, 12)
        self.assertEqual(self.scrutin.population, 18120)

    def test_another_file_or_another_commune_is_told_in_a_sentence(self):
        wizard = self.env["mairie.scrutin.seats"].create(
            {"scrutin_id": self.scrutin.id}
        )
        cases = {
            "file": base64.b64encode(b"bonjour;le;monde"),
            "49999": self._seats_file(["49", "49998", "Ailleurs", None, 1, 11, 1]),
            "beaucoup": self._seats_file(
                ["49", "49999", "Ici", None, 1, "beaucoup", 1]
            ),
            "xlsx": base64.b64encode(b"PK nothing of the kind"),
        }
        for word, data in cases.items():
            wizard.data = data
            with self.subTest(word), self.assertRaises(UserError):
                wizard.action_preview()
        self.assertEqual(self.scrutin.seat_count, 15)

    def test_only_the_organiser_changes_an_election(self):
        for role in ("secretaire", "lecture", "operateur", "superviseur"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.scrutin.with_user(self._new_role(role)).seat_count = 1
