"""What a new council owes, and what its absences lead to."""

from datetime import date, datetime, timedelta

from freezegun import freeze_time
from odoo.tests import tagged

from .common import START, ElusCase


@tagged("post_install", "-at_install")
class TestEcheanceCouncil(ElusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        councils = cls.env["mairie.instance"].search([("kind", "=", "council")])
        (councils - cls.council).active = False  # that of a demo town

    def _dues(self, kind):
        self.env.flush_all()
        dues = self.env["mairie.echeance"].with_user(self.secretary)
        dues.invalidate_model()
        domain = [("kind", "=", kind), ("company_id", "=", self.commune.id)]
        return dues.search(domain)

    def test_the_tableau_is_due_on_the_monday_after_the_election(self):
        self.mandature.executive_elected_on = date(2026, 3, 27)
        row = self._dues("tableau").filtered(
            lambda row: row.res_id == self.mandature.id
        )
        self.assertEqual(row.due, date(2026, 3, 30))
        self.assertEqual(row.rule, "CGCT, R2121-2")
        self.mandature.tableau_sent_on = date(2026, 3, 30)
        self.assertNotIn(self.mandature.id, self._dues("tableau").mapped("res_id"))
        self.mandature.executive_elected_on = date(2026, 12, 17)
        row = self._dues("tableau").filtered(
            lambda row: row.res_id == self.mandature.id
        )
        self.assertEqual(
            row.due, date(2026, 12, 21), "another election, another tableau"
        )

    def test_the_internal_rules_are_due_after_six_months(self):
        self.mandature.executive_elected_on = date(2026, 3, 27)
        self.assertEqual(self.mandature.installed_on, date(2026, 3, 27))
        self.assertEqual(self.mandature.rules_due, date(2026, 9, 27))
        self.assertIn(self.mandature.id, self._dues("rules").mapped("res_id"))
        self.mandature.rules_adopted_on = date(2026, 9, 17)
        self.assertNotIn(self.mandature.id, self._dues("rules").mapped("res_id"))

    def test_a_small_commune_owes_no_internal_rules(self):
        self.commune.mairie_population_ids.municipal = 900
        self.mandature.executive_elected_on = date(2026, 3, 27)
        self.assertFalse(self.mandature.rules_due)

    @freeze_time("2026-11-02 09:00:00")
    def test_a_quarter_without_a_council_is_told(self):
        self.assertIn(self.council.id, self._dues("quarter").mapped("res_id"))
        self._new_seance()
        self.assertNotIn(self.council.id, self._dues("quarter").mapped("res_id"))

    @freeze_time("2026-11-02 09:00:00")
    def test_an_intercommunal_council_meets_and_tells_its_communes(self):
        body = self._new_instance("Communauté", kind="epci")
        self.assertIn(body.id, self._dues("quarter").mapped("res_id"))
        body.meeting_months = 0
        self.assertNotIn(body.id, self._dues("quarter").mapped("res_id"))
        seance = self._new_seance(instance_id=body.id)
        seance.state = "closed"
        told = self._dues("communes_told")
        self.assertEqual((told.res_id, told.due), (seance.id, date(2027, 1, 17)))
        seance.communes_told_on = date(2026, 12, 20)
        self.assertFalse(self._dues("communes_told"))

    def test_a_new_commission_is_convened_within_eight_days(self):
        body = self._new_instance("Finances", appointed_on=date(2026, 4, 2))
        row = self._dues("committee").filtered(lambda row: row.res_id == body.id)
        self.assertEqual(row.due, date(2026, 4, 10))

    def _hold(self, rank, *present):
        start = START - timedelta(days=30 * rank)
        seance = self._new_seance(points=0, date_start=start)
        seance.write({"state": "open", "opened_at": start})
        seance._note_moves(self.env["res.partner"].union(*present), True)
        seance.state = "closed"
        return seance

    def test_absences_in_a_row_lead_to_something_in_alsace_moselle_only(self):
        came = self.mayor.partner_id, self.deputy.partner_id
        held = [self._hold(rank, *came) for rank in range(3, 0, -1)]
        self.env.flush_all()
        mandat = self.paper.with_user(self.secretary)
        self.assertFalse(mandat.absence_text)
        self.commune.mairie_local_law = True
        self.env.flush_all()
        mandat.invalidate_recordset()
        self.assertIn("3 meetings missed", mandat.absence_text)
        self.assertIn("may exclude", mandat.absence_text)
        row = self._dues("absence")
        self.assertEqual(row.res_id, self.paper.id)
        self.assertEqual(row.due, held[-1].date)
        self._hold(5, *came)
        self._hold(4, *came)
        self.env.flush_all()
        mandat.invalidate_recordset()
        self.assertIn("seat is lost", mandat.absence_text)

    def test_an_excuse_or_a_return_begins_the_count_again(self):
        self.commune.mairie_local_law = True
        came = self.mayor.partner_id, self.deputy.partner_id
        self._hold(4, *came)
        excused = self._hold(3, *came)
        excused.env["mairie.pouvoir"].create(
            {
                "seance_id": excused.id,
                "giver_id": self.paper.partner_id.id,
                "holder_id": came[0].id,
            }
        )
        self._hold(2, *came)
        self._hold(1, *came)
        self.env.flush_all()
        self.assertFalse(self.paper.absence_text)
        self.assertFalse(self._dues("absence"))

    @freeze_time("2026-12-18 09:00:00")
    def test_the_election_of_a_mayor_is_posted_the_day_after(self):
        seance = self._new_seance(points=0)
        point = self._new_point(seance, "Élection du maire", kind="election")
        seance.write({"state": "open", "opened_at": datetime(2026, 12, 17, 18, 0)})
        table = seance.with_user(self.secretary)
        table.console_move(seance._get_members().ids, True)
        table.console_open_point(point.id)
        table.console_add_nomination(point.id, "Maire", "maire")
        election = point.nomination_ids
        table.console_add_candidate(election.id, self.deputy.partner_id.ids)
        counts = {str(election.candidat_ids.id): 3}
        table.console_round(election.id, {"counts": counts})
        table.action_close()
        act = seance.deliberation_ids.with_user(self.secretary)
        self.assertEqual(self._dues("election_posted").due, date(2026, 12, 18))
        act.action_sign()
        act.action_publish()
        self.assertFalse(self._dues("election_posted"))
