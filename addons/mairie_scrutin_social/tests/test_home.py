"""The day on the home page: turnout once visitors know of it, votes once they may."""

from datetime import datetime

from odoo.addons.mairie_base.tests.common import MairieCase
from odoo.addons.mairie_scrutin.tests.common import ScrutinMixin
from odoo.tests import freeze_time, tagged


@tagged("post_install", "-at_install")
class TestHome(ScrutinMixin, MairieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls._new_user("agent_scrutin", "mairie_base.group_agent")
        cls.tour.date = "2026-04-12"  # no election of the demo town
        cls._complete()
        cls.tour.public_turnout = True
        cls._tell("0001")

    @classmethod
    def _tell(cls, code):
        cls.env["mairie.scrutin.participation"].create(
            {"bureau_tour_id": cls._station(code).id, "hour": 12.0, "votants": 123}
        )

    def _card(self):
        return (
            self.env["mairie.social.post"].with_user(self.agent).get_home()["turnout"]
        )

    def test_on_the_day_and_not_before_visitors_know_of_it(self):
        with freeze_time(datetime(2026, 4, 12, 12, 30)):
            self.assertFalse(self._card(), "not announced")
            self.tour.is_announced = True
            self.assertEqual(self._card()["hour"], "", "one of three is not the town")
            self._tell("0002")
            card = self._card()
        self.assertEqual((card["hour"], card["stations"]), ("12\u00a0h", 2))
        self.assertEqual(card["percent"], "15,4\u00a0%", "15.375, as on its page")
        self.assertEqual(
            set(card), {"name", "url", "hour", "percent", "stations", "results"}
        )
        self.assertFalse(card["results"], "no vote before the hour")
        with freeze_time(datetime(2026, 4, 13, 12, 30)):
            self.assertFalse(self._card())

    def test_votes_show_once_the_page_is_open_and_not_a_second_before(self):
        self._open_to_public()
        with freeze_time(datetime(2026, 4, 12, 17, 59, 59)):
            self.assertFalse(self._card()["results"])
        self.env.invalidate_all()  # the clock is no field
        with freeze_time(datetime(2026, 4, 12, 18, 0)):
            results = self._card()["results"]
        self.assertEqual(results["status"], "Complete results, not proclaimed")
        shares = [row["share"] for row in results["lists"]]
        self.assertEqual(shares, ["59,9\u00a0%", "40,1\u00a0%"], "910 and 610 of 1520")
