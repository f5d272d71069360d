import json

from odoo import api, models
from odoo.addons.bus.models.bus import channel_with_db, json_dump
from odoo.tools import SQL


class BusBus(models.Model):
    """Each open screen asks for its news at each news: four hundred ask at once."""

    _inherit = "bus.bus"

    @api.model
    def _poll(self, channels, last=0, ignore_ids=None):
        """The rows of the stock method, without the ORM: a fifth of its work.

        A screen that has just come (``last`` is 0) is left to the stock method.
        """
        if not last:
            return super()._poll(channels, last, ignore_ids)
        self.flush_model(["channel", "message"])
        named = [json_dump(channel_with_db(self.env.cr.dbname, c)) for c in channels]
        query = SQL(
            "SELECT id, message FROM bus_bus "
            "WHERE id > %s AND id <> ALL(%s) AND channel = ANY(%s) ORDER BY id",
            last,
            list(ignore_ids or ()),
            named,
        )
        return [
            {"id": id_, "message": json.loads(message)}
            for id_, message in self.env.execute_query(query)
        ]
