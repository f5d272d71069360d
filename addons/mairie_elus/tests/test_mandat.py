from datetime import date

from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import ElusCase


@tagged("post_install", "-at_install")
class TestMandat(ElusCase):
    def _in_office(self, day):
        return self.env["mairie.mandat"]._get_in_office(self.commune, day)

    def test_who_was_in_office_on_a_day(self):
        self.paper.date_to = date(2026, 9, 30)
        new = self._new_mandat("Luc Suivant", date_from=date(2026, 10, 1))
        self.assertIn(self.paper, self._in_office(date(2026, 9, 30)))
        self.assertNotIn(new, self._in_office(date(2026, 9, 30)))
        self.assertNotIn(self.paper, self._in_office(date(2026, 10, 1)))
        self.assertIn(new, self._in_office(date(2026, 10, 1)))

    def test_the_table_follows_the_law(self):
        """L2121-1: mayor, deputies, then date of election, votes, age."""
        young = self._new_mandat("Zoé Jeune", votes=900, birthdate=date(1999, 1, 1))
        old = self._new_mandat("Guy Ancien", votes=900, birthdate=date(1950, 1, 1))
        self.paper.votes = 1200
        order = self._in_office(date(2026, 12, 1))
        self.assertEqual(order, self.mayor + self.deputy + self.paper + old + young)
        self.assertEqual(self.mandature.mandat_ids.sorted("tableau_rank"), order)

    def test_one_mandate_at_a_time(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.mayor.copy({"date_from": date(2026, 6, 1)}).flush_recordset()

    def test_a_second_mandate_may_follow_the_first(self):
        self.mayor.date_to = date(2026, 5, 31)
        self.env.flush_all()
        again = self.mayor.copy({"date_from": date(2026, 6, 1), "date_to": False})
        again.flush_recordset()
        self.assertEqual(len(again), 1)

    def test_one_membership_at_a_time(self):
        commission = self._new_instance("Finances")
        vals = {
            "instance_id": commission.id,
            "partner_id": self.deputy.partner_id.id,
            "date_from": date(2026, 4, 1),
        }
        self.env["mairie.instance.membre"].create(vals)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.env["mairie.instance.membre"].create(vals)

    def test_seats_follow_the_population_of_the_first_day(self):
        self.assertEqual(self.mandature.seat_count, 33)

    def test_a_member_of_a_commission_is_convened_as_his_mandate_says(self):
        commission = self._new_instance("Finances")
        self.env["mairie.instance.membre"].create(
            {
                "instance_id": commission.id,
                "partner_id": self.paper.partner_id.id,
                "date_from": date(2026, 4, 1),
            }
        )
        self.assertEqual(commission._get_contacts_on(date(2026, 12, 1)), [self.paper])

    def test_a_former_member_of_a_commission_is_not_convened(self):
        commission = self._new_instance("Finances")
        self.env["mairie.instance.membre"].create(
            {
                "instance_id": commission.id,
                "partner_id": self.paper.partner_id.id,
                "date_from": date(2026, 4, 1),
                "date_to": date(2026, 11, 30),
            }
        )
        self.assertFalse(commission._get_contacts_on(date(2026, 12, 1)))

    def test_quality_agrees_in_gender(self):
        self.assertEqual(self.deputy._get_quality(), "premier adjoint")
        self.deputy.civility = "madame"
        self.assertEqual(self.deputy._get_quality(), "première adjointe")
        self.assertEqual(self.paper._get_quality(), "conseillère municipale")
