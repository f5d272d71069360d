from psycopg2 import errors

from odoo import models


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
        vals = {"post_id": self.id, "user_id": self.env.uid, "code": code}
        known = Reaction.search([(key, "=", value) for key, value in vals.items()])
        if known and not wanted:
            known.unlink()
        elif wanted and not known:
            self._add_reaction(vals)
        return self._count_reactions()[self.id]

    def _add_reaction(self, vals):
        """Insert one row; a double tap meets the constraint and changes nothing."""
        try:
            with self.env.cr.savepoint():
                self.env["mairie.social.reaction"].create(vals)
        except errors.UniqueViolation:
            self.env["mairie.social.reaction"].invalidate_model()

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
