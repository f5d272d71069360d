from freezegun import freeze_time
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import IN_TIME, ElusCase


@tagged("post_install", "-at_install")
class TestSeal(ElusCase):
    @classmethod
    @freeze_time(IN_TIME)
    def setUpClass(cls):
        super().setUpClass()
        cls.seance = cls._new_seance()
        cls.annexe = cls._new_annexe(cls.seance.point_ids)
        cls.envoi = cls.seance._convene()
        cls.env.flush_all()

    def test_the_proof_holds_the_rule_the_people_and_each_file(self):
        facts = self.envoi._get_facts()
        self.assertEqual(facts["rule"]["latest"], "2026-12-11")
        self.assertEqual(len(facts["members"]), 3)
        self.assertEqual(
            facts["files"],
            [{"item": 1, "name": "Plan", "sha256": self.annexe.sha256}],
        )
        self.assertTrue(self.envoi.is_intact)

    def test_a_proof_cannot_be_written_or_deleted(self):
        for record in (self.envoi, self.seance.convocation_ids.event_ids):
            with self.assertRaises(UserError):
                record.sudo().write({"facts": "{}"})
            with self.assertRaises(UserError):
                record.sudo().unlink()

    def test_postgresql_refuses_too(self):
        for table in ("mairie_envoi", "mairie_convocation_event"):
            for query in (
                f"UPDATE {table} SET facts = '{{}}'",
                f"DELETE FROM {table}",
                f"TRUNCATE {table} CASCADE",
            ):
                with (
                    self.subTest(query=query),
                    mute_logger("odoo.sql_db"),
                    self.assertRaises(CheckViolation),
                    self.env.cr.savepoint(),
                ):
                    self.env.cr.execute(query)

    def test_events_are_sealed_one_on_the_other(self):
        convocation = self._convocation_of(self.seance, self.mayor).sudo()
        convocation._open("link")
        convocation._reply("present", "link")
        Event = self.env["mairie.convocation.event"]
        self.assertEqual(convocation.event_ids.mapped("number"), [1, 2, 3])
        self.assertFalse(Event._get_first_broken(convocation))

    def test_a_change_behind_odoo_s_back_is_found(self):
        convocation = self._convocation_of(self.seance, self.mayor).sudo()
        convocation._open("link")
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("ALTER TABLE mairie_convocation_event DISABLE TRIGGER USER")
        cr.execute(
            "UPDATE mairie_convocation_event SET facts = replace(facts, 'sent', 'lost')"
            " WHERE convocation_id = %s AND number = 1",
            [convocation.id],
        )
        cr.execute("ALTER TABLE mairie_convocation_event ENABLE TRIGGER USER")
        self.env.invalidate_all()
        broken = self.env["mairie.convocation.event"]._get_first_broken(convocation)
        self.assertEqual(broken.number, 1)

    def test_the_same_answer_twice_is_one_event(self):
        convocation = self._convocation_of(self.seance, self.mayor).sudo()
        convocation._reply("absent", "link")
        convocation._reply("absent", "link")
        replies = convocation.event_ids.filtered("answer")
        self.assertEqual(len(replies), 1)

    def test_the_first_tap_is_the_receipt(self):
        convocation = self._convocation_of(self.seance, self.mayor).sudo()
        with freeze_time("2026-12-10 08:00:00"):
            convocation._open("link")
        with freeze_time("2026-12-11 08:00:00"):
            convocation._open("link")
        self.assertEqual(f"{convocation.opened_at}", "2026-12-10 08:00:00")
        self.assertEqual(convocation.event_ids.mapped("kind"), ["sent", "opened"])
