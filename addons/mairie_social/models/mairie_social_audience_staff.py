import logging
from collections import defaultdict

from odoo import api, models

_logger = logging.getLogger(__name__)


class MairieSocialAudience(models.Model):
    """How the members of an audience are worked out."""

    _inherit = "mairie.social.audience"

    @api.model
    def _sync_all(self):
        """Bring every audience in step; called on each change and every night."""
        self.sudo().search([("active", "=", True)])._sync_members()

    def _sync_members(self):
        """Write who belongs to each audience of ``self``, where that changed."""
        audiences = self.sudo().with_context(active_test=False)
        elu_ids = set(audiences._get_elus().ids)
        staff = audiences._get_staff()
        for audience in audiences:
            wanted = audience._get_wanted_user_ids(staff, elu_ids)
            known = set(audience.member_ids.ids)
            elu_count = len(wanted & elu_ids)
            if wanted != known or elu_count != audience.elu_count:
                _logger.info(
                    "audience %s: %s readers in, %s out",
                    audience.id,
                    len(wanted - known),
                    len(known - wanted),
                )
                audience._set_members(wanted, elu_ids)

    def _get_wanted_user_ids(self, staff, elu_ids):
        """Work out one audience.

        :param staff: see :meth:`_get_staff`
        :param elu_ids: set of the ids of the elected members
        :return: set of user ids
        """
        self.ensure_one()
        people = staff[self.company_id.id]
        compute = getattr(self, f"_get_{self.kind}_user_ids")
        wanted = compute(people, elu_ids) | set(self.included_user_ids.ids)
        return (wanted & people["users"]) - set(self.excluded_user_ids.ids)

    def _get_all_user_ids(self, people, elu_ids):
        return set(people["users"])

    def _get_agents_user_ids(self, people, elu_ids):
        return people["users"] - elu_ids

    def _get_elus_user_ids(self, people, elu_ids):
        return people["users"] & elu_ids

    def _get_service_user_ids(self, people, elu_ids):
        return people["services"][self.department_id.id]

    def _get_site_user_ids(self, people, elu_ids):
        return people["sites"][self.work_location_id.id]

    def _get_role_user_ids(self, people, elu_ids):
        return set(self.role_id.user_ids.ids)

    def _get_manual_user_ids(self, people, elu_ids):
        return set()

    @api.model
    def _get_elus(self):
        """:return: the active users who are elected members, sudoed"""
        group = self.env.ref("mairie_base.group_elu")
        return self._find_accounts([("all_group_ids", "in", group.ids)])

    @api.model
    def _get_staff(self):
        """Read once all that the audiences need.

        :return: company id -> dict: ``users`` set of active internal users,
            ``services`` department id -> set (children included), ``sites`` site
            id -> set
        """
        staff = defaultdict(
            lambda: {
                "users": set(),
                "services": defaultdict(set),
                "sites": defaultdict(set),
            }
        )
        for user in self._find_accounts():
            for company in user.company_ids:
                staff[company.id]["users"].add(user.id)
        for employee in self._get_employees():
            people, user_id = staff[employee.company_id.id], employee.user_id.id
            version = employee.current_version_id
            for department in self._get_department_path(version.department_id):
                people["services"][department].add(user_id)
            people["sites"][version.work_location_id.id].add(user_id)
        return staff

    def _find_accounts(self, domain=()):
        """:return: internal users whose account is open, sudoed"""
        Users = self.env["res.users"].sudo().with_context(active_test=True)
        return Users.search([("share", "=", False), *domain])

    def _get_employees(self):
        """:return: active employees with an account, sudoed"""
        Employee = self.env["hr.employee"].sudo().with_context(active_test=True)
        return Employee.search([("user_id", "!=", False)])

    @staticmethod
    def _get_department_path(department):
        """:return: ids of the service and of those above it"""
        path = department.parent_path or ""
        return [int(part) for part in path.split("/") if part]
