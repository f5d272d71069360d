from odoo import fields, models


class ResCompany(models.Model):
    """What a town settles about its hub."""

    _inherit = "res.company"

    mairie_social_group_creators = fields.Selection(
        [("all", "Everybody"), ("contributors", "Contributors")],
        "Who Creates Groups",
        required=True,
        default="all",
    )

    mairie_social_letter_days = fields.Integer("Letters Good For (Days)", default=21)
    mairie_social_kiosk_seconds = fields.Integer("Kiosk Idle (Seconds)", default=120)
    mairie_social_threshold = fields.Integer("Smallest Figure Shown", default=5)

    def _get_mairie_ambassador(self):
        """:return: the ambassador of the commune who has been one longest, or nobody"""
        self.ensure_one()
        group = self.env.ref("mairie_social.group_ambassador").sudo()
        users = group.all_user_ids.filtered(
            lambda user: user.active and self in user.company_ids
        )
        return users.sorted("id")[:1]
