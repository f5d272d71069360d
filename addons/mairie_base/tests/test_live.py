from odoo.addons.bus.models.bus import BusBus as StockBus
from odoo.addons.bus.models.bus import json_dump
from odoo.tests import tagged

from .common import MairieCase


@tagged("post_install", "-at_install")
class TestLive(MairieCase):
    """A screen hears what Odoo's own method would tell it, and nothing else."""

    def test_the_same_news_as_the_stock_method(self):
        bus = self.env["bus.bus"]
        last = bus._bus_last_id()
        mine, foreign = self.env.user.partner_id, self.env.company.partner_id
        name = self.env.cr.dbname
        rows = bus.create(
            [
                {
                    "channel": json_dump([name, "res.partner", partner.id]),
                    "message": json_dump({"type": "t", "payload": {"n": "é", "k": k}}),
                }
                for k, partner in enumerate((mine, foreign, mine, mine))
            ]
        )
        channels = {(name, "res.partner", mine.id), "broadcast"}
        for known in ((last, []), (last, rows[0].ids), (rows[2].id, None), (0, None)):
            found = bus._poll(channels, *known)
            self.assertEqual(found, StockBus._poll(bus, channels, *known))
        told = [row["id"] for row in bus._poll(channels, last, rows[0].ids)]
        self.assertEqual(told, rows[2:].ids)
