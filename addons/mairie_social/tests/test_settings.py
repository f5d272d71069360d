"""What a town settles about its hub is obeyed, within the bounds of the law."""

from odoo.exceptions import AccessDenied
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import SocialCase


@tagged("post_install", "-at_install")
class TestSettings(SocialCase):
    def test_screen_writes_on_the_commune(self):
        admin = new_test_user(
            self.env, "reglages", groups="base.group_system,mairie_base.group_manager"
        )
        Settings = self.env["res.config.settings"].with_user(admin)
        with Form(Settings.with_context(module="mairie_social")) as form:
            form.mairie_social_letter_days = 10
            form.mairie_social_group_creators = "contributors"
            form.mairie_social_report_limit = 4
        form.record.execute()
        company = admin.company_id
        self.assertEqual(company.mairie_social_letter_days, 10)
        self.assertEqual(company.mairie_social_group_creators, "contributors")
        self.assertEqual(company.mairie_social_report_limit, 4)

    @mute_logger("odoo.sql_db")
    def test_bounds_hold_in_the_database(self):
        for vals in (
            {"mairie_social_threshold": 4},
            {"mairie_social_lock_tries": 11},
            {"mairie_social_lock_minutes": 0},
            {"mairie_social_report_limit": 1},
            {"mairie_social_letter_days": 0},
            {"mairie_social_kiosk_seconds": 5},
            {"mairie_social_day_from": 20.0},
        ):
            savepoint = self.env.cr.savepoint
            with self.subTest(vals), self.assertRaises(IntegrityError), savepoint():
                self.commune.write(vals)
                self.commune.flush_recordset()

    def test_answers_are_due_when_the_town_says(self):
        self.commune.mairie_social_suggestion_days = 12
        idea = (
            self.env["mairie.social.suggestion"]
            .with_user(self.karim)
            .create({"name": "Un banc"})
        )
        self.assertEqual((idea.answer_due_on - idea.sent_on).days, 12)
        self.commune.mairie_social_field_days = 2
        sent = (
            self.env["mairie.social.field.report"]
            .with_user(self.karim)
            .send({"kind": "road", "words": "Trou"})
        )
        self.assertEqual(sent["days"], 2)

    def test_a_text_hides_at_the_number_of_reports_of_the_town(self):
        self.commune.mairie_social_report_limit = 2
        post = self._create_post(self._audience("all"))
        post.with_user(self.karim).report("other", "…")
        self.assertFalse(post.is_hidden)
        post.with_user(self.lea).report("other", "…")
        self.assertTrue(post.is_hidden)

    def test_pause_after_the_number_of_tries_of_the_town(self):
        self.env.company.mairie_social_lock_tries = 3
        Lockout = self.env["mairie.social.lockout"]
        self.assertEqual(Lockout._get_limits(), (3, 15))
        Lockout.create(
            {
                "key": "user:1",
                "failed_count": 3,
                "last_failure": "2026-01-01",
                "locked_until": "2999-01-01",
            }
        )
        with self.assertRaisesRegex(AccessDenied, "15"):
            Lockout._check("user:1")
