from datetime import timedelta

from odoo import api, fields, models

KEPT_DAYS = 30


class MairieRdvAntsAppel(models.Model):
    """One call between France Titres and the town: when, how long, how it ended.

    No number, no address and no token is written here.
    """

    _name = "mairie.rdv.ants.appel"
    _description = "Call with France Titres"
    _order = "id desc"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    direction = fields.Selection(
        [("in", "France Titres asks"), ("out", "The town asks")], required=True
    )
    name = fields.Char("Call", required=True)
    create_date = fields.Datetime("At", index=True)
    status = fields.Integer("Answer", help="200 is right; 0 means no answer.")
    milliseconds = fields.Integer()
    problem = fields.Char()

    @api.autovacuum
    def _gc_calls(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("create_date", "<", limit)], limit=10_000).unlink()
