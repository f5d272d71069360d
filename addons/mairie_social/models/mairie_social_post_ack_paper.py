from odoo import api, models
from odoo.exceptions import UserError


class MairieSocialPost(models.Model):
    """Read on paper: a sheet is signed, and its manager or HR enters it."""

    _inherit = "mairie.social.post"

    def record_paper(self, line_ids):
        """Enter the signatures of one sheet.

        A reading already recorded on screen is never overwritten.

        :param line_ids: ids of lines of one's own team (of all, for HR)
        :return: dict ``count``, ``sheet`` (number of the sheet)
        """
        self.ensure_one()
        self.check_access("read")
        allowed = self._get_team_lines()
        lines = allowed.filtered(lambda line: line.id in set(line_ids))
        if not lines:
            raise UserError(self.env._("Tick those who have signed."))
        number = self._get_next_sheet()
        lines._sign("paper", recorded_by_id=self.env.uid, sheet_number=number)
        return {"count": len(lines), "sheet": number}

    def action_open_paper(self):
        """Open the page where the signatures of a sheet are entered."""
        self.ensure_one()
        lines = self._get_team_lines()
        if not lines:
            raise UserError(self.env._("Everybody has read: no sheet is needed."))
        sheet = self.env["mairie.social.ack.paper"].create(
            {
                "post_id": self.id,
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "line_ref": line.id,
                            "name": line.person_name,
                            "service": line.service_name,
                        },
                    )
                    for line in lines
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Enter a signed sheet"),
            "res_model": sheet._name,
            "res_id": sheet.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _get_team_lines(self):
        """Lines that wait and that the current user may sign on paper for.

        :return: lines of the present version, sudoed: of all for HR, of one's own
            team for a manager
        """
        self.ensure_one()
        self.check_access("read")
        lines = self._find_open_lines().filtered(
            lambda line: line.version == self.version
        )
        if self.env.user.has_group("mairie_social.group_hr"):
            return lines.sorted(
                lambda line: (line.service_name or "", line.person_name)
            )
        team = self._get_team_user_ids()
        return lines.filtered(lambda line: line.user_id.id in team)

    def _count_team_left(self):
        """:return: how many of the current user's team have not read, 0 for others"""
        self.ensure_one()
        if not self.must_read or self.state != "published":
            return 0
        return len(self._get_team_lines())

    @api.model
    def _get_team_user_ids(self):
        """:return: set of ids of the users below the current one"""
        Employee = self.env["hr.employee"].sudo()
        me = Employee.search([("user_id", "=", self.env.uid)])
        if not me:
            return set()
        team = Employee.search([("id", "child_of", me.ids), ("id", "not in", me.ids)])
        return set(team.user_id.ids)

    def _get_next_sheet(self):
        """:return: the number that the next sheet of this post takes"""
        Line = self.env["mairie.social.ack.line"].sudo()
        last = Line.search(
            [("post_id", "=", self.id)], order="sheet_number desc NULLS LAST", limit=1
        )
        return (last.sheet_number or 0) + 1
