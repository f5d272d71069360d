from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .mairie_social_post_feed import PAGE

AGENDA_DAYS = 7
AGENDA_LINES = 8
NEWCOMER_DAYS = 45
NEWCOMERS_SHOWN = 5


class MairieSocialPost(models.Model):
    """The page « Accueil » in one call."""

    _inherit = "mairie.social.post"

    @api.model
    def get_home(self):
        """Read all that the home page shows, and note that the feed was seen.

        :return: dict ``town``, ``may_publish``, ``to_read`` (see get_to_read),
            ``pinned``, ``feed`` (see get_feed), ``agenda``, ``groups``, ``newcomers``,
            ``shortcuts``
        """
        pinned = self._find_pinned()
        feed = self._search_feed(limit=PAGE + 1)
        # Formatted together: what cards need is read once for both lists.
        cards = {card["id"]: card for card in (pinned | feed[:PAGE])._format_cards()}
        home = {
            "town": self.env.company.name,
            "user": self._format_person(self.env.user.partner_id),
            "may_publish": self.has_access("create"),
            "to_read": self.get_to_read(),
            "pinned": [cards[post.id] for post in pinned],
            "feed": {
                "posts": [cards[post.id] for post in feed[:PAGE]],
                "has_more": len(feed) > PAGE,
            },
            "agenda": self._get_agenda(),
            "groups": self._get_home_groups(),
            "newcomers": self._get_newcomers(),
            "shortcuts": self._get_shortcuts(),
        }
        self.env["mairie.social.seen"]._mark()
        return home

    @api.model
    def _get_agenda(self):
        """:return: list of dict id, model, name, start, allday, place: the next days"""
        now = fields.Datetime.now()
        until = now + timedelta(days=AGENDA_DAYS)
        lines = self._get_calendar_lines(now, until) + self._get_event_lines(now, until)
        return sorted(lines, key=lambda line: line["start"])[:AGENDA_LINES]

    def _get_calendar_lines(self, now, until):
        """Meetings of the current user's own calendar."""
        domain = (
            Domain("partner_ids", "in", self.env.user.partner_id.ids)
            & Domain("stop", ">=", now)
            & Domain("start", "<", until)
        )
        events = self.env["calendar.event"].search_fetch(
            domain,
            ["name", "start", "allday", "location"],
            limit=AGENDA_LINES,
            order="start",
        )
        return [
            {
                "id": event.id,
                "model": event._name,
                "name": event.name,
                "start": event.start,
                "allday": event.allday,
                "place": event.location or "",
            }
            for event in events
        ]

    def _get_event_lines(self, now, until):
        """Events announced by a post that the current user may read."""
        soon = Domain("event_start", ">=", now) & Domain("event_start", "<", until)
        posts = self._search_feed(soon, limit=AGENDA_LINES, order="event_start")
        return [
            {
                "id": post.id,
                "model": post._name,
                "name": post.name,
                "start": post.event_start,
                "allday": False,
                "place": post.event_place or "",
            }
            for post in posts
        ]

    @api.model
    def _get_home_groups(self):
        """Hook: the groups of the current user.

        :return: list of dict id, model, name, unread (number)
        """
        return []

    @api.model
    def _get_newcomers(self):
        """:return: list of dict id, name, initials, tint, detail (job and service)"""
        today = fields.Date.context_today(self)
        domain = (
            Domain("company_id", "in", self.env.companies.ids)
            & Domain("contract_date_start", "<=", today)
            & Domain("contract_date_start", ">=", today - timedelta(NEWCOMER_DAYS))
        )
        # sudo: a name, a job and a service, which the directory shows to all
        newcomers = (
            self.env["hr.employee"]
            .sudo()
            .search_fetch(
                domain,
                ["name", "job_title", "job_id", "department_id"],
                limit=NEWCOMERS_SHOWN,
                order="contract_date_start desc",
            )
        )
        return [
            {
                **self._format_person(employee),
                "id": employee.id,
                "detail": ", ".join(
                    filter(
                        None,
                        [
                            employee.job_title or employee.job_id.name,
                            employee.department_id.name,
                        ],
                    )
                ),
            }
            for employee in newcomers
        ]

    @api.model
    def _get_shortcuts(self):
        """Hook: doors to other places of the town hall; only those that open.

        :return: list of dict name, icon (Font Awesome), action (xmlid)
        """
        shortcut = self._prepare_shortcut
        shortcuts = [
            shortcut(
                self.env._("Directory"),
                "fa-address-book-o",
                "mairie_social.hr_employee_public_action",
            ),
            shortcut(
                self.env._("My calendar"),
                "fa-calendar",
                "calendar.action_calendar_event",
            ),
            shortcut(
                self.env._("Messages"),
                "fa-comments-o",
                "mail.action_discuss",
            ),
            shortcut(
                self.env._("Say thank you"),
                "fa-trophy",
                "mairie_social.mairie_social_kudos_action_give",
            ),
            shortcut(
                self.env._("Suggest an idea"),
                "fa-lightbulb-o",
                "mairie_social.mairie_social_suggestion_action",
            ),
        ]
        if self.has_access("create"):
            mine = "mairie_social.mairie_social_post_action_mine"
            shortcuts.append(
                shortcut(self.env._("My posts"), "fa-pencil-square-o", mine)
            )
        if self.env.user.has_group("mairie_base.group_manager"):
            steps = "mairie_base.mairie_first_hour_action"
            shortcuts.insert(0, shortcut(self.env._("First hour"), "fa-flag-o", steps))
        return shortcuts

    @api.model
    def _prepare_shortcut(self, name, icon, action):
        return {"name": name, "icon": icon, "action": action}
