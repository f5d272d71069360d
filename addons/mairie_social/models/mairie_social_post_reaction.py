from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class MairieSocialPost(models.Model):
    """Reactions: rows that are added and counted, so that nobody waits for anybody."""

    _inherit = "mairie.social.post"

    def react(self, code, wanted):
        """Give or take back a reaction; said twice, it counts once.

        :param code: ``like``, ``bravo`` or ``thanks``
        :param wanted: True to give it, False to take it back
        :return: see :meth:`_count_reactions`, for this post
        """
        self.ensure_one()
        self.check_access("read")
        Reaction = self.env["mairie.social.reaction"]
        if code not in dict(Reaction._fields["code"].selection):
            raise UserError(self.env._("This reaction is unknown."))
        if wanted:
            self._check_may_react()
            self._add_reaction(code)
        else:
            domain = [("post_id", "=", self.id), ("user_id", "=", self.env.uid)]
            Reaction.search([*domain, ("code", "=", code)]).unlink()
        return self._count_reactions()[self.id]

    def _add_reaction(self, code):
        """Insert one row; a double tap meets the constraint and changes nothing."""
        now = fields.Datetime.now()
        self.env.cr.execute(
            """
            INSERT INTO mairie_social_reaction (
                   post_id, user_id, code,
                   create_uid, create_date, write_uid, write_date)
            VALUES (%(post)s, %(user)s, %(code)s, %(user)s, %(now)s, %(user)s, %(now)s)
                ON CONFLICT DO NOTHING
            """,
            {"post": self.id, "user": self.env.uid, "code": code, "now": now},
        )
        self.invalidate_recordset(["reaction_ids"])

    def _check_may_react(self):
        if any(not post._may_comment() for post in self):
            raise AccessError(self.env._("Reactions are closed."))

    def _count_reactions(self):
        """Count the reactions of all posts of ``self`` in one query.

        :return: post id -> dict ``counts`` (code -> number), ``mine`` (list of codes)
        """
        self.env["mairie.social.reaction"].flush_model()
        self.env.cr.execute(
            """
            SELECT post_id, code, COUNT(*), BOOL_OR(user_id = %s)
              FROM mairie_social_reaction
             WHERE post_id = ANY(%s)
             GROUP BY post_id, code
            """,
            [self.env.uid, self.ids],
        )
        result = {post_id: {"counts": {}, "mine": []} for post_id in self.ids}
        for post_id, code, count, mine in self.env.cr.fetchall():
            result[post_id]["counts"][code] = count
            if mine:
                result[post_id]["mine"].append(code)
        return result
