from odoo import api, fields, models


class MairieScrutinAttributionLigne(models.Model):
    """Seats of one list."""

    _name = "mairie.scrutin.attribution.ligne"
    _description = "Seats of a List"
    _order = "attribution_id, seats desc, voix desc, id"

    attribution_id = fields.Many2one(
        "mairie.scrutin.attribution", required=True, index=True, ondelete="cascade"
    )
    candidature_id = fields.Many2one(
        "mairie.scrutin.candidature", "List", required=True, ondelete="cascade"
    )
    voix = fields.Integer("Votes")
    exprimes = fields.Integer("Valid Votes")
    share = fields.Char(compute="_compute_share")
    prime = fields.Integer()
    proportional = fields.Integer("By Average")
    vacant = fields.Integer()
    seats = fields.Integer()

    @api.depends("voix", "exprimes")
    def _compute_share(self):
        share = self.env["mairie.scrutin.tour"]._format_share
        for line in self:
            line.share = share(line.voix, line.exprimes, 2)
