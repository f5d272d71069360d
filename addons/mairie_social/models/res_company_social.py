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
    mairie_social_lock_tries = fields.Integer("Wrong Tries before a Pause", default=5)
    mairie_social_lock_minutes = fields.Integer("Pause (Minutes)", default=15)
    mairie_social_day_from = fields.Float("Day Begins At", default=8.0)
    mairie_social_day_to = fields.Float("Day Ends At", default=20.0)
    mairie_social_suggestion_days = fields.Integer("Answer to an Idea", default=30)
    mairie_social_field_days = fields.Integer("Answer to a Field Report", default=5)
    mairie_social_report_limit = fields.Integer("Reports that Hide", default=3)
    mairie_social_notice_act = fields.Char("Act on Notices Given Here", size=200)

    _mairie_social_letter_days = models.Constraint(
        "CHECK(mairie_social_letter_days BETWEEN 1 AND 90)",
        "A letter is good for 1 to 90 days.",
    )
    _mairie_social_kiosk_seconds = models.Constraint(
        "CHECK(mairie_social_kiosk_seconds BETWEEN 30 AND 900)",
        "A shared tablet closes after 30 to 900 seconds.",
    )
    # Under five people a figure tells of persons (CNIL on small groups).
    _mairie_social_threshold = models.Constraint(
        "CHECK(mairie_social_threshold >= 5)",
        "Figures of fewer than 5 people are never shown.",
    )
    # CNIL, decision 2022-100: a short password needs a brake, ten tries at most.
    _mairie_social_lock = models.Constraint(
        "CHECK(mairie_social_lock_tries BETWEEN 3 AND 10"
        " AND mairie_social_lock_minutes BETWEEN 1 AND 1440)",
        "An account pauses after 3 to 10 wrong tries, for at least one minute.",
    )
    _mairie_social_day = models.Constraint(
        "CHECK(mairie_social_day_from >= 0 AND mairie_social_day_to < 24"
        " AND mairie_social_day_from < mairie_social_day_to)",
        "The day ends after it begins.",
    )
    _mairie_social_answers = models.Constraint(
        "CHECK(mairie_social_suggestion_days BETWEEN 1 AND 365"
        " AND mairie_social_field_days BETWEEN 1 AND 365)",
        "An answer is due within 1 to 365 days.",
    )
    _mairie_social_report_limit = models.Constraint(
        "CHECK(mairie_social_report_limit >= 2)",
        "One person alone does not hide the words of another.",
    )

    def _get_mairie_ambassador(self):
        """:return: the ambassador of the commune who has been one longest, or nobody"""
        self.ensure_one()
        group = "mairie_social.group_ambassador"
        return self.env["res.users"]._find_mairie_holders(group, self).sorted("id")[:1]
