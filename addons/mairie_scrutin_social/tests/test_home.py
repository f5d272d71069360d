"""The turnout on the home page: on the day, once visitors know of it; never a vote."""

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
            set(card), {"name", "url", "hour", "percent", "stations"}, "no vote"
        )
        with freeze_time(datetime(2026, 4, 13, 12, 30)):
            self.assertFalse(self._card())
