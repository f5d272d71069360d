from odoo import api, fields, models
from odoo.fields import Domain


class HrEmployeePublic(models.Model):
    """The directory of agents: who deals with what, and nobody's comings and goings."""

    _inherit = "hr.employee.public"

    mairie_duties = fields.Char(
        "Deals With", related="employee_id.mairie_duties", compute_sudo=True
    )
    mairie_who = fields.Char(
        "Who deals with…?",
        compute="_compute_mairie_who",
        search="_search_mairie_who",
        export_string_translation=False,
    )
    mairie_service = fields.Char(
        "Service, Shortened",
        compute="_compute_mairie_service",
        export_string_translation=False,
    )
    mairie_call = fields.Char(
        "Telephone", compute="_compute_mairie_call", export_string_translation=False
    )

    def _compute_mairie_who(self):
        self.mairie_who = False

    @api.depends("department_id")
    def _compute_mairie_service(self):
        """The service and the one above it: the whole path does not fit on a card."""
        for employee in self:
            service = employee.department_id
            levels = [service.parent_id.name, service.name]
            employee.mairie_service = " / ".join(filter(None, levels))

    @api.depends("work_phone", "mobile_phone")
    def _compute_mairie_call(self):
        for employee in self:
            employee.mairie_call = employee.work_phone or employee.mobile_phone or ""

    def _search_mairie_who(self, operator, value):
        """Find people by what they do, their service and its duties, their site or name.

        Every word typed must be found somewhere.
        """
        if operator not in ("ilike", "=", "in"):
            return NotImplemented
        texts = value if isinstance(value, (list, tuple, set)) else [value]
        words = [word for text in texts for word in str(text or "").split()]
        return Domain.AND(self._get_who_domain(word) for word in words)

    @api.model
    def _get_who_domain(self, word):
        """Hook: where one word of « Qui s'occupe de… ? » is looked for."""
        staff = Domain.OR(
            Domain(path, "ilike", word)
            for path in (
                "name",
                "job_title",
                "mairie_duties",
                "department_id.name",
                "department_id.mairie_duties",
                "work_location_id.name",
            )
        )
        # sudo: words of the directory, of which only ids of public lines come out
        found = self.env["hr.employee"].sudo().search(staff)
        return Domain("id", "in", found.ids)

    def _compute_last_activity(self):
        """When a colleague was last seen is nobody's business: not kept, not shown."""
        self.last_activity = False
        self.last_activity_time = False

    def _compute_presence_state(self):
        self.hr_presence_state = "out_of_working_hour"

    def _compute_presence_icon(self):
        # A name and never nothing: Odoo's org chart draws it without asking.
        self.hr_icon_display = "presence_out_of_working_hour"
        self.show_hr_icon_display = False

    def action_mairie_write(self):
        """Open a conversation with one colleague in Discuss."""
        self.ensure_one()
        partner = self.user_id.partner_id or self.work_contact_id
        return partner.action_mairie_write()
