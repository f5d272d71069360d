from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..lib.anonymity import mask_small, percent

ACTIVE_DAYS = 30
STEPS = ("invited", "came", "equipped", "active", "contributed")
FUNNEL = """
       SELECT version.department_id,
              COUNT(*),
              COUNT(*) FILTER (WHERE log.last IS NOT NULL
                                  OR wrote.user_id IS NOT NULL),
              COUNT(*) FILTER (WHERE device.partner_id IS NOT NULL),
              COUNT(*) FILTER (WHERE log.last >= %(since)s),
              COUNT(*) FILTER (WHERE wrote.user_id IS NOT NULL)
         FROM res_users users
    LEFT JOIN hr_employee employee
           ON employee.user_id = users.id AND employee.active
          AND employee.company_id = users.company_id
    LEFT JOIN hr_version version ON version.id = employee.current_version_id
    LEFT JOIN (SELECT create_uid, MAX(create_date) AS last
                 FROM res_users_log GROUP BY create_uid) log
           ON log.create_uid = users.id
    LEFT JOIN (SELECT DISTINCT partner_id FROM mail_push_device) device
           ON device.partner_id = users.partner_id
    LEFT JOIN (SELECT author_id AS user_id FROM mairie_social_post
                WHERE state = 'published'
                UNION SELECT user_id FROM mairie_social_reaction) wrote
           ON wrote.user_id = users.id
        WHERE users.active AND NOT users.share
          AND users.company_id = %(company)s AND users.id != ALL(%(system)s)
     GROUP BY version.department_id
"""


class MairieSocialAdoption(models.AbstractModel):
    """Who took the hub in hand, by service: figures of five people at least, never one."""

    _name = "mairie.social.adoption"
    _description = "Adoption of the Hub"

    @api.model
    @api.readonly
    def get_board(self):
        """:return: dict ``total`` (see :meth:`_format_line`), ``services`` (list of the
        same), ``threshold`` (people), ``percent_active`` (text, one decimal)
        """
        self._check_may_see()
        rows = self._count_by_service()
        threshold = self.env.company.mairie_social_threshold
        shown = mask_small({row["id"]: row["invited"] for row in rows}, threshold)
        total = {step: sum(row[step] for row in rows) for step in STEPS}
        if total["invited"] < threshold:
            return {"services": [], "total": False, "threshold": threshold}
        lines = [self._format_line(row, shown[row["id"]], threshold) for row in rows]
        return {
            "total": self._format_line({**total, "name": ""}, True, 0),
            "services": lines,
            "threshold": threshold,
            "percent_active": percent(total["active"], total["invited"]),
        }

    @api.model
    def _format_line(self, row, is_shown, threshold):
        """:return: dict name, is_shown, and the number of each step when it is shown

        A step of fewer people than the threshold, none excepted, is masked as well.
        """
        line = {"id": row.get("id"), "name": row["name"], "is_shown": is_shown}
        for step in STEPS:
            count = row[step]
            is_large = not threshold or count == 0 or count >= threshold
            line[step] = count if is_shown and is_large else None
        return line

    @api.model
    def _count_by_service(self):
        """Count people by service; administrators' and shared accounts are left out.

        :return: list of dict id, name (service), and a number for each step
        """
        self.env.flush_all()
        active_since = fields.Datetime.now() - timedelta(days=ACTIVE_DAYS)
        system = self.env.ref("base.group_system").sudo().all_user_ids.ids
        self.env.cr.execute(
            FUNNEL,
            {
                "since": active_since,
                "company": self.env.company.id,
                "system": system,
            },
        )
        return self._name_services(self.env.cr.fetchall(), STEPS)

    @api.model
    def _name_services(self, found, keys):
        """Name the lines of a table by service.

        :param found: list of (department id or None, one figure for each of ``keys``)
        :return: list of dict id, name (service) and ``keys``; by name
        """
        services = self.env["hr.department"].sudo()
        known = services.browse([row[0] for row in found if row[0]])
        names = {service.id: service.name for service in known}
        rows = [
            {
                "id": row[0] or 0,
                "name": names.get(row[0]) or self.env._("Without a service"),
                **dict(zip(keys, row[1:], strict=True)),
            }
            for row in found
        ]
        return sorted(rows, key=lambda row: row["name"])

    @api.model
    def _check_may_see(self):
        user = self.env.user
        if not (
            user.has_group("mairie_base.group_manager")
            or user.has_group("mairie_social.group_communication")
        ):
            raise AccessError(self.env._("Only a manager sees the adoption."))
