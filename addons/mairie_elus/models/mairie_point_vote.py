from odoo import models
from odoo.exceptions import ValidationError

from ..lib import ballot
from .mairie_vote import COUNTS, SIDES

#: Items that end with a vote for or against. A nomination is another ballot.
VOTED_KINDS = ("deliberation", "accounts", "urgency")


class TiedVoteError(ValidationError):
    """Equal votes: how the president voted is asked for, never supplied.

    :ivar asks: ``"president"``, or ``"ruling"`` where the body's own rules decide
    """

    def __init__(self, message, asks):
        super().__init__(message)
        self.asks = asks


class MairiePoint(models.Model):
    """The vote on an item: judged by the law, then sealed."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.point"

    def _record_vote(self, vals):
        """Close a vote on this item: sealed, a correction needs its reason.

        :raise ValidationError: the sentence says what is missing
        """
        self.ensure_one()
        vals = self._read_vote(vals)
        room = self.seance_id._get_roll(self)
        previous = self._get_replaced_vote(vals)
        data = self._judge_vote(room, vals)
        data.update(replaces_id=previous.id, reason=vals["reason"])
        vote = self.env["mairie.vote"].sudo().create(data)
        self.deliberation_ids._follow_vote(vote)
        names = self._prepare_vote_names(vote, room, vals["names"])
        self.env["mairie.vote.nom"].sudo().create(names)
        return vote

    def _preview_vote(self, vals):
        """Return what the vote would decide, or the sentence of what is missing.

        :return: {"problem": text, "asks": what a tie asks, ""} or
            {"adopted": bool, "sentence": text}
        """
        self.ensure_one()
        try:
            data = self._judge_vote(
                self.seance_id._get_roll(self), self._read_vote(vals)
            )
        except TiedVoteError as error:
            return {"problem": str(error), "asks": error.asks}
        except ValidationError as error:
            return {"problem": str(error), "asks": ""}
        return {"adopted": data["is_adopted"], "sentence": data["sentence"]}

    def _read_vote(self, vals):
        """Return the values of a screen, numbers as numbers, names by member id."""
        try:
            return {
                "mode": vals.get("mode"),
                **{name: int(vals.get(name) or 0) for name in COUNTS},
                "president_vote": vals.get("president_vote") or None,
                "tie_ruling": vals.get("tie_ruling") or None,
                "names": {
                    int(key): side for key, side in (vals.get("names") or {}).items()
                },
                "asked_public": int(vals.get("asked_public") or 0),
                "asked_secret": int(vals.get("asked_secret") or 0),
                "subject": (vals.get("subject") or "").strip() or False,
                "reason": (vals.get("reason") or "").strip() or False,
            }
        except (AttributeError, TypeError, ValueError) as error:
            raise ValidationError(
                self.env._("A number of votes is a whole number.")
            ) from error

    def _judge_vote(self, room, vals):
        """Return the values of the vote once the law has judged it."""
        self._check_vote(room, vals)
        try:
            return self.env["mairie.vote"]._prepare_vals(self, room, vals)
        except ballot.CastingVoteUnknownError as error:
            presiding = self.seance_id._get_presiding(room).name
            sentence = self.env._("The votes are tied. How did %s vote?", presiding)
            raise TiedVoteError(sentence, "president") from error
        except ballot.OpenTieError as error:
            sentence = self.env._(
                "The votes are tied, and no text says what follows here. What do the "
                "rules of this body say?"
            )
            raise TiedVoteError(sentence, "ruling") from error
        except ValueError as error:
            raise ValidationError(
                self.env._("A number of votes is zero or more.")
            ) from error

    def _get_replaced_vote(self, vals):
        """Return the vote that this one corrects, empty the first time."""
        same = self.vote_ids._get_current().filtered(
            lambda vote: (vote.subject or False) == vals["subject"]
        )
        if same and not vals["reason"]:
            raise ValidationError(
                self.env._("This was voted on already. Why is it corrected?")
            )
        return same[:1]

    def _check_vote(self, room, vals):
        """Refuse a vote that cannot stand, with what to do."""
        if vals["mode"] not in (ballot.ORDINARY, ballot.PUBLIC, ballot.SECRET):
            raise ValidationError(self.env._("Choose how the members vote."))
        if not self.opened_at:
            raise ValidationError(self.env._("Put the item to discussion first."))
        self.deliberation_ids._check_draft()
        self._check_item_quorum()
        self.seance_id._check_ballot_by_video(vals["mode"])
        self._check_amendment_in_time(vals["subject"])
        self._check_asked_mode(room, vals)
        self._check_mayor_is_out(room, vals)
        self._check_vote_sum(room, vals)
        self._check_vote_names(room, vals)
        self._check_cast_names(vals)

    def _check_item_quorum(self):
        if not self.quorum_reached:
            raise ValidationError(
                self.env._(
                    "No quorum for this item: %(counted)s count, %(needed)s are "
                    "needed. It waits for another meeting.",
                    counted=self.quorum_counted,
                    needed=self.quorum_needed,
                )
            )

    def _check_amendment_in_time(self, subject):
        """An amendment is voted on before what it amends."""
        if subject and self.vote_id:
            raise ValidationError(
                self.env._(
                    "The item itself was voted on: its amendments come before it."
                )
            )

    def _check_asked_mode(self, room, vals):
        """Enough members asked: their mode of voting is due (L2121-21).

        Both asked: secrecy prevails.
        """
        present = len(room.present)
        asked = {
            ballot.SECRET: vals["asked_secret"],
            ballot.PUBLIC: vals["asked_public"],
        }
        for mode, count in asked.items():
            needed = ballot.requests_for(mode, present)
            if not count or count < needed:
                continue
            if vals["mode"] != mode:
                field = self.env["mairie.vote"]._fields["mode"]
                labels = dict(field._description_selection(self.env))
                raise ValidationError(
                    self.env._(
                        "%(asked)s of %(present)s members present asked, %(needed)s are "
                        "enough: this vote is due “%(mode)s”.",
                        asked=count,
                        present=present,
                        needed=needed,
                        mode=labels[mode],
                    )
                )
            return

    def _check_mayor_is_out(self, room, vals):
        """The mayor leaves for the vote on his or her accounts (L2121-14)."""
        if self.kind != "accounts" or vals["subject"]:
            return
        seated = self.env["mairie.mandat"].sudo()
        seated = seated._get_in_office(self.company_id, self.seance_id.date)
        mayor = seated.filtered(lambda row: row.function == "maire").partner_id
        votes = set(room.voters) | set(room.represented)
        if votes.intersection(mayor.ids):
            raise ValidationError(
                self.env._(
                    "Accounts: the assembly elects who presides, and %s takes no part "
                    "in the vote. Note that he or she stands aside.",
                    mayor.name,
                )
            )

    def _check_vote_sum(self, room, vals):
        numbers = [vals[name] for name in COUNTS]
        if vals["mode"] != ballot.SECRET and (vals["blanc"] or vals["nul"]):
            raise ValidationError(
                self.env._("Blank and void ballots exist in a secret ballot only.")
            )
        missing = room.vote_count - sum(numbers)
        if missing > 0:
            raise ValidationError(
                self.env._(
                    "%(missing)s votes are missing: %(counted)s counted for "
                    "%(voters)s voters. Who did not vote abstained.",
                    missing=missing,
                    counted=sum(numbers),
                    voters=room.vote_count,
                )
            )
        if missing < 0:
            raise ValidationError(
                self.env._(
                    "%(extra)s votes too many: %(counted)s counted for %(voters)s "
                    "voters.",
                    extra=-missing,
                    counted=sum(numbers),
                    voters=room.vote_count,
                )
            )

    def _check_vote_names(self, room, vals):
        names = vals["names"]
        if vals["mode"] == ballot.SECRET and names:
            raise ValidationError(
                self.env._("Secret ballot: enter the totals, never the names.")
            )
        entitled = {*room.voters, *room.represented}
        if set(names) - entitled:
            raise ValidationError(
                self.env._("Somebody named here has no vote on this item.")
            )
        if set(names.values()) - set(SIDES):
            raise ValidationError(self.env._("A vote is for, against or abstention."))
        named = [list(names.values()).count(side) for side in SIDES]
        counted = [vals[side] for side in SIDES]
        complete = vals["mode"] == ballot.PUBLIC
        for some, total in zip(named, counted, strict=True):
            if some > total or (complete and some != total):
                raise ValidationError(
                    self.env._("The names and the numbers do not say the same.")
                )

    def _prepare_vote_names(self, vote, room, names):
        return [
            {
                "vote_id": vote.id,
                "company_id": vote.company_id.id,
                "partner_id": member,
                "choice": side,
                "holder_id": room.represented.get(member, False),
            }
            for member, side in names.items()
        ]
