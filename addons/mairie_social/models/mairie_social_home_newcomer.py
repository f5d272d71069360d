from odoo import api, fields, models

#: days after the arrival, and what is shown from then on
PATH = ((0, "people"), (7, "groups"), (30, "react"))
PATH_DAYS = 60


class MairieSocialPost(models.Model):
    """The path of a newcomer: who is who, then the groups, then a first word."""

    _inherit = "mairie.social.post"

    @api.model
    def get_home(self):
        """Add the step of the path that a newcomer has come to, else False."""
        return {**super().get_home(), "welcome": self._get_welcome_card()}

    @api.model
    def pass_welcome(self):
        """Leave the present step behind. :return: the next one, if its day has come"""
        step = self._find_welcome_step()
        if step is not None:
            self.env.cr.execute(
                "UPDATE mairie_social_seen SET welcome_step = %s WHERE user_id = %s",
                [step + 1, self.env.uid],
            )
            self.env["mairie.social.seen"].invalidate_model()
        return self._get_welcome_card()

    @api.model
    def _get_welcome_card(self):
        """:return: dict ``key`` (see PATH), ``ambassador`` (name, may be empty), or False"""
        step = self._find_welcome_step()
        if step is None:
            return False
        ambassador = self.env.company._get_mairie_ambassador()
        is_self = ambassador == self.env.user
        return {
            "key": PATH[step][1],
            "ambassador": "" if is_self else ambassador.name or "",
        }

    @api.model
    def _find_welcome_step(self):
        """:return: rank in PATH of what is to be shown now, or None"""
        self.env["hr.employee"].flush_model(["current_version_id"])
        self.env["hr.version"].flush_model(["contract_date_start"])
        self.env["mairie.social.seen"].flush_model()
        today = fields.Date.context_today(self)
        self.env.cr.execute(
            """
            SELECT %(today)s - version.contract_date_start,
                   COALESCE(seen.welcome_step, 0),
                   EXISTS (SELECT 1 FROM mairie_social_group_member member
                            WHERE member.user_id = %(user)s
                              AND member.is_automatic IS NOT TRUE),
                   EXISTS (SELECT 1 FROM mairie_social_reaction reaction
                            WHERE reaction.user_id = %(user)s)
              FROM hr_employee employee
              JOIN hr_version version ON version.id = employee.current_version_id
         LEFT JOIN mairie_social_seen seen ON seen.user_id = employee.user_id
             WHERE employee.user_id = %(user)s AND employee.active
               AND version.contract_date_start
                   BETWEEN %(today)s - %(path)s AND %(today)s
             LIMIT 1
            """,
            {"user": self.env.uid, "today": today, "path": PATH_DAYS},
        )
        row = self.env.cr.fetchone()
        if not row:
            return None
        days, passed, in_group, has_reacted = row
        done = {"groups": in_group, "react": has_reacted}
        steps = range(passed, len(PATH))
        due = [step for step in steps if PATH[step][0] <= days]
        return next((step for step in due if not done.get(PATH[step][1])), None)
