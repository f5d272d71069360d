from odoo import api, fields, models


class MairieScrutinPresence(models.Model):
    """A member of a station came or left. Lines are only added."""

    _name = "mairie.scrutin.presence"
    _description = "Presence of a Station Member"
    _order = "moment desc, id desc"
    _rec_name = "membre_id"

    membre_id = fields.Many2one(
        "mairie.scrutin.membre",
        "Member",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    bureau_tour_id = fields.Many2one(
        related="membre_id.bureau_tour_id", store=True, index=True, string="Station"
    )
    company_id = fields.Many2one(related="bureau_tour_id.company_id", store=True)
    is_arrival = fields.Boolean("Arrived", required=True, readonly=True)
    moment = fields.Datetime("At", required=True, readonly=True)
    source = fields.Selection(
        [("phone", "Phone of the station"), ("mairie", "Town hall")],
        required=True,
        readonly=True,
    )
    uuid = fields.Char(readonly=True, export_string_translation=False)

    _uuid_uniq = models.UniqueIndex("(membre_id, uuid) WHERE uuid IS NOT NULL")

    @api.model
    def _get_present(self, stations):
        """Return the members whose last line says that they are there."""
        last = self._get_last_lines(stations)
        return self.env["mairie.scrutin.membre"].concat(
            *(membre for membre, line in last.items() if line.is_arrival)
        )

    @api.model
    def _get_last_lines(self, stations):
        """:return: member -> the last line about him, sudoed"""
        rows = self.sudo().search(
            [("bureau_tour_id", "in", stations.ids)], order="moment, id"
        )
        return {row.membre_id: row for row in rows}
