"""Mandatory reading: the frozen list, the signatures, the reminders, the register."""

from datetime import timedelta

from freezegun import freeze_time
from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SocialCase


@tagged("post_install", "-at_install")
class TestReading(SocialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Line = cls.env["mairie.social.ack.line"]
        cls.Post.sudo().search([("must_read", "=", True)]).write({"is_hidden": True})
        cls.voirie_audience = cls._audience("service", department_id=cls.voirie.id)
        cls.note = cls._publish_note(cls.voirie_audience)

    @classmethod
    def _publish_note(cls, audience, **vals):
        draft = cls._create_draft(
            cls.hr,
            audience,
            name="Port des équipements",
            body="<p>Le casque est porté sur tous les chantiers.</p>",
            kind="hr_note",
            must_read=True,
            reference="12",
            **vals,
        )
        draft.action_publish()
        return draft

    def _lines(self, version=1):
        domain = [("post_id", "=", self.note.id), ("version", "=", version)]
        return self.Line.search(domain)

    def _read(self, user):
        """Open the reading page and sign, as the screen does."""
        mine = self.note.with_user(user)
        card = mine.get_card()
        return mine.acknowledge(card["ack"]["version"])

    def test_one_line_for_each_reader_with_name_and_service(self):
        lines = self._lines()
        self.assertEqual(lines.user_id, self.voirie_audience.member_ids)
        mine = lines.filtered(lambda line: line.user_id == self.karim)
        self.assertEqual((mine.person_name, mine.service_name), ("Karim", "Voirie"))

    def test_143_lines_of_whom_100_have_read_are_69_9_percent(self):
        people = self._new_people(143)
        audience = self._audience("manual", included_user_ids=[Command.set(people.ids)])
        note = self._publish_note(audience)
        lines = self.Line.search([("post_id", "=", note.id)])
        self.assertEqual(len(lines), 143)
        lines[:100]._sign("web")
        board = note.get_ack_board()
        self.assertEqual((board["read"], board["total"], board["left"]), (100, 143, 43))
        self.assertIn("69,9", board["share"])

    def test_publishing_costs_the_same_for_ten_and_for_sixty(self):
        def cost(number):
            people = self._new_people(number, f"lot{number}")
            audience = self._audience(
                "manual", included_user_ids=[Command.set(people.ids)]
            )
            draft = self._create_draft(
                self.hr, audience, kind="hr_note", must_read=True
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            draft.action_publish()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        cost(2)
        few, many = cost(10), cost(60)
        self.assertLessEqual(many - few, 2)

    def test_newcomer_joins_and_leaver_is_closed_not_deleted(self):
        self.lea.employee_id.sudo().department_id = self.voirie
        self.assertIn(self.lea, self._lines().user_id)
        self.lea.employee_id.sudo().department_id = self.culture
        line = self._lines().filtered(lambda one: one.user_id == self.lea)
        self.assertEqual(line.state, "closed")
        self.assertTrue(line.closed_at)
        self.lea.employee_id.sudo().department_id = self.voirie
        self.assertEqual(line.state, "todo")

    def test_signature_given_before_leaving_stays(self):
        self._read(self.karim)
        self.karim.employee_id.sudo().department_id = self.culture
        line = self._lines().filtered(lambda one: one.user_id == self.karim)
        self.assertEqual(line.state, "done")
        self.assertFalse(line.closed_at)

    def test_reading_is_signed_after_opening_and_once(self):
        mine = self.note.with_user(self.karim)
        with self.assertRaisesRegex(UserError, "Open the text first"):
            mine.acknowledge(1)
        first = self._read(self.karim)
        self.assertEqual(first["how"], "web")
        with freeze_time(fields.Datetime.now() + timedelta(days=1)):
            again = mine.acknowledge(1)
        self.assertEqual(again["ack_at"], first["ack_at"])
        self.assertFalse(mine.is_to_read)

    def test_nobody_signs_what_is_not_asked_of_him(self):
        with self.assertRaises(AccessError):
            self.note.with_user(self.hr).acknowledge(1)
        with self.assertRaises(AccessError):
            self.note.with_user(self.lea).acknowledge(1)

    def test_important_change_opens_a_second_register(self):
        self._read(self.karim)
        before = self._lines().read(["ack_at", "user_id", "closed_at"])
        mark = self.note._get_register(self.note._get_versions())["mark"]
        self.note.correct({"body": "<p>Le casque et les gants.</p>"}, True)
        self.assertEqual(self.note.version, 2)
        self.assertEqual(len(self._lines(2)), len(before))
        self.assertFalse(any(self._lines(2).mapped("ack_at")))
        self.assertEqual(self._lines().read(["ack_at", "user_id", "closed_at"]), before)
        first = self.note._get_versions()[0]
        self.assertEqual(self.note._get_register(first)["mark"], mark)
        self.assertIn("Le casque est porté", first.text)
        with self.assertRaisesRegex(UserError, "text has changed"):
            self.note.with_user(self.karim).acknowledge(1)
        self.assertTrue(self.note.with_user(self.karim).is_to_read)

    def test_slip_asks_nobody_again(self):
        self._read(self.karim)
        self.note.correct({"name": "Port des équipements !"}, False)
        self.assertEqual(self.note.version, 1)
        self.assertFalse(self.note.with_user(self.karim).is_to_read)

    def test_text_kept_is_rewritten_by_nobody(self):
        version = self.note._get_versions()
        with self.assertRaises(UserError):
            version.sudo().write({"text": "Autre"})
        with self.assertRaises(UserError):
            version.sudo().unlink()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(Exception, "ne se modifie pas"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE mairie_social_post_version SET text = 'Autre' WHERE id = %s",
                [version.id],
            )

    def test_post_withdrawn_closes_its_lines_and_opens_them_again(self):
        self.note.action_withdraw()
        self.assertEqual(set(self._lines().mapped("state")), {"closed"})
        self.note.action_publish()
        self.assertEqual(self.note.version, 1)
        self.assertEqual(set(self._lines().mapped("state")), {"todo"})

    def test_lines_are_seen_by_their_person_and_by_hr(self):
        Line = self.Line.with_user(self.karim)
        self.assertEqual(Line.search([]).user_id, self.karim)
        for user in (self.communication, self.manager, self.lea, self.rose):
            domain = [("post_id", "=", self.note.id)]
            self.assertFalse(self.Line.with_user(user).search(domain), user.login)
        self.assertEqual(
            self.Line.with_user(self.hr).search([("post_id", "=", self.note.id)]),
            self._lines(),
        )
        with self.assertRaises(AccessError):
            self._lines()[:1].with_user(self.karim).write(
                {"ack_at": fields.Datetime.now()}
            )

    def test_manager_enters_a_sheet_for_his_team_only(self):
        boss = self._new_member("chef", self.technique)
        self.karim.employee_id.sudo().parent_id = boss.employee_id
        audience = self._audience("agents")
        note = self._publish_note(audience)
        as_boss = note.with_user(boss)
        self.assertEqual(as_boss.get_card()["team_left"], 1)
        lines = self.Line.search([("post_id", "=", note.id)])
        karim = lines.filtered(lambda line: line.user_id == self.karim)
        lea = lines.filtered(lambda line: line.user_id == self.lea)
        result = as_boss.record_paper((karim | lea).ids)
        self.assertEqual(result, {"count": 1, "sheet": 1})
        self.assertEqual((karim.how, karim.sheet_number), ("paper", 1))
        self.assertEqual(karim.recorded_by_id, boss)
        self.assertFalse(lea.ack_at)

    def test_paper_never_overwrites_a_signature_on_screen(self):
        self._read(self.karim)
        line = self._lines().filtered(lambda one: one.user_id == self.karim)
        with self.assertRaises(UserError):
            self.note.with_user(self.hr).record_paper(line.ids)
        self.assertEqual(line.how, "web")

    def test_twelve_signatures_make_one_sheet(self):
        people = self._new_people(12, "papier")
        audience = self._audience("manual", included_user_ids=[Command.set(people.ids)])
        note = self._publish_note(audience)
        paper = (
            self.env["mairie.social.ack.paper"]
            .with_user(self.hr)
            .browse(note.with_user(self.hr).action_open_paper()["res_id"])
        )
        self.assertEqual(len(paper.line_ids), 12)
        paper.line_ids.is_signed = True
        said = paper.action_record()["params"]["message"]
        self.assertIn("12", said)
        self.assertEqual(note.get_ack_board()["left"], 0)

    def test_reminders_on_days_3_and_7_then_a_figure_for_the_manager(self):
        boss = self._new_member("cheffe", self.technique)
        self.karim.employee_id.sudo().parent_id = boss.employee_id
        lines = self._lines()
        lines.write({"expected_at": "2027-02-01 09:00:00"})
        karim = lines.filtered(lambda line: line.user_id == self.karim)
        inbox = self.karim.partner_id
        for day, count in ((2, 0), (4, 1), (5, 1), (8, 2), (9, 2)):
            with freeze_time(f"2027-02-{day:02} 09:00:00"):
                self.Line._remind_due()
            self.assertEqual(self._count_told(inbox), count, f"day {day}")
        with freeze_time("2027-02-11 09:00:00"):
            self.Line._remind_due()
            self.Line._remind_due()
        self.assertEqual(self._count_told(boss.partner_id), 1)
        self.assertEqual(self._count_told(inbox), 2)
        self.assertEqual(karim.reminder_count, 3)

    def test_no_reminder_at_night_nor_on_sunday_nor_once_read(self):
        self._read(self.karim)
        lines = self._lines()
        lines.write({"expected_at": "2027-02-01 09:00:00"})
        for moment in ("2027-02-04 21:30:00", "2027-02-07 09:00:00"):
            with freeze_time(moment):
                self.Line._remind_due()
        told = self._count_told(lines.user_id.partner_id)
        self.assertEqual(told, 0)
        with freeze_time("2027-02-08 09:00:00"):
            self.Line._remind_due()
        self.assertEqual(self._count_told(self.karim.partner_id), 0)
        self.assertEqual(self._count_told(self.contributor.partner_id), 1)

    def test_asked_for_at_night_leaves_in_the_morning(self):
        with freeze_time("2027-02-01 21:00:00"):
            self.note.action_remind()
            self.Line._remind_due()
        self.assertEqual(self._count_told(self.karim.partner_id), 0)
        with freeze_time("2027-02-02 09:00:00"):
            self.Line._remind_due()
            self.Line._remind_due()
        self.assertEqual(self._count_told(self.karim.partner_id), 1)

    def _count_told(self, partners):
        return self.env["mail.notification"].search_count(
            [("res_partner_id", "in", partners.ids)]
        )

    def test_register_is_printed_whole_and_noted_in_the_log(self):
        self._read(self.karim)
        self.note.action_print_register()
        log = self.env["mairie.social.moderation.log"].search(
            [("post_ref", "=", self.note.id), ("action", "=", "register")]
        )
        register = self.note._get_register(self.note._get_versions())
        self.assertEqual(log.reason, register["mark"])
        html = self.env["ir.qweb"]._render(
            "mairie_social.report_register",
            {"docs": self.note, "env": self.env, "image_data_uri": lambda image: ""},
        )
        for text in ("Karim", "Port des équipements", register["content_hash"]):
            self.assertIn(text, str(html))
        with self.assertRaises(AccessError):
            self.note.with_user(self.karim).action_print_register()

    def test_strip_of_the_home_page_says_what_and_how_long(self):
        strip = self.Post.with_user(self.karim).get_to_read()
        line = next(one for one in strip if one["id"] == self.note.id)
        self.assertIn("12", line["reference"])
        self.assertEqual(line["minutes"], 1)
        self._read(self.karim)
        ids = [one["id"] for one in self.Post.with_user(self.karim).get_to_read()]
        self.assertNotIn(self.note.id, ids)
