"""Seats by département: the worked example of the ministry's guide for candidates."""

from unittest.mock import patch

from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ScrutinMixin, line

VOTES = (
    (1149, 3380, 4678, 16321),
    (62366, 14244, 37236, 33231),
    (132833, 35629, 92022, 28512),
    (203511, 66521, 165683, 73260),
    (143200, 25698, 73260, 23523),
)
POPULATIONS = (80_000, 300_000, 600_000, 900_000, 500_000)


def department(rank, votes):
    """One département as a line of the préfecture's file."""
    total = sum(votes)
    cells = [2 * total, total, total, total, 0, 0, total, len(votes)]
    cells += [text for n, v in enumerate(votes, 1) for text in (f"00{n}", v)]
    figures = ";".join(map(str, cells))
    return line(f"000{rank}", figures).replace("2026;1;", "2026;2;")


@tagged("post_install", "-at_install")
class TestSections(ScrutinMixin, MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scrutin.write(
            {
                "kind": "regionales",
                "regime": "regional",
                "seat_count": 125,
                "community_seat_count": 0,
                "type_code": "MN",
            }
        )
        cls.tour.numero = 2
        cls._import(*(department(rank, row) for rank, row in enumerate(VOTES, 1)))
        for rank, station in enumerate(cls.tour.bureau_tour_ids.sorted("code"), 1):
            station.bureau_id.section = f"D{rank}"
        cls.tour.bureau_tour_ids.controle_ids.reason = "Vu"
        cls.tour.bureau_tour_ids.action_validate()

    def _share(self):
        self.tour.action_allocate()
        return self.tour.attribution_ids

    def _know_populations(self):
        self.scrutin.action_fill_sections()
        rows = self.scrutin.section_ids.sorted("code")
        for row, population in zip(rows, POPULATIONS, strict=True):
            row.population = population

    def _split(self, seats):
        """The seats of the first list, in the order of the sections."""
        shared = seats._get_section_seats()[self.tour.candidature_ids[0].id]
        return [won for _section, _votes, won in shared]

    def test_each_departement_gets_its_seats_and_its_least_number(self):
        self._know_populations()
        self.assertEqual(self.scrutin.section_ids.mapped("least"), [2, 4, 4, 4, 4])
        seats = self._share()
        won = {line.candidature_id.panneau: line.seats for line in seats.line_ids}
        self.assertEqual(won, {"001": 73, "002": 11, "003": 28, "004": 13})
        self.assertEqual(self._split(seats), [1, 8, 18, 27, 19])
        table = seats._get_section_table()
        self.assertEqual(table["totals"], [2, 14, 30, 51, 28])
        self.assertIn("D4", seats.sections)
        said = " ".join(seats._get_sentences())
        self.assertIn("D1 has fewer than 2 councillors", said)
        self.assertIn("from D4 (L338-1)", said)
        self.assertEqual(len(seats.elu_ids), 125)
        first = seats.elu_ids[0]
        self.assertEqual((first.section, first.ordre), ("D1", 1))

    def test_unknown_populations_are_said_and_nothing_moves(self):
        seats = self._share()
        self.assertEqual(self._split(seats), [0, 8, 18, 28, 19])
        self.assertIn("was not checked", " ".join(seats._get_sentences()))

    def test_ages_settle_a_tie_between_two_sections(self):
        """Only two départements, the same votes: the older next candidate wins."""
        bureaux = self.tour.bureau_tour_ids.bureau_id.sorted("code")
        bureaux[:4].section = "A"
        bureaux[4].section = "B"
        with self._even_votes():
            seats = self._share()
            self.assertEqual(seats.state, "tie")
            self.assertIn("sections A, B", seats.headline)
            people = [("A", "1970-01-01"), ("A", "1990-01-01"), ("B", "1980-01-01")]
            winner = self.tour.candidature_ids[0]
            winner.candidat_ids = [
                (
                    0,
                    0,
                    {
                        "ordre": 1 + (birth > "1985"),
                        "nom": birth,
                        "section": section,
                        "naissance": birth,
                    },
                )
                for section, birth in people
            ]
            seats = self._share()
        self.assertEqual(seats.state, "shared")
        self.assertEqual(seats.elu_ids.mapped("candidat_id.nom"), ["1970-01-01"])

    def _even_votes(self):
        winner = self.tour.candidature_ids[0]
        self.scrutin.seat_count = 1
        even = {row.id: {"A": 5, "B": 5} for row in winner}
        return patch.object(type(self.tour), "_get_section_votes", lambda _self: even)

    def test_a_region_of_one_departement_keeps_the_order_of_the_list(self):
        self.tour.bureau_tour_ids.bureau_id.section = "D1"
        seats = self._share()
        self.assertFalse(seats.sections)
        self.assertFalse(seats.elu_ids.filtered("section"))

    def test_the_departement_of_a_station_is_read_from_its_insee_code(self):
        self.tour.bureau_tour_ids.bureau_id.section = False
        self.assertEqual(self.tour._get_sections(), ["49"])
        self.tour.bureau_tour_ids[0].bureau_id.commune_insee = "97411"
        self.assertEqual(self.tour._get_sections(), ["49", "974"])

    def _associate(self):
        self.scrutin.write({"regime": "polynesie", "kind": "municipales"})
        self.scrutin.seat_count = 29
        self.scrutin.action_fill_sections()

    def test_associated_communes_of_polynesia_share_section_by_section(self):
        self._associate()
        rows = self.scrutin.section_ids.sorted("code")
        for row, people in zip(rows, (150, 600, 1500, 2500, 250), strict=True):
            row.population = people
        self.assertEqual(rows.mapped("seat_count"), [1, 3, 9, 15, 1])
        rows[0].seat_count, rows[3].seat_count = 2, 14  # the order of the préfet
        seats = self._share()
        self.assertEqual(seats.state, "shared")
        table = seats._get_section_table()
        self.assertEqual(table["totals"], [2, 3, 9, 14, 1])
        self.assertEqual(self._split(seats), [1, 2, 7, 11, 1])
        self.assertEqual(sum(seats.line_ids.mapped("seats")), 29)
        self.assertEqual(len(seats.elu_ids), 29)
        said = " ".join(seats._get_sentences())
        self.assertIn("D1 (1), D2 (1), D3 (5), D4 (8), D5 (0)", said)
        self.assertIn("Ask the haut-commissaire to confirm it", said)
        self.assertIn("D4: ", seats.averages)
        self.assertFalse(self.tour._prepare_night_seats([{"counted": True}]))

    def test_associated_communes_wait_for_the_seats_of_their_sections(self):
        self._associate()
        seats = self._share()
        self.assertEqual(seats.state, "open")
        self.assertIn("Missing: D1", seats.headline)
        self.scrutin.section_ids.population = 500
        self.scrutin.section_ids.seat_count = 5
        self.assertIn("25 seats in all, the council has 29", self._share().headline)
        with self.assertRaises(UserError):
            self.tour.action_proclaim()

    def test_only_who_sets_elections_up_writes_sections(self):
        supervisor = self._new_role("superviseur")
        with self.assertRaises(AccessError):
            self.scrutin.with_user(supervisor).action_fill_sections()
        self._know_populations()
        with self.assertRaisesRegex(UserError, "no other section"):
            self.scrutin.action_fill_sections()
