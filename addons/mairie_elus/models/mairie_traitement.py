from dateutil.relativedelta import relativedelta
from odoo import api, fields, models


class MairieTraitement(models.Model):
    """How long the assemblies keep what has an end."""

    _inherit = "mairie.traitement"

    retention_key = fields.Selection(
        [("notices", "Notices, their proof, pouvoirs")],
        "What ends",
        help="What a slip of elimination lists once the time is over.",
    )
    retention_months = fields.Integer("Months kept", default=12, aggregator=None)

    @api.model
    def _get_limit(self, key, company):
        """Return the last day of meetings whose data may end, or nothing.

        The time is a proposal of the town, to settle with its data protection officer
        and the departmental archives.
        """
        line = self.sudo().search(
            [("retention_key", "=", key), ("company_id", "in", (False, company.id))],
            order="company_id, sequence",
            limit=1,
        )
        if not line:
            return None
        today = company._mairie_local_date(fields.Datetime.now())
        return today - relativedelta(months=line.retention_months)
