"""The day of an agent."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import RdvCase


@tagged("post_install", "-at_install")
class TestDesk(RdvCase):
    def test_day_of_an_appointment(self):
        rdv = self._create_rdv()
        rdv.action_arrive()
        rdv.action_call()
        rdv.action_done()
        self.assertEqual(rdv.state, "done")
        self.assertTrue(rdv.arrived_at and rdv.called_at and rdv.done_at)

    def test_each_step_may_be_undone(self):
        rdv = self._create_rdv()
        action = rdv.action_no_show()
        self.assertEqual(action["tag"], "mairie_undo")
        self.assertEqual(action["params"]["method"], "action_undo")
        rdv.action_undo()
        self.assertEqual(rdv.state, "confirmed")
        with self.assertRaises(UserError):
            rdv.action_undo()

    def test_undoing_a_cancellation_takes_its_message_back(self):
        rdv = self._create_rdv(email="lea@exemple.fr")
        rdv.action_cancel()
        self.assertEqual(rdv.envoi_ids.kind, "cancelled_mairie")
        rdv.action_undo()
        self.assertFalse(rdv.envoi_ids)
        self.assertEqual(rdv.state, "confirmed")

    def test_undoing_a_cancellation_that_was_told_tells_again(self):
        rdv = self._create_rdv(email="lea@exemple.fr")
        rdv.action_cancel()
        rdv.envoi_ids._send_all_due()
        rdv.action_undo()
        kinds = rdv.envoi_ids.mapped("kind")
        self.assertEqual(set(kinds), {"cancelled_mairie", "moved"})
        rdv.action_cancel()
        self.assertEqual(rdv.envoi_ids.mapped("kind").count("cancelled_mairie"), 2)

    def test_cancellation_of_the_citizen_that_was_told_stays(self):
        rdv = self._create_rdv(email="lea@exemple.fr")
        self.env["mairie.rdv"]._cancel_public(rdv.access_token)
        rdv.envoi_ids._send_all_due()
        with self.assertRaisesRegex(UserError, "book another"):
            rdv.action_undo()
        self.assertEqual(rdv.state, "cancelled_usager")

    def test_state_that_cannot_follow_is_refused_in_words(self):
        rdv = self._create_rdv()
        rdv.action_done()
        with self.assertRaisesRegex(UserError, rdv.display_name):
            rdv.action_arrive()

    def test_name_of_an_appointment_says_neither_who_nor_why(self):
        rdv = self._create_rdv()
        self.assertEqual(rdv.display_name.replace(" ", ""), rdv.code)
        self.assertNotIn("Martin", rdv.display_name)

    def test_lists_of_the_day_cost_the_same_whatever_their_length(self):
        self.opening.hour_to = 17.0
        spec = {
            "start": {},
            "contact_name": {},
            "demarche_id": {"fields": {"display_name": {}}},
            "guichet_id": {"fields": {"display_name": {}}},
            "state": {},
        }
        for time in ("09:00", "09:20"):
            self._create_rdv(time)
        domain = [("lieu_id", "=", self.lieu.id)]
        rdvs = self.env["mairie.rdv"]
        rdvs.web_search_read(domain, spec)
        self.env.invalidate_all()
        with self.assertQueryCount(6):
            rdvs.web_search_read(domain, spec)
        for hour in range(10, 17):
            self._create_rdv(f"{hour}:00")
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(6):
            self.assertEqual(rdvs.web_search_read(domain, spec)["length"], 9)
