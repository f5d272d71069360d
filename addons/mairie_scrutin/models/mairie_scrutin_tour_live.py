from odoo import api, models


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """The word goes once a transaction, at its end, and says only which round."""

    _inherit = "mairie.scrutin.tour"

    def _touch_night(self):
        """Tell the night room to read again; many calls make one message."""
        waiting = self.env.cr.precommit.data.setdefault("mairie_scrutin.night", set())
        if not waiting:
            self.env.cr.precommit.add(self.env["mairie.scrutin.tour"]._send_night)
        waiting.update(self.ids)

    @api.model
    def _send_night(self):
        """Send what waits, to operators only: readers ask by themselves.

        Each savepoint that closes comes here: a round is told once a transaction all
        the same, since the word is only read after the commit.
        """
        ids = self.env.cr.precommit.data.pop("mairie_scrutin.night", set())
        told = self.env.cr.postcommit.data.setdefault("mairie_scrutin.night", set())
        ids = ids - told
        if not ids:
            return
        told.update(ids)
        # kept in memory, unlike env.ref
        ref = self.env["ir.model.data"]._xmlid_to_res_id
        group = self.env["res.groups"].browse(ref("mairie_scrutin.group_operateur"))
        for tour_id in sorted(ids):
            self.env["bus.bus"]._sendone(
                group, "mairie_scrutin/night", {"tour": tour_id}
            )

    def write(self, vals):
        result = super().write(vals)
        self._touch_night()
        return result

    def get_night_map(self):
        """[{id, geometry}] of the stations that have an outline or a point."""
        self.ensure_one()
        self._check_night_reader()
        self.check_access("read")
        stations = self.sudo().bureau_tour_ids.filtered("bureau_id.geojson")
        drawn = ("Point", "Polygon", "MultiPolygon")
        return [
            {"id": station.id, "geometry": station.bureau_id.geojson}
            for station in stations.sorted("code")
            if station.bureau_id.geojson.get("type") in drawn
        ]
