from odoo import fields, models


class MairieScrutin(models.Model):
    """What the préfecture wants in its file: no text publishes it, so it can be set."""

    _inherit = "mairie.scrutin"

    prefecture_version = fields.Selection(
        [("2026", "2026: 16 values, then panel and votes")],
        "Version of the Préfecture File",
        default="2026",
        required=True,
        help="Read on real files of March 2026. Ask your préfecture before the day.",
    )
    prefecture_flag = fields.Char(
        "Kind of Transfer",
        default="I",
        size=1,
        help="One letter of each line: I, most likely for an initial transfer.",
    )
