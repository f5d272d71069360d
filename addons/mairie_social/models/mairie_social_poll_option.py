from odoo import fields, models


class MairieSocialPollOption(models.Model):
    """An answer, and how many chose it when the poll is anonymous.

    No log fields: the date of the last change would be that of the last vote.
    """

    _name = "mairie.social.poll.option"
    _description = "Answer of a Poll"
    _order = "sequence, id"
    _log_access = False

    poll_id = fields.Many2one(
        "mairie.social.poll", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Answer", required=True, size=120)
    # Whoever may read the question would else read the answer too, before answering.
    is_right = fields.Boolean("Right Answer", groups=fields.NO_ACCESS)
    secret_count = fields.Integer(
        readonly=True, copy=False, default=0, groups=fields.NO_ACCESS
    )
    vote_ids = fields.One2many("mairie.social.poll.vote", "option_id", "Votes")

    def _count_one_more(self):
        self.flush_recordset()
        self.env.cr.execute(
            """
            UPDATE mairie_social_poll_option
               SET secret_count = secret_count + 1 WHERE id = ANY(%s)
            """,
            [self.ids],
        )
        self.invalidate_recordset(["secret_count"])

    def _list_voters(self):
        """:return: option id -> list of ids of the users who chose it by name"""
        Vote = self.env["mairie.social.poll.vote"].sudo()
        groups = Vote._read_group(
            [("option_id", "in", self.ids)], ["option_id"], ["user_id:array_agg"]
        )
        return {option.id: user_ids for option, user_ids in groups}
