from odoo import Command, fields, models
from odoo.exceptions import AccessError, UserError


class MairieSocialPost(models.Model):
    """A post may ask a question; it is answered in the feed."""

    _inherit = "mairie.social.post"

    poll_ids = fields.One2many("mairie.social.poll", "post_id", "Question", copy=False)

    def _get_protected_fields(self):
        return super()._get_protected_fields() | {"poll_ids"}

    def vote(self, option_ids):
        """Answer the poll of a post.

        Once in an anonymous poll and in a quiz; in a named poll a new answer takes
        the place of the one before.

        :param option_ids: ids of the answers chosen
        :return: see ``mairie.social.poll._format_poll``
        """
        self.ensure_one()
        self.check_access("read")
        poll = self.sudo().poll_ids
        if not poll or self.sudo().status != "published":
            raise UserError(self.env._("There is nothing to answer here."))
        if self.env.uid not in self._get_reader_ids():
            raise AccessError(self.env._("Only the readers of this post vote."))
        if poll.is_quiz and self.env.uid in poll._list_voters().get(poll.id, []):
            raise UserError(self.env._("You have already answered."))
        poll._vote(list(map(int, option_ids)))
        return self._format_polls()[self.id]

    def close_poll(self):
        """End the poll now. :return: see ``mairie.social.poll._format_poll``"""
        self.ensure_one()
        self._check_may_manage()
        self.sudo().poll_ids._close()
        return self._format_polls()[self.id]

    def set_poll(self, vals):
        """Write the question of a draft, from the dialog.

        :param vals: dict question, options (list of dict name, is_right),
            is_anonymous, is_multiple, is_quiz, result_policy, closes_at (local), or
            False to take the question away
        """
        self.ensure_one()
        self._check_may_manage()
        post = self.sudo()
        if not vals:
            if post.poll_ids._count_voters():
                raise UserError(
                    self.env._("Somebody has already voted: this cannot change.")
                )
            post.poll_ids.unlink()
            return True
        values = self._prepare_poll_vals(vals)
        if post.poll_ids:
            values["option_ids"].insert(0, Command.clear())
            post.poll_ids.write(values)
        else:
            self.env["mairie.social.poll"].sudo().create({"post_id": self.id, **values})
        return True

    def _prepare_poll_vals(self, vals):
        names = [line for line in vals["options"] if (line["name"] or "").strip()]
        is_quiz = bool(vals.get("is_quiz"))
        return {
            "question": (vals["question"] or "").strip(),
            "is_anonymous": bool(vals.get("is_anonymous")) and not is_quiz,
            "is_multiple": bool(vals.get("is_multiple")) and not is_quiz,
            "is_quiz": is_quiz,
            "result_policy": "closing"
            if vals.get("result_policy") == "closing"
            else "vote",
            "closes_at": vals.get("closes_at") and self._parse_local(vals["closes_at"]),
            "option_ids": [
                Command.create(
                    {
                        "sequence": index,
                        "name": line["name"].strip(),
                        "is_right": is_quiz and bool(line.get("is_right")),
                    }
                )
                for index, line in enumerate(names)
            ],
        }

    def _format_cards(self, whole=False):
        cards = super()._format_cards(whole)
        polls = self._format_polls()
        for card in cards:
            card["poll"] = polls.get(card["id"], False)
        return cards

    def _format_draft(self):
        return dict(super()._format_draft(), poll=self._format_draft_poll())

    def _format_draft_poll(self):
        poll = self.sudo().poll_ids
        if not poll:
            return False
        keys = ("question", "is_anonymous", "is_multiple", "is_quiz", "result_policy")
        return {
            **{key: poll[key] for key in keys},
            "closes_at": self._format_local(poll.closes_at),
            "options": [
                {"name": option.name, "is_right": option.is_right}
                for option in poll.option_ids
            ],
        }

    def _format_polls(self):
        """:return: post id -> dict, for those of ``self`` that ask a question"""
        Poll = self.env["mairie.social.poll"].sudo()
        polls = Poll.search_fetch([("post_id", "in", self.ids)])
        cards = polls._format_polls() if polls else {}
        return {poll.post_id.id: cards[poll.id] for poll in polls}
