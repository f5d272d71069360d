"""Stations: numbers, perimeters by year, tables and maps that towns send."""

import base64
import json

from freezegun import freeze_time
from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import GOOD, ScrutinMixin, line

SQUARE = [[[0, 47], [0.1, 47], [0.1, 47.1], [0, 47]]]


@tagged("post_install", "-at_install")
class TestPlaces(ScrutinMixin, MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mairie.scrutin.bureau"].search([]).active = False
        cls.organiser = cls._new_role("organisation")
        cls.bureaux = cls.env["mairie.scrutin.bureau"].create(
            [{"code": code, "name": "École"} for code in ("0005", "136A", "JUS1")]
        )

    def _import_table(self, text, user=None):
        wizard = self.env["mairie.scrutin.table.import"].with_user(
            user or self.organiser
        )
        wizard = wizard.create({"kind": "bureaux", "text": text})
        wizard.action_preview()
        return wizard

    def _import_map(self, *rows, user=None):
        features = [
            {
                "type": "Feature",
                "properties": properties,
                "geometry": {"type": kind, "coordinates": coordinates},
            }
            for properties, kind, coordinates in rows
        ]
        content = json.dumps({"type": "FeatureCollection", "features": features})
        wizard = self.env["mairie.scrutin.bureau.map"].with_user(user or self.organiser)
        wizard = wizard.create({"data": base64.b64encode(content.encode())})
        wizard.action_preview()
        return wizard

    def test_a_table_adds_updates_and_refuses_without_losing_a_line(self):
        wizard = self._import_table(
            "Bureau;Lieu;Adresse;Centralisateur\n"
            "5;École Jules-Ferry;3 rue des Écoles;oui\n"
            "0101;Gymnase;;non\n"
            "0101;Gymnase bis;;\n"
            "136a;École;;\n"
            "###;Ailleurs;;\n"
        )
        counts = (wizard.take_count, wizard.same_count, wizard.refused_count)
        self.assertEqual(counts, (2, 1, 2))
        self.assertFalse(self.bureaux[0].street, "looking changes nothing")
        wizard.action_import()
        self.assertEqual(self.bureaux[0].street, "3 rue des Écoles")
        self.assertTrue(self.bureaux[0].is_centralisateur)
        self.assertTrue(
            self.env["mairie.scrutin.bureau"].search([("code", "=", "0101")])
        )
        kept = base64.b64decode(wizard.error_file).decode("utf-8-sig")
        self.assertIn("Gymnase bis", kept)
        self.assertIn("###;Ailleurs", kept)

    def test_a_table_without_its_column_says_which(self):
        with self.assertRaisesRegex(UserError, "bureau"):
            self._import_table("Lieu;Adresse\nÉcole;3 rue")
        with self.assertRaises(UserError):
            self._import_table("  \n")

    def test_the_map_finds_its_column_and_lists_what_is_left(self):
        wizard = self._import_map(
            ({"id": 90, "uniq_bdv": "5"}, "Polygon", SQUARE),
            ({"id": 91, "uniq_bdv": "136A"}, "Point", [1.4, 43.6]),
            ({"id": 92, "uniq_bdv": "0777"}, "Point", [1.4, 43.6]),
        )
        self.assertEqual(wizard.property_id.name, "uniq_bdv")
        self.assertEqual((wizard.matched_count, wizard.station_count), (2, 3))
        self.assertEqual(wizard.missing_codes, "JUS1")
        self.assertIn("0777", wizard.left_out)
        form = wizard.with_context(bin_size=True)  # as the web client reads it
        form.invalidate_recordset()
        self.assertEqual(form.matched_count, 2)
        wizard.action_import()
        self.assertEqual(self.bureaux[0].geojson["type"], "Polygon")
        self.assertEqual(self.bureaux.mapped("has_map"), [True, True, False])

    def test_a_file_that_is_no_map_is_refused_with_a_sentence(self):
        maps = self.env["mairie.scrutin.bureau.map"].with_user(self.organiser)
        wizard = maps.create({"data": base64.b64encode(b"pas du JSON")})
        with self.assertRaisesRegex(UserError, "JSON"):
            wizard.action_preview()

    def test_only_organisers_import(self):
        for role in ("operateur", "lecture"):
            user = self._new_role(role)
            with self.assertRaises(AccessError):
                self._import_table("bureau\n9", user=user)
            with self.assertRaises(AccessError):
                self._import_map(({"bv": 5}, "Polygon", SQUARE), user=user)

    @freeze_time("2026-08-20")
    def test_new_perimeters_hold_from_the_first_of_january(self):
        """R40: ordered before 31 August, in force on 1 January."""
        bureau = self.bureaux[0].with_user(self.organiser)
        bureau.action_new_perimeter()
        self.assertEqual(str(bureau.active_to), "2026-12-31")
        successor = bureau.search([("predecessor_id", "=", bureau.id)])
        self.assertEqual(
            (successor.code, str(successor.active_from)), ("0005", "2027-01-01")
        )
        with self.assertRaises(ValidationError):
            successor.active_from = "2026-06-01"

    def test_a_round_takes_the_station_of_its_day(self):
        old = self.bureaux[0]
        old.active_to = "2025-12-31"
        new = old.copy({"active_from": "2026-01-01"})
        old.commune_insee = new.commune_insee = self.scrutin.commune_insee
        self._import(line("0005", GOOD))
        self.assertEqual(self._station("0005").bureau_id, new)

    def test_stations_of_the_day_are_added_to_the_round(self):
        self.bureaux.commune_insee = self.scrutin.commune_insee
        self.bureaux[1].active_to = "2026-01-01"
        self.tour.with_user(self.organiser).action_add_stations()
        self.assertEqual(self.tour.bureau_tour_ids.mapped("code"), ["0005", "JUS1"])
