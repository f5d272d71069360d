from odoo import api, fields, models


class MairieSocialSeen(models.Model):
    """How far each one has read the feed: one row a person, nobody else sees it."""

    _name = "mairie.social.seen"
    _description = "Feed Last Seen"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    last_feed_at = fields.Datetime(required=True)
    welcome_step = fields.Integer("Steps of the Path That Are Behind")

    _user_uniq = models.Constraint("UNIQUE(user_id)", "One row for each person.")

    @api.model
    def _get_last(self):
        """:return: when the current user last opened the feed, or False"""
        mine = [("user_id", "=", self.env.uid)]
        return self.search_fetch(mine, ["last_feed_at"], limit=1).last_feed_at

    @api.model
    def _mark(self):
        """Note that the current user has the feed before the eyes now."""
        self.env.cr.execute(
            """
            INSERT INTO mairie_social_seen (user_id, last_feed_at)
                 VALUES (%s, %s)
            ON CONFLICT (user_id)
            DO UPDATE SET last_feed_at = EXCLUDED.last_feed_at
            """,
            [self.env.uid, fields.Datetime.now()],
        )
        self.invalidate_model()
