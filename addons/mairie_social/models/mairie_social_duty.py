from datetime import UTC

from odoo import api, fields, models
from odoo.fields import Domain


class MairieSocialDuty(models.Model):
    """On call (« astreinte »): who may be woken by what is urgent, and when.

    Decree 2005-542: the agent stays within reach, to step in for the service.
    """

    _name = "mairie.social.duty"
    _description = "On-Call Duty"
    _order = "start desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users",
        "Person",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("share", "=", False)],
    )
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, default=lambda self: self.env.company
    )
    department_id = fields.Many2one("hr.department", "For Which Service")
    start = fields.Datetime("From", required=True)
    end = fields.Datetime("Until", required=True)
    phone = fields.Char("Telephone of the Duty", help="The one that is handed over.")
    is_now = fields.Boolean(
        compute="_compute_is_now",
        search="_search_is_now",
        export_string_translation=False,
    )
    status = fields.Selection(
        [("coming", "To come"), ("now", "On call now"), ("over", "Over")],
        compute="_compute_is_now",
    )

    _ends_after = models.Constraint(
        'CHECK(start < "end")', "A duty ends after it begins."
    )

    @api.depends("start", "end")
    def _compute_is_now(self):
        now = fields.Datetime.now()
        for duty in self:
            started = bool(duty.start) and duty.start <= now
            over = bool(duty.end) and duty.end <= now
            duty.is_now = started and not over
            duty.status = "over" if over else "now" if started else "coming"

    def _search_is_now(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        now = fields.Datetime.now()
        return Domain("start", "<=", now) & Domain("end", ">", now)

    @api.model
    def _get_times(self, users, now):
        """:return: user -> list of aware (start, end) that are not over at ``now``"""
        moment = now.astimezone(UTC).replace(tzinfo=None)
        duties = self.sudo().search(
            [("user_id", "in", users.ids), ("end", ">", moment)]
        )
        return {
            user.with_env(users.env): [
                (duty.start.replace(tzinfo=UTC), duty.end.replace(tzinfo=UTC))
                for duty in lines
            ]
            for user, lines in duties.grouped("user_id").items()
        }

    @api.model
    def _count_now(self):
        """:return: number of people of the user's communes who are on call now"""
        domain = [("is_now", "=", True), ("company_id", "in", self.env.companies.ids)]
        return len(self.sudo().search(domain).user_id)
