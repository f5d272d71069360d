from datetime import timedelta

from freezegun import freeze_time
from odoo.tests import tagged

from .common import IN_TIME, START, ElusCase


@tagged("post_install", "-at_install")
class TestSendingCost(ElusCase):
    """Sixty-nine members cost no more queries than a handful."""

    def _count_queries(self, members):
        existing = len(self.mandature.mandat_ids)
        for number in range(existing, members):
            self._new_mandat(f"Élu {members} {number}")
        start = START + timedelta(days=members)
        seance = self._new_seance(date_start=start)
        seance._build_dossier()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        seance._convene()
        self.env.flush_all()
        self.assertEqual(len(seance.convocation_ids), members)
        count = self.env.cr.sql_log_count - before
        return count, seance

    @freeze_time(IN_TIME)
    def test_queries_do_not_grow_with_the_members(self):
        few, _seance = self._count_queries(10)
        many, _seance = self._count_queries(69)
        self.assertLessEqual(many, few + 10, f"{few} queries for 10, {many} for 69")
        self.assertLessEqual(many, 120)
