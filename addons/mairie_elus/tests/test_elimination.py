"""Retention: a slip, the archives' visa, then nothing remains; every model is recorded."""

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import IN_TIME, ElusCase


@tagged("post_install", "-at_install")
class TestElimination(ElusCase):
    @classmethod
    @freeze_time(IN_TIME)
    def setUpClass(cls):
        super().setUpClass()
        cls.seance = cls._new_seance()
        cls.seance._convene()
        cls.notice = cls.seance.convocation_ids.sudo().filtered(
            lambda notice: notice.partner_id == cls.deputy.partner_id
        )
        cls.notice._open("link")
        cls.notice._reply("absent", "link")
        cls.seance.sudo().state = "closed"
        cls.env["mairie.elimination"].search([]).sudo().state = "done"
        cls.env.flush_all()

    def _propose(self, day):
        with freeze_time(f"{day} 09:00:00"):
            return self.env["mairie.elimination"]._propose(self.commune)

    def test_nothing_is_proposed_before_its_time(self):
        slip = self._propose("2027-12-16")
        self.assertNotIn(self.seance, slip.seance_ids)

    def test_nothing_is_destroyed_before_the_visa(self):
        slip = self._propose("2027-12-17").with_user(self.secretary)
        self.assertIn(self.seance, slip.seance_ids)
        with self.assertRaisesRegex(UserError, "visa"):
            slip.action_eliminate()
        with self.assertRaisesRegex(UserError, "day of the visa"):
            slip.action_approve()
        with self.assertRaises(AccessError):
            slip.write({"state": "approved"})
        self.assertFalse(self._propose("2027-12-18"), "one slip at a time")

    def test_after_the_visa_nothing_remains_but_who_was_convened(self):
        slip = self._propose("2027-12-17").with_user(self.secretary)
        slip.write({"visa_on": "2028-01-10", "visa_by": "Archives départementales"})
        slip.action_approve()
        slip.action_eliminate()
        self.assertEqual(slip.state, "done")
        self.assertFalse(self.notice.event_ids)
        self.assertFalse(self.seance.envoi_ids)
        self.assertFalse(
            self.notice.answer or self.notice.opened_at or self.notice.token
        )
        self.assertEqual(self.notice.partner_id, self.deputy.partner_id)
        line = self.env["mairie.elus.journal"]._get_chain(self.commune)[-1]
        self.assertEqual(line.kind, "eliminated")
        self.assertFalse(self.env["mairie.elus.journal"]._get_faults(self.commune))

    def test_postgresql_lets_go_for_an_approved_slip_only(self):
        slip = self._propose("2027-12-17")
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(
            "SELECT set_config('mairie_elus.elimination', %s, true)", [str(slip.id)]
        )
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            cr.savepoint(),
        ):
            slip._delete_sealed("mairie_convocation_event")
