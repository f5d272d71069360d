from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..lib.anonymity import gather_small, mask_small, percent

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
        """Read the funnel, of the town hall and by service.

        :return: dict ``total`` (a number for each step, or False), ``services`` (list of
            dict id, name, others, and a number or None for each step), ``threshold`` (people),
            ``percent_active`` (text, one decimal)
        """
        self._check_may_see()
        rows = self._count_by_service()
        threshold = self.env.company.mairie_social_threshold
        total = {step: sum(row[step] for row in rows) for step in STEPS}
        if total["invited"] < threshold:
            return {"services": [], "total": False, "threshold": threshold}
        return {
            "total": {**total, "id": 0, "name": ""},
            "services": self._mask_steps(self._gather_services(rows, STEPS), threshold),
            "threshold": threshold,
            "percent_active": percent(total["active"], total["invited"]),
        }

    @api.model
    def _mask_steps(self, lines, threshold):
        """Mask the steps of too few people, none excepted: None stands for their number.

        :param lines: see :meth:`_gather_services`
        """
        shown = {
            step: mask_small({line["id"]: line[step] for line in lines}, threshold)
            for step in STEPS
        }
        return [
            {
                **line,
                **{
                    step: line[step] if shown[step][line["id"]] else None
                    for step in STEPS
                },
            }
            for line in lines
        ]

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
    def _gather_services(self, rows, keys):
        """Count services of too few people with the one above them.

        :param rows: see :meth:`_name_services`
        :param keys: its figures; the first is the number of people that they are about
        :return: list of the same, each of as many people as the threshold says, with
            ``others``: names of the services that are counted on its line
        """
        inside = [row["id"] for row in rows if row["id"]]
        services = (
            self.env["hr.department"].sudo().search([("id", "parent_of", inside)])
        )
        holders = gather_small(
            {row["id"]: row[keys[0]] for row in rows},
            {
                service.id: service.parent_id.id
                for service in services.filtered("parent_id")
            },
            self.env.company.mairie_social_threshold,
        )
        lines = defaultdict(list)
        for row in rows:
            lines[holders[row["id"]]].append(row)
        gathered = [
            {
                "id": holder or 0,
                **self._name_line(services.browse(holder), members),
                **{key: sum(row[key] for row in members) for key in keys},
            }
            for holder, members in lines.items()
        ]
        return sorted(gathered, key=lambda line: (not line["id"], line["name"]))

    @api.model
    def _name_line(self, service, members):
        """:return: dict ``name`` of a line, ``others`` (names of what it counts as well)"""
        others = [
            row["name"] for row in members if not service or row["id"] != service.id
        ]
        if service:
            return {"name": service.name, "others": others}
        if len(others) == 1:
            return {"name": others[0], "others": []}
        return {"name": self.env._("Other services"), "others": others}

    @api.model
    def _check_may_see(self):
        user = self.env.user
        if not (
            user.has_group("mairie_base.group_manager")
            or user.has_group("mairie_social.group_communication")
        ):
            raise AccessError(self.env._("Only a manager sees the adoption."))
