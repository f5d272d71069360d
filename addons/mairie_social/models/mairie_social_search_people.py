from odoo import api, models
from odoo.tools import SQL

from ..lib.search_text import likeness
from .mairie_social_search import ALIKE, MOST

STAFF = """
    SELECT employee.id, employee.user_id, employee.name,
           COALESCE(version.job_title, %(job)s), %(service)s, site.name
      FROM hr_employee employee
 LEFT JOIN hr_version version ON version.id = employee.current_version_id
 LEFT JOIN hr_job job ON job.id = version.job_id
 LEFT JOIN hr_department service ON service.id = version.department_id
 LEFT JOIN hr_work_location site ON site.id = version.work_location_id
     WHERE employee.active AND employee.company_id = ANY(%(companies)s)
"""


class MairieSocialDoc(models.Model):
    """Agents and élus, as the directory shows them to everybody."""

    _inherit = "mairie.social.doc"

    @api.model
    def _find_people(self, text):
        """Agents and élus whose name is like what is typed, the most alike first."""
        found = []
        for model, person_id, name, details in self._get_people():
            score = likeness(text, name)
            if score < ALIKE:
                score = 0.9 * likeness(text, ", ".join(details))
            if score >= ALIKE:
                found.append((-score, name, model, person_id, details))
        found.sort(key=lambda line: line[:2])
        return [
            self._prepare_person(model, person_id, name, details)
            for _score, name, model, person_id, details in found[:MOST]
        ]

    @api.model
    def _get_people(self):
        """Hook: who can be found, with what is said of each.

        :return: list of (model, id, name, list of details)
        """
        staff = self._read_staff()
        people = [
            ("hr.employee.public", agent_id, name or "", [*filter(None, details)])
            for agent_id, _user_id, name, *details in staff
        ]
        known = {user_id for _agent_id, user_id, *_rest in staff}
        label = self.env._("Elected member")
        return people + [
            ("res.partner", partner_id, name or "", [label])
            for user_id, partner_id, name in self._read_elus()
            if user_id not in known
        ]

    @api.model
    def _read_elus(self):
        """:return: list of (user id, partner id, name), read as :meth:`_read_staff` does"""
        elus = self.env["mairie.social.audience"]._get_elus()
        self.env["res.users"].flush_model(["partner_id"])
        self.env["res.partner"].flush_model(["name"])
        self.env.cr.execute(
            """
            SELECT elu.id, partner.id, partner.name
              FROM res_users elu
              JOIN res_partner partner ON partner.id = elu.partner_id
             WHERE elu.id = ANY(%s)
            """,
            [elus.ids],
        )
        return self.env.cr.fetchall()

    @api.model
    def _read_staff(self):
        """Read in one query what the directory shows of everybody to everybody.

        Each search looks at all of them: records would take longer than the search.

        :return: list of (employee id, user id, name, job, service, site)
        """
        env = self.env(su=True)
        for model in ("employee", "version", "job", "department", "work.location"):
            env[f"hr.{model}"].flush_model()
        env.cr.execute(
            SQL(
                STAFF,
                job=env["hr.job"]._field_to_sql("job", "name"),
                service=env["hr.department"]._field_to_sql("service", "name"),
                companies=self.env.companies.ids,
            )
        )
        return env.cr.fetchall()

    @api.model
    def _prepare_person(self, model, person_id, name, details):
        return {
            "key": f"{model}-{person_id}",
            "icon": "fa-user-o",
            "name": name,
            "title": [(name, False)],
            "detail": ", ".join(details),
            "text": [],
            "date": False,
            "model": model,
            "id": person_id,
        }
