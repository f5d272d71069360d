from datetime import date, datetime

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import MairieCase


@tagged("post_install", "-at_install")
class TestCommune(MairieCase):
    def test_insee_code_gives_department_zone_and_time(self):
        self.commune.mairie_insee_code = "97411"
        self.assertEqual(self.commune.mairie_department_code, "974")
        self.assertEqual(self.commune.mairie_tz, "Indian/Reunion")
        self.assertEqual(self.commune.mairie_holiday_zone, "reunion")
        self.assertFalse(self.commune.mairie_local_law)

    def test_alsace_moselle_brings_its_law_and_its_days(self):
        self.commune.mairie_insee_code = "67482"
        self.assertTrue(self.commune.mairie_local_law)
        self.assertIn(date(2026, 12, 26), self.commune._get_mairie_holidays(2026))

    def test_what_follows_from_the_code_can_be_corrected(self):
        self.commune.mairie_tz = "Pacific/Marquesas"
        self.commune.flush_recordset()
        self.assertEqual(self.commune.mairie_tz, "Pacific/Marquesas")

    def test_a_wrong_code_siret_or_colour_is_refused_with_what_is_expected(self):
        for field, value, words in (
            ("mairie_insee_code", "4900", "49007"),
            ("mairie_siret", "21490998800014", "14"),
            ("mairie_color", "bleu", "#1f4e79"),
        ):
            with self.subTest(field), self.assertRaisesRegex(ValidationError, words):
                self.commune[field] = value

    def test_an_act_keeps_the_population_of_its_day(self):
        self.commune.mairie_population_ids = [
            Command.create({"date": "2025-01-01", "municipal": 3_480}),
            Command.create({"date": "2027-01-01", "municipal": 20_100}),
        ]
        population = self.commune._get_mairie_population
        self.assertEqual(population(date(2025, 12, 31)), 3_480)
        self.assertEqual(population(date(2026, 1, 1)), 18_000)
        self.assertEqual(population(date(2027, 6, 1)), 20_100)
        self.assertEqual(population(date(2020, 1, 1)), 3_480, "the first one known")

    def test_the_first_population_is_typed_as_one_number_and_no_other_is(self):
        self.commune.mairie_population_ids.unlink()
        settings = self.env["res.config.settings"].with_company(self.commune)
        settings.create({"mairie_population": 9_400}).execute()
        row = self.commune.mairie_population_ids
        this_year = self.commune._mairie_local_date(fields.Datetime.now()).year
        self.assertEqual((row.municipal, row.date), (9_400, date(this_year, 1, 1)))
        self.commune.mairie_population = 1
        self.assertEqual(row.municipal, 9_400, "an act keeps the law of its day")

    def test_one_population_for_each_day_and_never_a_negative_one(self):
        for vals in ({"date": "2026-01-01", "municipal": 1}, {"municipal": -1}):
            with (
                self.subTest(vals),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env["mairie.population"].create(
                    {"company_id": self.commune.id, "date": "2030-01-01", **vals}
                )

    def test_dates_are_those_of_the_commune(self):
        midnight = datetime(2026, 3, 22, 23, 30)
        self.assertEqual(self.commune._mairie_local_date(midnight), date(2026, 3, 23))
        self.commune.mairie_tz = "America/Cayenne"
        self.assertEqual(self.commune._mairie_local_date(midnight), date(2026, 3, 22))

    def test_local_hours_come_back_through_both_clock_changes(self):
        for local in (
            datetime(2026, 3, 28, 9, 20),
            datetime(2026, 3, 30, 9, 20),
            datetime(2026, 10, 24, 9, 20),
            datetime(2026, 10, 26, 9, 20),
        ):
            utc = self.commune._mairie_to_utc(local)
            back = self.commune._mairie_localize(utc)
            self.assertEqual(back.replace(tzinfo=None), local)

    def test_theme_follows_the_one_colour(self):
        self.commune.mairie_color = "#ffd200"
        theme = self.commune._get_mairie_theme_vals()
        self.assertEqual(theme["on-brand"], "#000000")
        self.assertEqual(theme["link-light"], "#8a7100")
        pairs = self.commune.mairie_contrast_pairs
        self.assertEqual(len(pairs), 4)
        self.assertTrue(all(pair["ratio"] >= pair["required"] for pair in pairs))

    def test_settings_write_the_commune(self):
        settings = self.env["res.config.settings"].create({})
        settings.mairie_color = "#95c11f"
        settings.mairie_insee_code = "2A004"
        settings.execute()
        self.assertEqual(self.commune.mairie_color, "#95c11f")
        self.assertEqual(self.commune.mairie_department_code, "2A")


@tagged("post_install", "-at_install")
class TestCommuneAccess(MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls._new_user("base_agent")
        cls.elu = cls._new_user("base_elu", "mairie_base.group_elu")
        cls.manager = cls._new_user("base_manager", "mairie_base.group_manager")
        cls.population = cls.commune.mairie_population_ids

    def test_agents_and_members_of_the_council_read_the_population(self):
        for user in (self.agent, self.elu):
            self.assertEqual(self.population.with_user(user).municipal, 18_000)
            with self.assertRaises(AccessError):
                self.population.with_user(user).municipal = 1

    def test_the_manager_keeps_it(self):
        self.population.with_user(self.manager).municipal = 18_047
        self.assertEqual(self.commune._get_mairie_population(date(2026, 6, 1)), 18_047)

    def test_another_commune_is_not_seen(self):
        other = self.env["res.company"].create({"name": "Autre-Commune"})
        rows = self.env["mairie.population"].create(
            {"company_id": other.id, "date": "2026-01-01", "municipal": 640}
        )
        found = self.env["mairie.population"].with_user(self.manager)
        self.assertNotIn(rows.id, found.search([]).ids)
        with self.assertRaises(AccessError):
            rows.with_user(self.manager).municipal = 641

    def test_first_steps_are_for_whoever_sets_things_up(self):
        company = self.env["res.company"]
        self.assertEqual(company.with_user(self.agent).get_mairie_setup(), [])
        steps = company.with_user(self.manager).get_mairie_setup()
        self.assertEqual(
            [step["key"] for step in steps], ["commune", "colours", "services"]
        )
        self.assertTrue(steps[0]["done"], "code and population are known")
        self.assertTrue(all(step["title"] and step["action"] for step in steps))

    def test_the_first_hour_gathers_what_one_sets_up(self):
        page = self.env["mairie.first.hour"]
        self.assertEqual(page.with_user(self.agent).get_mairie_first_hour(), [])
        parts = page.with_user(self.manager).get_mairie_first_hour()
        self.assertEqual(parts[0]["model"], "res.company")
        self.assertEqual(
            [part["title"] for part in parts if part["title"] == "First Steps"], []
        )
        for part in page.get_mairie_first_hour():
            for step in part["steps"]:
                action = step["action"]
                with self.subTest(step["key"]):
                    self.assertTrue(isinstance(action, dict) or self.env.ref(action))
