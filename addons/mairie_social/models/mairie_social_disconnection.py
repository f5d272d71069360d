from datetime import timedelta

from odoo import api, fields, models

from ..lib.anonymity import percent

WATCHED_DAYS = 90
FIGURES = ("authors", "written", "outside")
WRITTEN = """
       WITH words AS (
           SELECT author_id, published_at AS at
             FROM mairie_social_post
            WHERE state = 'published' AND published_at >= %(since)s
            UNION ALL
           SELECT users.id, message.date
             FROM mail_message message
             JOIN res_users users ON users.partner_id = message.author_id
            WHERE message.message_type = 'comment' AND message.date >= %(since)s
              AND message.model IN ('mairie.social.post', 'discuss.channel')),
       local AS (
           SELECT author_id, at AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s AS at
             FROM words)
       SELECT version.department_id, COUNT(DISTINCT users.id), COUNT(*),
              COUNT(*) FILTER (WHERE EXTRACT(ISODOW FROM local.at) > 5
                  OR local.at::time < make_interval(secs => %(start)s * 3600)
                  OR local.at::time >= make_interval(secs => %(end)s * 3600))
         FROM local
         JOIN res_users users ON users.id = local.author_id
    LEFT JOIN hr_employee employee
           ON employee.user_id = users.id AND employee.active
          AND employee.company_id = users.company_id
    LEFT JOIN hr_version version ON version.id = employee.current_version_id
        WHERE users.company_id = %(company)s AND NOT users.share
     GROUP BY version.department_id
"""


class MairieSocialDisconnection(models.AbstractModel):
    """How much is written outside the hours, by service: for the staff committee.

    It is about words that others receive, never about who was there, and never about
    one person: services of fewer than five authors are counted with the one above.
    """

    _name = "mairie.social.disconnection"
    _description = "Meter of the Right to Disconnect"

    @api.model
    @api.readonly
    def get_meter(self):
        """Read the share of posts, comments and messages written outside the hours.

        :return: dict ``hours`` (sentence), ``days`` (number), ``total`` (False, or see
            :meth:`_format_line`), ``services`` (list of the same)
        """
        adoption = self.env["mairie.social.adoption"]
        adoption._check_may_see()
        company = self.env.company
        rows = self._count_by_service(company)
        whole = {key: sum(row[key] for row in rows) for key in FIGURES}
        is_enough = whole["authors"] >= company.mairie_social_threshold
        lines = adoption._gather_services(rows, FIGURES) if is_enough else []
        return {
            "hours": company.sudo()._get_mairie_quiet_sentence(),
            "days": WATCHED_DAYS,
            "total": is_enough and self._format_line({**whole, "id": 0, "name": ""}),
            "services": [self._format_line(line) for line in lines],
        }

    @api.model
    def _format_line(self, line):
        """:return: dict id, name, others, ``written`` (number), ``share`` (text, percent)"""
        return {
            "id": line["id"],
            "name": line["name"],
            "others": line.get("others", []),
            "written": line["written"],
            "share": percent(line["outside"], line["written"]),
        }

    @api.model
    def _count_by_service(self, company):
        """:return: list of dict id, name, authors (people), written, outside (texts)"""
        self.env.flush_all()
        self.env.cr.execute(
            WRITTEN,
            {
                "since": fields.Datetime.now() - timedelta(days=WATCHED_DAYS),
                "zone": company.mairie_tz,
                "start": company.mairie_social_day_from,
                "end": company.mairie_social_day_to,
                "company": company.id,
            },
        )
        found = self.env.cr.fetchall()
        return self.env["mairie.social.adoption"]._name_services(found, FIGURES)
