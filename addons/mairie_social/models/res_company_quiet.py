from odoo import fields, models
from odoo.tools import format_date, format_duration


class ResCompany(models.Model):
    """The right to disconnect, as the town settled it with its staff.

    Agreement of 13 July 2021 on remote work in the three civil services, part 10: what
    it means here is for the local dialogue, hence the date of the committee's opinion.
    """

    _inherit = "res.company"

    mairie_social_quiet_exceptions = fields.Char(
        "Exceptions to the Quiet Hours",
        help="Who may be told at any hour, in words: « les agents d'astreinte ».",
    )
    mairie_social_quiet_opinion = fields.Date("Opinion of the Staff Committee")

    def _get_mairie_quiet_sentence(self):
        """:return: the rule in words: for a charter, and for whoever publishes late"""
        self.ensure_one()
        parts = [
            self.env._(
                "Agents are told in the hours of their own timetable, leave taken out;"
                " those who have none, between %(start)s and %(end)s.",
                start=format_duration(self.mairie_social_day_from),
                end=format_duration(self.mairie_social_day_to),
            )
        ]
        if self.mairie_social_quiet_exceptions:
            parts.append(
                self.env._("Exceptions: %s.", self.mairie_social_quiet_exceptions)
            )
        if self.mairie_social_quiet_opinion:
            day = format_date(self.env, self.mairie_social_quiet_opinion)
            parts.append(self.env._("Opinion of the staff committee: %s.", day))
        return " ".join(parts)
