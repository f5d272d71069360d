import json
from datetime import UTC, datetime, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.date_utils import float_to_time

from ..lib.quiet_hours import group_by_moment, next_moment

HORIZON_DAYS = 21
KEPT_DAYS = 30


class MairieSocialPushJob(models.Model):
    """One person to tell of one post, at the first moment of their working time.

    The moment is worked out again when the job is due: a leave or another timetable
    decided in between counts. No "do not disturb" is stored that could get stuck.
    """

    _name = "mairie.social.push.job"
    _description = "Push to Send"
    _order = "not_before, id"
    _rec_name = "post_id"

    post_id = fields.Many2one(
        "mairie.social.post", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    not_before = fields.Datetime()
    state = fields.Selection(
        [("waiting", "Waiting"), ("sent", "Sent"), ("dropped", "Dropped")],
        required=True,
        default="waiting",
    )

    _once = models.Constraint("UNIQUE(post_id, user_id)", "Told once of each post.")
    _due_idx = models.Index("(not_before) WHERE state = 'waiting'")

    @api.model
    def _queue(self, post):
        """Queue a push for each reader of ``post`` who has a device."""
        users = self._get_reachable_users(post)
        known = self.sudo().search([("post_id", "=", post.id)]).user_id
        moments = self._get_moments(users - known, post._is_push_urgent())
        jobs = self.sudo().create(
            [
                {"post_id": post.id, "user_id": user.id, "not_before": moment}
                for user, moment in moments.items()
                if moment
            ]
        )
        cron = self.env.ref("mairie_social.ir_cron_push")
        for moment in sorted(set(jobs.mapped("not_before"))):
            cron._trigger(at=moment)
        return jobs

    @api.model
    def _get_reachable_users(self, post):
        """:return: readers of ``post`` with a device, less its author, sudoed"""
        readers = self._get_users_with_device(post._get_reader_ids())
        return readers - post.sudo().author_id

    @api.model
    def _get_users_with_device(self, user_ids):
        """:return: those of ``user_ids`` who are told on a device, sudoed"""
        devices = self.env["mail.push.device"].sudo()
        reached = Domain("partner_id.user_ids", "in", list(user_ids))
        partners = devices.search(reached).partner_id
        return partners.user_ids.filtered(lambda user: user.active)

    @api.model
    def _foresee(self, user_ids):
        """Say who would be told on a telephone, were something published now.

        :return: dict ``by_push`` (people with a device), ``later`` (those of them who
            are not at work), ``first`` (naive UTC of the first of these, or False)
        """
        users = self._get_users_with_device(user_ids)
        now = fields.Datetime.now()
        moments = self._get_moments(users).values()
        waves = group_by_moment(moment for moment in moments if moment and moment > now)
        return {
            "by_push": len(users),
            "later": sum(count for _moment, count in waves),
            "first": waves[0][0] if waves else False,
        }

    @api.model
    def _get_moments(self, users, urgent=False):
        """Say when each one may be told.

        :param urgent: True also counts the hours when they are on call
        :return: user -> naive UTC datetime, or False when no working time is in sight
        """
        now = fields.Datetime.now().replace(tzinfo=UTC)
        working = self._get_working_times(users, now)
        duties = self.env["mairie.social.duty"]._get_times(users, now) if urgent else {}
        moments = {}
        for user in users:
            moment = next_moment(now, working[user] + duties.get(user, []))
            moments[user] = moment and moment.astimezone(UTC).replace(tzinfo=None)
        return moments

    @api.model
    def _get_working_times(self, users, now):
        """Hook: shifts kept elsewhere are added here.

        :return: user -> list of aware (start, end); leaves are taken out
        """
        end = now + timedelta(days=HORIZON_DAYS)
        staff = users.sudo().employee_ids.filtered("resource_calendar_id")
        by_user = {employee.user_id: employee.resource_id for employee in staff}
        resources = staff.resource_id
        found = resources._get_valid_work_intervals(now, end)[0] if resources else {}
        return {
            user: [(start, stop) for start, stop, _what in found[by_user[user].id]]
            if user in by_user
            else self._get_free_times(user, now)
            for user in users
        }

    @api.model
    def _get_free_times(self, user, now):
        """Whoever has no timetable, as an elected member: the town's hours, any day."""
        company = user.company_id
        zone = company._get_mairie_zone_info()
        first = float_to_time(company.mairie_social_day_from)
        last = float_to_time(company.mairie_social_day_to)
        today = now.astimezone(zone).date()
        days = [today + timedelta(days=day) for day in range(HORIZON_DAYS)]
        return [
            (datetime.combine(day, first, zone), datetime.combine(day, last, zone))
            for day in days
        ]

    @api.model
    def _filter_awake(self, partners):
        """:return: those of ``partners`` who are in their working time now"""
        users = partners.sudo().main_user_id
        now = fields.Datetime.now()
        moments = self._get_moments(users)
        awake = users.filtered(lambda user: moments[user] and moments[user] <= now)
        return partners & awake.partner_id.sudo(partners.env.su)

    @api.model
    def _send_due(self):
        """Send what is due; what is due no longer waits for the next working time."""
        now = fields.Datetime.now()
        due = self.sudo().search([("state", "=", "waiting"), ("not_before", "<=", now)])
        due = due.try_lock_for_update()
        for post, jobs in due.grouped("post_id").items():
            if post.status != "published":
                jobs.state = "dropped"
                continue
            readers = post._get_reader_ids()
            gone = jobs.filtered(
                lambda job, readers=readers: (
                    job.user_id.id not in readers or not job.user_id.active
                )
            )
            gone.state = "dropped"
            (jobs - gone)._send(post)

    def _send(self, post):
        moments = self._get_moments(self.user_id, post._is_push_urgent())
        now = fields.Datetime.now()
        ready = self.filtered(
            lambda job: moments[job.user_id] and moments[job.user_id] <= now
        )
        ready._hand_to_devices(post)
        ready.state = "sent"
        for job in self - ready:
            moment = moments[job.user_id]
            job.write({"not_before": moment} if moment else {"state": "dropped"})
            if moment:
                self.env.ref("mairie_social.ir_cron_push")._trigger(at=moment)

    def _hand_to_devices(self, post):
        """Odoo's own queue sends them by fifty, and forgets the devices that are gone."""
        devices = self.env["mail.push.device"].sudo()
        found = devices.search([("partner_id", "in", self.user_id.partner_id.ids)])
        payload = json.dumps(post._prepare_push_payload())
        self.env["mail.push"].sudo().create(
            [{"mail_push_device_id": line.id, "payload": payload} for line in found]
        )
        if found:
            self.env.ref("mail.ir_cron_web_push_notification")._trigger()

    @api.autovacuum
    def _gc_old(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.sudo().search(
            [("create_date", "<", limit), ("state", "!=", "waiting")]
        ).unlink()
