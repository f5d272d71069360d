import io
from datetime import date, datetime, timedelta

import pypdf
from freezegun import freeze_time
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import IN_TIME, START, ElusCase

LATE = "2026-12-12 09:00:00"


@tagged("post_install", "-at_install")
class TestConvening(ElusCase):
    def _blockers(self, seance):
        seance = seance.with_context(lang="en_US")
        return [sentence for sentence, record in seance._get_blockers()]

    @freeze_time(IN_TIME)
    def test_each_member_gets_his_own_notice(self):
        seance = self._new_seance()
        envoi = seance._convene()
        self.assertEqual(seance.state, "convened")
        self.assertEqual(len(seance.convocation_ids), 3)
        tokens = set(seance.convocation_ids.mapped("token"))
        self.assertEqual(len(tokens), 3)
        self.assertTrue(all(len(token) >= 22 for token in tokens))
        self.assertEqual((envoi.email_count, envoi.paper_count), (2, 1))

    @freeze_time(IN_TIME)
    def test_paper_members_get_no_email(self):
        """L2121-10: on paper to who asks for it."""
        seance = self._new_seance()
        seance._convene()
        mails = self.env["mail.mail"].search(
            [("mairie_convocation_id", "in", seance.convocation_ids.ids)]
        )
        self.assertEqual(len(mails), 2)
        self.assertNotIn(
            self._convocation_of(seance, self.paper), mails.mairie_convocation_id
        )
        self.assertEqual(
            self._convocation_of(seance, self.paper).delivery_state, "letter"
        )

    @freeze_time(IN_TIME)
    def test_letters_are_one_file_for_who_asked_for_paper(self):
        second = self._new_mandat("Jean Lettre", channel="paper", paper_address="Ici")
        seance = self._new_seance()
        seance._convene()
        action = seance.action_print_paper()
        ids = action["context"]["active_ids"]
        letters = seance.convocation_ids.browse(ids)
        self.assertEqual(letters.partner_id, self.paper.partner_id | second.partner_id)
        content = seance._render_document("mairie_elus.report_convocation", letters)
        text = "".join(
            page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages
        )
        self.assertIn("1 rue du Bac", text)
        self.assertEqual(text.count("Je serai présent"), 2)

    @freeze_time(IN_TIME)
    def test_mails_wait_in_the_queue_with_each_his_own_link(self):
        seance = self._new_seance()
        seance._convene()
        mails = self.env["mail.mail"].search(
            [("mairie_convocation_id", "in", seance.convocation_ids.ids)]
        )
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
        for mail in mails:
            convocation = mail.mairie_convocation_id
            self.assertIn(convocation.token, mail.body_html)
            others = seance.convocation_ids - convocation
            self.assertFalse(any(o.token in mail.body_html for o in others))
            self.assertEqual(
                mail.subject,
                "Convocation : conseil municipal du jeudi 17 décembre 2026, 19\xa0h",
            )

    @freeze_time(IN_TIME)
    def test_the_queue_reports_what_left_and_what_was_refused(self):
        seance = self._new_seance()
        seance._convene()
        mails = self.env["mail.mail"].search(
            [("mairie_convocation_id", "in", seance.convocation_ids.ids)]
        )
        first, second = mails.mairie_convocation_id
        mails[0]._postprocess_sent_message([], [])
        mails[1]._postprocess_sent_message(
            [], [], failure_reason="unknown user", failure_type="mail_smtp"
        )
        self.assertEqual((first | second).mapped("delivery_state"), ["sent", "failed"])
        self.assertEqual(second.delivery_error, "unknown user")
        self.assertEqual(second.event_ids.mapped("kind"), ["sent", "refused"])

    def test_last_minute_of_the_last_day_is_lawful(self):
        seance = self._new_seance()
        with freeze_time("2026-12-11 22:59:00"):
            seance._convene()
        self.assertEqual(seance.state, "convened")

    @freeze_time("2026-12-11 23:00:00")
    def test_one_minute_later_is_refused(self):
        seance = self._new_seance().with_context(lang="en_US")
        with self.assertRaisesRegex(UserError, "Friday 11 December"):
            seance._convene()

    @freeze_time(LATE)
    def test_a_late_sending_needs_a_written_reason(self):
        with self.assertRaises(UserError):
            self._new_seance()._convene("   ")

    @freeze_time(LATE)
    def test_the_reason_of_a_late_sending_is_sealed(self):
        seance = self._new_seance()
        envoi = seance._convene("Panne de courrier, tous prévenus le 11.")
        self.assertIn("Panne de courrier", envoi.facts)
        self.assertEqual(
            envoi.override_reason, "Panne de courrier, tous prévenus le 11."
        )

    def test_a_decision_without_note_cannot_leave_from_3500_inhabitants(self):
        seance = self._new_seance(points=0)
        self._new_point(seance, "Décision modificative")
        self.assertEqual(self._blockers(seance), ["Item 1: summary note missing."])
        with self.assertRaises(UserError), freeze_time(IN_TIME):
            seance._convene()

    def test_an_information_needs_no_note(self):
        seance = self._new_seance(points=0)
        self._new_point(seance, "Décisions du maire", kind="information")
        self.assertFalse(self._blockers(seance))

    def test_a_note_may_be_a_document(self):
        seance = self._new_seance(points=0)
        point = self._new_point(seance, "Décision modificative")
        self._new_annexe(point).kind = "note"
        self.assertFalse(self._blockers(seance))

    def test_no_note_is_asked_below_3500_inhabitants(self):
        self._prepare_commune(self.commune, population=1200)
        seance = self._new_seance(points=0)
        point = self._new_point(seance, "Décision modificative")
        self.assertFalse(self._blockers(seance))
        point.is_icpe = True
        self.assertTrue(self._blockers(seance))

    def test_an_election_without_its_mention_cannot_leave(self):
        """L2122-8."""
        seance = self._new_seance(points=0)
        point = self._new_point(seance, "Élection d'un adjoint", kind="election")
        self.assertTrue(self._blockers(seance))
        point.special_mention = "Il sera procédé à l'élection d'un adjoint."
        self.assertFalse(self._blockers(seance))

    def test_an_empty_agenda_cannot_leave(self):
        self.assertIn(
            "The agenda is empty.", self._blockers(self._new_seance(points=0))
        )

    def test_a_member_without_address_stops_the_sending(self):
        self.deputy.notice_email = False
        self.assertEqual(
            self._blockers(self._new_seance()), ["Paul Adjoint has no e-mail address."]
        )

    @freeze_time("2026-12-15 09:00:00")
    def test_urgency_puts_its_own_vote_first(self):
        seance = self._new_seance()
        seance._make_urgent("Digue rompue.")
        first = seance.point_ids.sorted("rank")[0]
        self.assertEqual((first.kind, first.rank), ("urgency", 1))
        self.assertEqual(seance.latest_send_date, date(2026, 12, 15))
        seance._convene()
        self.assertEqual(seance.state, "convened")

    def test_urgency_without_its_vote_first_cannot_leave(self):
        seance = self._new_seance()
        seance.write({"call": "urgent", "urgency_reason": "Digue rompue."})
        self.assertTrue(self._blockers(seance))

    @freeze_time("2026-12-14 20:00:00")
    def test_second_call_takes_up_the_first_agenda_only(self):
        first = self._new_seance(points=2, date_start=datetime(2026, 12, 14, 18, 0))
        second = self._new_seance(
            points=0,
            date_start=datetime(2026, 12, 18, 18, 0),
            call="second_call",
            parent_id=first.id,
        )
        second.action_copy_parent_agenda()
        self.assertEqual(second.point_ids.origin_id, first.point_ids)
        self.assertFalse(self._blockers(second))
        self.assertEqual(second.latest_send_date, date(2026, 12, 14))
        self._new_point(second, "Affaire nouvelle", note="<p>Note</p>")
        self.assertEqual(len(self._blockers(second)), 1)

    @freeze_time(IN_TIME)
    def test_what_the_members_received_cannot_change(self):
        seance = self._new_seance()
        seance._convene()
        with self.assertRaises(UserError):
            seance.date_start = START + timedelta(days=1)
        with self.assertRaises(UserError):
            seance.point_ids.name = "Autre affaire"
        with self.assertRaises(UserError):
            self._new_point(seance, "Affaire ajoutée")
        with self.assertRaises(UserError):
            seance.unlink()

    @freeze_time(IN_TIME)
    def test_convening_again_renews_each_notice_and_keeps_its_history(self):
        seance = self._new_seance()
        seance._convene()
        convocation = self._convocation_of(seance, self.mayor).sudo()
        convocation._open("link")
        convocation._reply("present", "link")
        token = convocation.token
        seance.action_reopen_preparation()
        seance.date_start = datetime(2026, 12, 18, 18, 0)
        seance._convene()
        self.assertEqual(len(seance.convocation_ids), 3)
        self.assertEqual((convocation.answer, convocation.opened_at), (False, False))
        self.assertEqual(convocation.token, token)
        self.assertEqual(
            convocation.event_ids.mapped("kind"), ["sent", "opened", "replied", "sent"]
        )
        self.assertEqual(seance.sequence, 2)

    @freeze_time(IN_TIME)
    def test_a_member_removed_then_put_back_keeps_his_notice(self):
        seance = self._new_seance()
        seance._convene()
        convocation = self._convocation_of(seance, self.deputy)
        for last_day, is_member in ((date(2026, 12, 10), False), (False, True)):
            seance.action_reopen_preparation()
            self.deputy.date_to = last_day
            seance._convene()
            self.assertEqual(convocation.active, is_member)
        self.assertEqual(self._convocation_of(seance, self.deputy), convocation)

    @freeze_time(IN_TIME)
    def test_nothing_is_moved_into_a_convened_agenda(self):
        seance = self._new_seance()
        seance._convene()
        other = self._new_seance(date_start=START + timedelta(days=1))
        annexe = self._new_annexe(other.point_ids)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            other.point_ids.seance_id = seance
        for vals in ({"point_id": seance.point_ids.id}, {"seance_id": seance.id}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                annexe.write(vals)

    def test_a_meeting_opens_on_its_day_only(self):
        seance = self._new_seance()
        with freeze_time(IN_TIME):
            seance._convene()
            with self.assertRaises(UserError):
                seance.action_open()
        with freeze_time("2026-12-17 17:50:00"):
            seance.invalidate_recordset()
            seance.action_open()
        self.assertEqual(seance.state, "open")
        seance.action_close()
        self.assertEqual(seance.state, "closed")

    @freeze_time(IN_TIME)
    def test_a_convened_meeting_is_not_convened_twice(self):
        seance = self._new_seance()
        seance._convene()
        with self.assertRaises(UserError):
            seance._convene()

    @freeze_time(IN_TIME)
    def test_a_member_who_left_before_the_meeting_is_not_convened(self):
        self.deputy.date_to = date(2026, 12, 16)
        seance = self._new_seance()
        seance._convene()
        self.assertFalse(self._convocation_of(seance, self.deputy))

    @freeze_time(IN_TIME)
    def test_answers_are_counted_against_the_quorum(self):
        seance = self._new_seance()
        seance._convene()
        self.assertEqual((seance.silent_count, seance.quorum_needed), (3, 2))
        for mandat in (self.mayor, self.deputy):
            self._convocation_of(seance, mandat).sudo()._reply("present", "link")
        seance.invalidate_recordset()
        self.assertEqual((seance.present_count, seance.silent_count), (2, 1))
        self.assertIn("0", seance.with_context(lang="en_US").quorum_text)

    @freeze_time(IN_TIME)
    def test_reminders_go_to_the_silent_only(self):
        seance = self._new_seance()
        seance._convene()
        self._convocation_of(seance, self.mayor).sudo()._reply("absent", "link")
        seance.action_remind()
        mails = self.env["mail.mail"].search([("subject", "like", "serez-vous")])
        mails &= mails.filtered("mairie_convocation_id")
        self.assertEqual(
            mails.mairie_convocation_id, self._convocation_of(seance, self.deputy)
        )

    @freeze_time(IN_TIME)
    def test_the_screen_convenes(self):
        seance = self._new_seance().with_user(self.secretary)
        wizard = Form(
            self.env["mairie.seance.convene"]
            .with_user(self.secretary)
            .with_context(default_seance_id=seance.id)
        ).save()
        self.assertEqual((wizard.email_count, wizard.paper_count), (2, 1))
        self.assertFalse(wizard.is_late or wizard.is_blocked)
        self.assertIn("Affaire 1", wizard.preview)
        self.assertNotIn("href", wizard.preview)
        action = wizard.action_convene()
        self.assertEqual(action["res_model"], "mairie.envoi")
        self.assertEqual(seance.state, "convened")

    @freeze_time(LATE)
    def test_the_screen_offers_the_ways_out_when_it_is_late(self):
        seance = self._new_seance()
        wizard = self.env["mairie.seance.convene"].create({"seance_id": seance.id})
        self.assertTrue(wizard.is_late and wizard.is_urgency_possible)
        with self.assertRaises(UserError):
            wizard.action_convene()
        with self.assertRaises(UserError):
            wizard.action_urgency()
        self.assertEqual(wizard.date_start, datetime(2026, 12, 18, 18, 0))
        wizard.action_change_date()
        self.assertFalse(seance._is_too_late())

    def test_the_screen_lists_what_is_missing_with_the_way_to_it(self):
        seance = self._new_seance(points=0)
        point = self._new_point(seance, "Décision modificative")
        screen = seance.action_convene()
        wizard = self.env[screen["res_model"]].browse(screen["res_id"])
        self.assertTrue(wizard.is_blocked)
        action = wizard.blocker_ids.action_open()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (point._name, point.id)
        )
