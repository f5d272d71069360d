from odoo import api, fields, models


class MairieSocialRegistration(models.Model):
    """One person who comes to one event, in the room or at a distance."""

    _name = "mairie.social.registration"
    _description = "Registration for an Event"
    _order = "id"
    _rec_name = "user_id"

    post_id = fields.Many2one(
        "mairie.social.post", "Event", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", "Person", required=True, index=True, ondelete="cascade"
    )
    department_id = fields.Many2one(
        "hr.department", "Service", compute="_compute_department_id", compute_sudo=True
    )

    _once = models.Constraint("UNIQUE(post_id, user_id)", "Already registered.")

    @api.depends("user_id")
    def _compute_department_id(self):
        for line in self:
            line.department_id = line.user_id.employee_ids[:1].department_id

    @api.model
    def _forget(self, user):
        """Take one person out of the events; their seats are free again."""
        for line in self.sudo().search([("user_id", "=", user.id)]):
            line.post_id._leave_event(user)
