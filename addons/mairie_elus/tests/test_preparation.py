from freezegun import freeze_time
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import IN_TIME, ElusCase


@tagged("post_install", "-at_install")
@freeze_time(IN_TIME)
class TestPreparation(ElusCase):
    """The agenda and what stands in its way."""

    def test_an_empty_agenda_is_not_ready(self):
        seance = self._new_seance(points=0, state="draft")
        with self.assertRaises(UserError):
            seance.action_prepare()
        self._new_point(seance, "Affaire")
        seance.action_prepare()
        self.assertEqual(seance.state, "ready")

    def test_a_ready_agenda_gets_its_dossier_without_a_click(self):
        seance = self._new_seance(state="draft")
        seance.action_prepare()
        self.assertEqual(seance.dossier_state, "queued")

    def test_items_are_taken_up_from_a_past_meeting(self):
        past = self._new_seance(points=3, date_start="2026-11-26 18:00:00")
        self._new_annexe(past.point_ids[0])
        past.point_ids[0].theme = "Finances"
        seance = self._new_seance(points=1, state="draft")
        wizard = self.env["mairie.seance.take.up"].create(
            {"seance_id": seance.id, "source_id": past.id}
        )
        self.assertEqual(wizard.point_ids, past.point_ids)
        wizard.point_ids -= past.point_ids.sorted("rank")[1]
        wizard.with_notes = False
        wizard.action_copy()
        points = seance.point_ids.sorted("rank")
        self.assertEqual(points.mapped("name"), ["Affaire 1", "Affaire 1", "Affaire 3"])
        self.assertEqual(points[1].theme, "Finances")
        self.assertFalse(points[1].has_note)
        self.assertFalse(points[1].annexe_ids)
        self.assertEqual(len(past.point_ids), 3)

    def test_documents_are_taken_up_when_asked(self):
        past = self._new_seance(date_start="2026-11-26 18:00:00")
        self._new_annexe(past.point_ids)
        seance = self._new_seance(points=0, state="draft")
        wizard = self.env["mairie.seance.take.up"].create(
            {"seance_id": seance.id, "source_id": past.id, "with_pieces": True}
        )
        wizard.action_copy()
        self.assertEqual(len(seance.point_ids.annexe_ids), 1)

    def test_a_room_that_is_taken_is_said(self):
        seance = self._new_seance().with_context(lang="en_US")
        body = self._new_instance("Finances", room="salle du CONSEIL ")
        self._new_seance(instance_id=body.id, date_start="2026-12-17 19:30:00")
        self.assertIn("The room is taken: Finances", seance.advice)
        body.seance_ids.room = "Salle Anjou"
        seance.invalidate_recordset()
        self.assertFalse(seance.advice)

    def test_members_cannot_be_in_two_places(self):
        seance = self._new_seance().with_context(lang="en_US")
        body = self._new_instance("Finances", room="Salle Anjou")
        self.env["mairie.instance.membre"].create(
            {
                "instance_id": body.id,
                "partner_id": self.deputy.partner_id.id,
                "date_from": "2026-04-02",
            }
        )
        self._new_seance(instance_id=body.id, date_start="2026-12-17 17:00:00")
        self.assertIn("1 members also sit at that hour in: Finances", seance.advice)

    def test_meetings_that_follow_each_other_do_not_meet(self):
        seance = self._new_seance()
        body = self._new_instance("Finances")
        self._new_seance(
            instance_id=body.id, date_start="2026-12-17 16:00:00", duration=2.0
        )
        self.assertFalse(seance.advice)

    def test_a_public_holiday_is_said(self):
        seance = self._new_seance(date_start="2026-12-25 18:00:00")
        seance = seance.with_context(lang="en_US")
        self.assertIn("public holiday", seance.advice)

    def test_an_annex_of_the_mairie_is_told_fifteen_days_before(self):
        seance = self._new_seance(is_annex_site=True).with_context(lang="en_US")
        self.assertIn("Wednesday 2 December", seance.advice)
        seance.public_told_on = "2026-12-03"
        self.assertTrue(seance.advice)
        seance.public_told_on = "2026-12-02"
        self.assertFalse(seance.advice)

    def test_a_request_obliges_within_thirty_days(self):
        seance = self._new_seance(requested_on="2026-11-16", request_count=1)
        seance = seance.with_context(lang="en_US")
        self.assertIn("Wednesday 16 December", seance.advice)
        seance.requested_on = "2026-11-17"
        self.assertFalse(seance.advice)

    def test_too_few_members_do_not_oblige(self):
        self._prepare_commune(self.commune, population=800)
        seance = self._new_seance(requested_on="2026-11-01", request_count=1)
        advice = seance.with_context(lang="en_US").advice
        self.assertIn("1 members asked for it: 2 of 3 oblige", advice)

    def test_an_incomplete_council_is_told_before_it_elects(self):
        """L2122-8: three members of thirty-three."""
        seance = self._new_seance()
        point = self._new_point(seance, "Délégué", kind="election")
        self.assertFalse(seance.advice, "a delegate to an outside body")
        point.special_mention = "Il sera procédé à l'élection d'un adjoint au maire."
        advice = seance.with_context(lang="en_US").advice
        self.assertIn("3 members in office of 33", advice)
        self.assertNotIn("one deputy only", advice, "a third is lost")
        self.mandature.seat_count = 4
        seance.invalidate_recordset(["advice"])
        self.assertIn("1", seance.advice)

    def test_the_first_meeting_is_on_a_friday_to_sunday(self):
        seance = self._new_seance(call="installation", date_start="2026-03-22 09:00:00")
        seance = seance.with_context(lang="en_US")
        self.assertNotIn("Friday", seance.advice)
        self.assertIn("charter of the local élu", seance.advice)
        self._new_point(seance, "Lecture de la charte de l'élu local")
        seance.invalidate_recordset(["advice"])
        self.assertFalse(seance.advice)
        seance.date_start = "2026-03-23 18:00:00"
        self.assertIn("between Friday 20 March and Sunday 22 March", seance.advice)
        self.env["mairie.mandat"].search([]).election_date = False
        seance.invalidate_recordset(["advice"])
        self.assertIn("between the Friday and the Sunday", seance.advice)

    def test_a_council_never_meets_by_video(self):
        with self.assertRaisesRegex(ValidationError, "No text lets"):
            self.council.write({"video_allowed": True, "video_source": "Essai"})

    def test_a_committee_meets_by_video_as_its_rules_say(self):
        body = self._new_instance("Finances")
        body.membre_ids = [
            Command.create(
                {"partner_id": self.deputy.partner_id.id, "date_from": "2026-04-02"}
            )
        ]
        seance = self._new_seance(instance_id=body.id)
        with self.assertRaisesRegex(ValidationError, "does not meet by video"):
            seance.is_video = True
        with self.assertRaisesRegex(ValidationError, "which rules"):
            body.video_allowed = True
        body.write({"video_allowed": True, "video_source": "Article 12"})
        seance.is_video = True
        sentences = [sentence for sentence, _record in seance._get_blockers()]
        self.assertEqual(sentences, ["The address of the video meeting is missing."])
        seance.video_url = "https://visio.example.org/finances"
        seance._convene()
        notice = seance.convocation_ids.sudo()
        self.assertFalse(notice._prepare_page_vals("x")["video_url"], "not opened yet")
        notice._open("link")
        self.assertEqual(notice._prepare_page_vals("x")["video_url"], seance.video_url)
        letter = self.env["ir.qweb"]._render(
            "mairie_elus.report_convocation", {"docs": notice}
        )
        self.assertIn("visio.example.org", letter)

    def test_a_matter_is_chosen_by_name_and_kept_by_code(self):
        point = self._new_seance().point_ids
        point.matiere_id = self.env.ref("mairie_elus.matiere_7_5")
        self.assertEqual(point.matiere_code, "7.5")
        point.matiere_code = "8.1"
        self.assertEqual(point.matiere_id.name, "Enseignement")
        found = self.env["mairie.matiere"].name_search("7.1")
        self.assertEqual(len(found), 2)  # 7.1 and 7.10

    def test_the_national_list_has_its_fifty_seven_matters(self):
        matters = self.env["mairie.matiere"].search([("code", "=like", "_.%")])
        self.assertEqual(len(matters), 57)

    def test_two_hundred_and_fifty_items_are_reordered_in_few_queries(self):
        seance = self._new_seance(points=0, state="draft")
        points = self.env["mairie.point"].create(
            [
                {"seance_id": seance.id, "name": f"Affaire {rank}", "sequence": rank}
                for rank in range(250)
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(30):
            points[-1].sequence = -1
            self.env.flush_all()
        self.assertEqual(points[-1].rank, 1)
        self.assertEqual(points[0].rank, 2)
        self.env.invalidate_all()
        with self.assertQueryCount(60):
            seance.read()
            seance.point_ids.read(["rank", "name", "has_note", "annexe_count"])
