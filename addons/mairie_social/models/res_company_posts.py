from odoo import fields, models


class ResCompany(models.Model):
    """What the commune chooses for its posts."""

    _inherit = "res.company"

    mairie_social_review = fields.Boolean(
        "Review before Publishing",
        help="Contributors send their posts for review; Communication publishes.",
    )
    mairie_kudos_quota = fields.Integer("Kudos a Month", default=5)
