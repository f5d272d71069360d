from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class MairieSocialPost(models.Model):
    """An event one registers for, in a room or by a link: seats are never oversold."""

    _inherit = "mairie.social.post"

    event_url = fields.Char("Link of the Room", size=300)
    event_registration = fields.Boolean("Registration Asked")
    event_seats = fields.Integer("Seats", help="0: as many as wish.")
    registration_ids = fields.One2many(
        "mairie.social.registration", "post_id", "Registered", copy=False
    )
    registration_count = fields.Integer("Registered People", readonly=True, copy=False)

    # The last word on the last seat, whatever the number of workers.
    _event_seats = models.Constraint(
        "CHECK(event_seats >= 0 AND (COALESCE(event_seats, 0) = 0"
        " OR COALESCE(registration_count, 0) <= event_seats))",
        "There are fewer seats than people already registered.",
    )

    @api.constrains("event_url")
    def _check_event_url(self):
        for post in self.filtered("event_url"):
            if not post.event_url.startswith("https://"):
                raise ValidationError(
                    self.env._("The link of the room begins with https://")
                )

    def _get_protected_fields(self):
        return super()._get_protected_fields() | {
            "registration_ids",
            "registration_count",
        }

    def register(self, wanted):
        """Come to an event, or no longer; said twice, it counts once.

        :param wanted: True to come
        :return: see :meth:`_format_events`, for this post
        :raise UserError: no seat is left, or the event is over
        """
        self.ensure_one()
        self.check_access("read")
        self._check_open_event()
        if wanted:
            self._join_event(self.env.user)
        else:
            self._leave_event(self.env.user)
        return self._format_events()[self.id]

    def action_open_registrations(self):
        """:return: action, the list of those who come, for whoever manages the event"""
        self.ensure_one()
        self._check_may_manage()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Registered: %s", self.name),
            "res_model": "mairie.social.registration",
            "views": [[False, "list"], [False, "kanban"]],
            "domain": [("post_id", "=", self.id)],
        }

    def _check_open_event(self):
        post = self.sudo()
        if not post.event_registration or post.status != "published":
            raise UserError(self.env._("There is nothing to register for here."))
        if post.event_start and post.event_start <= fields.Datetime.now():
            raise UserError(self.env._("This event has begun: registration is over."))

    def _join_event(self, user):
        """Take one seat. Two people and one seat: PostgreSQL lets one of them pass."""
        self.env["mairie.social.registration"].flush_model()
        self.flush_model(["event_seats", "registration_count"])
        self.env.cr.execute(
            """
            INSERT INTO mairie_social_registration (post_id, user_id, create_date)
                 VALUES (%s, %s, %s) ON CONFLICT DO NOTHING
            """,
            [self.id, user.id, fields.Datetime.now()],
        )
        if self.env.cr.rowcount and not self._move_count(1):
            raise UserError(self.env._("No seat is left."))

    def _leave_event(self, user):
        self.env["mairie.social.registration"].flush_model()
        self.env.cr.execute(
            "DELETE FROM mairie_social_registration WHERE post_id = %s AND user_id = %s",
            [self.id, user.id],
        )
        if self.env.cr.rowcount:
            self._move_count(-1)

    def _move_count(self, step):
        """:return: True when there was a seat"""
        self.env.cr.execute(
            """
            UPDATE mairie_social_post
               SET registration_count = COALESCE(registration_count, 0) + %(step)s
             WHERE id = %(post)s
               AND (%(step)s < 0 OR COALESCE(event_seats, 0) = 0
                    OR COALESCE(registration_count, 0) < event_seats)
            """,
            {"step": step, "post": self.id},
        )
        moved = bool(self.env.cr.rowcount)
        self.invalidate_recordset(["registration_count", "registration_ids"])
        return moved

    def _format_cards(self, whole=False):
        cards = super()._format_cards(whole)
        events = self._format_events()
        for card in cards:
            card["event"] = events.get(card["id"], False)
        return cards

    def _format_events(self):
        """:return: post id -> dict url, asks, seats, count, mine, is_over

        The link of the room is for whoever comes, where registration is asked.
        """
        events = self.sudo().filtered(
            lambda post: post.event_url or post.event_registration
        )
        if not events:
            return {}
        mine = self.env["mairie.social.registration"].search_fetch(
            [("user_id", "=", self.env.uid), ("post_id", "in", events.ids)], ["post_id"]
        )
        now = fields.Datetime.now()
        result = {}
        for post in events:
            comes = post.id in mine.post_id.ids
            asks = post.event_registration
            result[post.id] = {
                "url": post.event_url if post.event_url and (comes or not asks) else "",
                "has_room": bool(post.event_url),
                "asks": asks,
                "seats": post.event_seats,
                "count": post.registration_count,
                "mine": comes,
                "is_over": bool(post.event_start and post.event_start <= now),
            }
        return result

    def _format_draft(self):
        return {
            **super()._format_draft(),
            "event_url": self.event_url or "",
            "event_registration": self.event_registration,
            "event_seats": self.event_seats,
        }
