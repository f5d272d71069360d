from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..lib.poll import SHOWN, result_state, shares

MIN_OPTIONS = 2
MAX_OPTIONS = 10


class MairieSocialPoll(models.Model):
    """The question of a post: a poll, named or anonymous, or a quiz.

    An anonymous vote leaves a row that says who has voted, and one more in the figure
    of an option. No row, no date and no log tie the two together.
    """

    _name = "mairie.social.poll"
    _description = "Poll"
    _rec_name = "question"

    post_id = fields.Many2one(
        "mairie.social.post", required=True, readonly=True, ondelete="cascade"
    )
    question = fields.Char(required=True, size=200)
    is_anonymous = fields.Boolean("Anonymous")
    is_multiple = fields.Boolean("Several Answers")
    is_quiz = fields.Boolean("Quiz")
    result_policy = fields.Selection(
        [("vote", "To whoever has voted"), ("closing", "After the closing")],
        "Results",
        required=True,
        default="vote",
    )
    closes_at = fields.Datetime("Closes On")
    closed_at = fields.Datetime("Closed On", readonly=True)
    kept_voters = fields.Integer(
        "Voters, Once Forgotten",
        readonly=True,
        copy=False,
        help="Who voted is forgotten some time after the closing: their number stays.",
    )
    option_ids = fields.One2many("mairie.social.poll.option", "poll_id", "Answers")
    is_closed = fields.Boolean(compute="_compute_is_closed")

    _post_uniq = models.Constraint("UNIQUE(post_id)", "One poll for each post.")

    @api.depends("closes_at", "closed_at")
    def _compute_is_closed(self):
        now = fields.Datetime.now()
        for poll in self:
            over = poll.closes_at and poll.closes_at <= now
            poll.is_closed = bool(poll.closed_at or over)

    @api.constrains("option_ids", "is_quiz")
    def _check_options(self):
        for poll in self:
            if not MIN_OPTIONS <= len(poll.option_ids) <= MAX_OPTIONS:
                raise ValidationError(self.env._("A poll has from two to ten answers."))
            if poll.is_quiz and not poll.option_ids.filtered("is_right"):
                raise ValidationError(self.env._("Say which answer is right."))

    def write(self, vals):
        """Once somebody has voted, what they voted on stays as it is."""
        frozen = {"is_anonymous", "is_multiple", "is_quiz", "question", "option_ids"}
        if frozen & vals.keys() and self._count_voters():
            changed = {
                key
                for key in frozen & vals.keys()
                if key == "option_ids" or any(poll[key] != vals[key] for poll in self)
            }
            if changed:
                raise UserError(
                    self.env._("Somebody has already voted: this cannot change.")
                )
        return super().write(vals)

    def _vote(self, option_ids):
        """Record the vote of the current user; see ``mairie.social.post.vote``."""
        self.ensure_one()
        poll = self.sudo()
        options = poll.option_ids.filtered(lambda one: one.id in set(option_ids))
        poll._lock()
        poll._check_ballot(options)
        is_first = poll._enter()
        if poll.is_anonymous and not is_first:
            raise UserError(self.env._("You have already voted."))
        if poll.is_anonymous:
            options._count_one_more()
        else:
            self.env["mairie.social.poll.vote"].sudo()._replace(poll, options)

    def _lock(self):
        """Wait for a closing under way: a vote counts or is refused, never both.

        Whoever waited for a change fails to read the row, and Odoo runs the request
        again from its beginning; voters do not wait for one another.
        """
        self.env.cr.execute(
            "SELECT id FROM mairie_social_poll WHERE id = %s FOR SHARE", [self.id]
        )
        self.invalidate_recordset(["closed_at", "closes_at"])

    def _check_ballot(self, options):
        if self.is_closed:
            raise UserError(self.env._("This poll is closed."))
        if not options:
            raise UserError(self.env._("Choose an answer."))
        if len(options) > 1 and not self.is_multiple:
            raise UserError(self.env._("Choose one answer only."))

    def _enter(self):
        """Note that the current user votes. :return: True the first time"""
        self.env["mairie.social.poll.participation"].flush_model()
        self.env.cr.execute(
            """
            INSERT INTO mairie_social_poll_participation (poll_id, user_id)
                 VALUES (%s, %s) ON CONFLICT DO NOTHING
            """,
            [self.id, self.env.uid],
        )
        self.env["mairie.social.poll.participation"].invalidate_model()
        return bool(self.env.cr.rowcount)

    def _close(self):
        self.filtered(lambda poll: not poll.closed_at).sudo().write(
            {"closed_at": fields.Datetime.now()}
        )

    def _count_voters(self):
        """:return: poll id -> number of people who voted, in one query"""
        Participation = self.env["mairie.social.poll.participation"].sudo()
        groups = Participation._read_group(
            [("poll_id", "in", self.ids)], ["poll_id"], ["__count"]
        )
        kept = {poll.id: poll.kept_voters for poll in self.sudo() if poll.kept_voters}
        return {**{poll.id: count for poll, count in groups}, **kept}

    def _forget_voters(self):
        """Forget who voted: a closed poll needs their number only.

        :return: number of people forgotten
        """
        counts = self._count_voters()
        for poll in self.sudo():
            poll.kept_voters = counts.get(poll.id, 0)
        Participation = self.env["mairie.social.poll.participation"].sudo()
        rows = Participation.search([("poll_id", "in", self.ids)])
        count = len(rows)
        rows.unlink()
        return count

    def _format_polls(self):
        """:return: poll id -> see :meth:`_format_poll`, for all of ``self`` at once"""
        inside = [("poll_id", "in", self.ids)]
        options = self.env["mairie.social.poll.option"].sudo().search_fetch(inside)
        voters = self._list_voters()
        named = options._list_voters()
        by_poll = options.grouped("poll_id")
        return {
            poll.id: poll._format_poll(by_poll[poll], voters.get(poll.id, []), named)
            for poll in self
        }

    def _list_voters(self):
        """:return: poll id -> list of ids of the users who voted, in one query"""
        Participation = self.env["mairie.social.poll.participation"].sudo()
        groups = Participation._read_group(
            [("poll_id", "in", self.ids)], ["poll_id"], ["user_id:array_agg"]
        )
        return {poll.id: user_ids for poll, user_ids in groups}

    def _format_poll(self, options, voter_ids, named):
        """:return: dict of what a card shows of one poll

        :param options: its answers
        :param voter_ids: ids of the users who voted
        :param named: option id -> ids of the users who chose it in a named poll
        """
        self.ensure_one()
        voted = self.env.uid in voter_ids
        voters = self.kept_voters or len(voter_ids)
        state = result_state(
            is_anonymous=self.is_anonymous,
            voters=voters,
            is_closed=self.is_closed,
            has_voted=voted,
            policy=self.result_policy,
        )
        return {
            "question": self.question,
            "is_anonymous": self.is_anonymous,
            "is_multiple": self.is_multiple,
            "is_quiz": self.is_quiz,
            "is_closed": self.is_closed,
            "closes_at": self.closes_at,
            "voters": voters,
            "voted": voted,
            "result_state": state,
            "options": self._format_options(
                options,
                named,
                is_shown=state == SHOWN,
                is_solved=self.is_quiz and (voted or self.is_closed),
            ),
        }

    def _format_options(self, options, named, is_shown, is_solved):
        """:return: list of dict id, name, mine, count, percent, is_right

        The last three are None as long as they are not to be known.
        """
        counts = [
            option.secret_count if self.is_anonymous else len(named.get(option.id, []))
            for option in options
        ]
        percents = shares(counts) if is_shown else [None] * len(counts)
        return [
            {
                "id": option.id,
                "name": option.name,
                "mine": self.env.uid in named.get(option.id, []),
                "count": count if is_shown else None,
                "percent": percent,
                "is_right": option.is_right if is_solved else None,
            }
            for option, count, percent in zip(options, counts, percents, strict=True)
        ]
