from collections import defaultdict
from datetime import timedelta

from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain

from ..lib.register import MANAGER, READER, reminder_due

OFFICE_HOURS = (8, 18)
SATURDAY = 5


class MairieSocialAckLine(models.Model):
    """Reminders: to the reader on the 3rd and 7th day, then a figure to the manager.

    Nobody is reminded outside their working hours, nor during their leave: the hour
    is judged when the reminder leaves, and never kept.
    """

    _inherit = "mairie.social.ack.line"

    @api.model
    def _remind_due(self):
        """Send what is due to those who are at work now. Called every hour."""
        now = fields.Datetime.now()
        due = self.sudo()._find_waiting()._get_due(now)
        at_work = self._get_users_at_work(due[READER].user_id, now)
        readers = due[READER].filtered(lambda line: line.user_id in at_work)
        for user, lines in readers.grouped("user_id").items():
            lines._remind_reader(user, now)
        self._remind_managers(due[MANAGER], now)

    def _find_waiting(self):
        """:return: lines of the present version of live posts that wait for a reader"""
        posts = self.env["mairie.social.post"].sudo()
        live = posts.search(posts._get_live_domain() & Domain("must_read", "=", True))
        lines = live._find_open_lines()
        return lines.filtered(lambda line: line.version == line.post_id.version)

    def _get_due(self, now):
        """:return: dict ``reader`` and ``manager`` -> lines; one reminder a day"""
        due = {READER: self.browse(), MANAGER: self.browse()}
        for line in self:
            today = line.company_id._mairie_local_date(now)
            who = READER if line.reminder_asked else line._get_reminder(today)
            if who and line.reminded_on != today:
                due[who] |= line
        return due

    def _get_reminder(self, today):
        """:return: ``reader``, ``manager`` or None, see :func:`reminder_due`"""
        expected = self.company_id._mairie_local_date(self.expected_at)
        return reminder_due(expected, today, self.reminder_count)

    @api.model
    def _get_users_at_work(self, users, now):
        """Keep those whose own timetable says that they work at this moment.

        Hook: on-call duty of a town may be added here. Without a timetable, the hours
        of the town hall count: 8 to 18, Monday to Friday.
        """
        staff = self.env["hr.employee"].sudo().search([("user_id", "in", users.ids)])
        at_work = users.browse()
        for user in users:
            agent = staff.filtered(lambda one, user=user: one.user_id == user)[:1]
            if agent.resource_calendar_id:
                works = self._works_at(agent, now)
            else:
                works = self._is_office_hour(user.company_id, now)
            if works:
                at_work |= user
        return at_work

    @api.model
    def _works_at(self, agent, now):
        """:return: True when ``now`` is inside the working time of one employee"""
        calendar, resource = agent.resource_calendar_id, agent.resource_id
        start = fields.Datetime.to_datetime(now)
        aware = agent.company_id._mairie_localize(start)
        intervals = calendar._work_intervals_batch(
            aware, aware + timedelta(minutes=1), resources=resource
        )
        return bool(list(intervals[resource.id]))

    @api.model
    def _is_office_hour(self, company, now):
        local = company._mairie_localize(now)
        first, last = OFFICE_HOURS
        return local.weekday() < SATURDAY and first <= local.hour < last

    def _remind_reader(self, user, now):
        """One message for all that one person has yet to read; no title in it."""
        count = len(self)
        subject = (
            self.env._("A reading is waiting for you")
            if count == 1
            else self.env._("%s readings are waiting for you", count)
        )
        self.post_id[:1]._tell(user.partner_id, subject, subject)
        self._mail_reader(user, subject)
        for line in self:
            today = line.company_id._mairie_local_date(now)
            on_time = line._get_reminder(today) == READER
            line.write(
                {
                    "reminder_asked": False,
                    "reminded_on": today,
                    "reminder_count": line.reminder_count + on_time,
                }
            )

    def _mail_reader(self, user, subject):
        """Queue an e-mail to whoever has one and wants it."""
        if not user.email or user.notification_type != "email":
            return
        url = f"{self[:1].get_base_url()}/odoo/a-lire"
        button = Markup('<p><a href="%s">%s</a></p>') % (url, self.env._("Open"))
        hello = self.env._("Hello %s,", user.name)
        self.env["mail.mail"].sudo().create(
            {
                "subject": subject,
                "body_html": Markup("<p>%s</p><p>%s</p>%s") % (hello, subject, button),
                "email_to": user.email_formatted,
                "auto_delete": True,
            }
        )

    @api.model
    def _remind_managers(self, lines, now):
        """Tell each manager how many of the team are missing: numbers, no name."""
        staff = (
            self.env["hr.employee"]
            .sudo()
            .search([("user_id", "in", lines.user_id.ids)])
        )
        managers = {agent.user_id: agent.parent_id.user_id for agent in staff}
        at_work = self._get_users_at_work(staff.parent_id.user_id, now)
        told = defaultdict(self.browse)
        for line in lines:
            manager = managers.get(line.user_id)
            if not manager:
                line.write({"reminder_count": line.reminder_count + 1})
            elif manager in at_work:
                told[manager, line.post_id] |= line
        for (manager, post), missing in told.items():
            missing._tell_manager(manager, post)

    def _tell_manager(self, manager, post):
        subject = self.env._("A mandatory reading of your team")
        body = self.env._(
            "%(count)s people of your team have not yet read “%(title)s”.",
            count=len(self),
            title=post.name,
        )
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=manager.partner_id.ids, subject=subject, body=body
        )
        for line in self:
            line.write({"reminder_count": line.reminder_count + 1})
