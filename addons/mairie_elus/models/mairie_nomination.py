from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..lib import ballot, nomination

#: Seats for which a text imposes the secret, whatever the assembly decides (L2122-4).
SECRET_KINDS = ("maire", "adjoints")


class MairieNomination(models.Model):
    """Somebody, or a list, to elect: three rounds at most (CGCT, L2121-21)."""

    _name = "mairie.nomination"
    _description = "Election of a Person or of a List"
    _order = "point_id, id"

    point_id = fields.Many2one(
        "mairie.point", "Item", required=True, ondelete="cascade", index=True
    )
    seance_id = fields.Many2one(related="point_id.seance_id", store=True)
    company_id = fields.Many2one(related="point_id.company_id", store=True)
    name = fields.Char("Seat", required=True)
    kind = fields.Selection(
        [
            ("maire", "Mayor"),
            ("adjoints", "Deputies, by list"),
            ("delegue", "Delegate to an outside body"),
            ("commission", "Member of a commission"),
        ],
        required=True,
        default="delegue",
    )
    by_hand = fields.Boolean(
        "By hands",
        help="The assembly drops the secret by unanimous decision; never for the mayor "
        "and the deputies (CGCT, L2121-21, L2122-4).",
    )
    candidat_ids = fields.One2many(
        "mairie.nomination.candidat", "nomination_id", "Candidates"
    )
    tour_ids = fields.One2many("mairie.nomination.tour", "nomination_id", "Rounds")
    elected_id = fields.Many2one(
        "mairie.nomination.candidat", compute="_compute_elected_id"
    )
    instance_id = fields.Many2one(
        "mairie.instance",
        "Body",
        ondelete="restrict",
        help="Where whoever is elected will sit: a commission, an outside body.",
    )
    role = fields.Selection(
        [("titulaire", "Member"), ("suppleant", "Substitute")],
        required=True,
        default="titulaire",
    )
    installed = fields.Json("What the proclamation changed", readonly=True, copy=False)

    @api.depends("tour_ids")
    def _compute_elected_id(self):
        for row in self:
            row.elected_id = row._get_rounds()[-1:].elected_id

    @api.constrains("kind", "by_hand")
    def _check_secret(self):
        for row in self:
            if row.by_hand and row.kind in SECRET_KINDS:
                raise ValidationError(
                    self.env._(
                        "Mayor and deputies are elected in secret, whatever the council "
                        "decides (L2122-4)."
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_before_vote(self):
        if self.tour_ids:
            raise UserError(self.env._("A round was counted: this election stays."))

    def _get_rounds(self):
        """Return the rounds that no later one corrects, in their order."""
        rounds = self.tour_ids - self.tour_ids.replaces_id
        return rounds.sorted("number")

    def _get_standing(self, number):
        """Return who stands at a round: mairie.nomination.candidat."""
        return self.candidat_ids.filtered(lambda row: row._stands_at(number))

    def _get_version(self):
        """Return what changes with each candidate and each round."""
        return [
            (
                row.id,
                row.candidat_ids.mapped(lambda one: (one.id, one.last_round)),
                row.tour_ids.ids,
                row.instance_id.id,
                bool(row.installed),
            )
            for row in self
        ]

    def _record_round(self, vals):
        """Count a round: the law says who is elected, it is sealed.

        :param vals: ``counts`` (candidate id as text -> votes), ``blanc``, ``nul``,
            ``reason`` when the last round is corrected
        """
        self.ensure_one()
        self._check_round_open()
        data = self._judge_round(vals)
        return self.env["mairie.nomination.tour"].sudo().create(data)

    def _preview_round(self, vals):
        """Return what a round would decide, or the sentence of what is missing."""
        self.ensure_one()
        try:
            data = self._judge_round(vals)
        except ValidationError as error:
            return {"problem": str(error)}
        return {"sentence": data["sentence"], "elected": bool(data["elected_id"])}

    def _appoint_unopposed(self):
        """One candidate only, for a commission or an outside body: appointed at once."""
        self.ensure_one()
        candidat = self._get_standing(len(self._get_rounds()) + 1)
        if self.kind in SECRET_KINDS or len(candidat) != 1:
            raise UserError(
                self.env._(
                    "Only a single candidate to a commission or an outside body is "
                    "appointed without a vote (L2121-21)."
                )
            )
        self._check_round_open()
        ending = "nommée" if candidat._is_feminine() else "nommé"
        vals = {
            "elected_id": candidat.id,
            "rule": nomination.UNOPPOSED,
            "number": 1,
            "sentence": f"Une seule candidature a été déposée : {candidat.name} est "
            f"{ending} sans vote (CGCT, L2121-21).",
        }
        return (
            self.env["mairie.nomination.tour"]
            .sudo()
            .create({**self._prepare_round_vals(), **vals})
        )

    def _check_round_open(self):
        point = self.point_id
        if not point.opened_at:
            raise ValidationError(self.env._("Put the item to discussion first."))
        point.deliberation_ids._check_draft()
        self._check_not_installed()
        point._check_item_quorum()

    def _check_round_by_video(self):
        mode = ballot.ORDINARY if self.by_hand else ballot.SECRET
        self.seance_id._check_ballot_by_video(mode)

    def _judge_round(self, vals):
        """Return the values of a round once the law has judged it."""
        self._check_round_by_video()
        rounds = self._get_rounds()
        reason = self._get_correction_reason(vals)
        number = rounds[-1:].number if reason else len(rounds) + 1
        number = number or 1
        if number > nomination.LAST_ROUND:
            raise ValidationError(self.env._("Three rounds were held."))
        standing = self._get_standing(number)
        counts, blanc, nul = self._read_round(vals, standing)
        self._check_round_sum(counts, blanc, nul)
        verdict = self._decide_round(counts, number, standing)
        elected = standing.browse(verdict.elected or [])
        return {
            **self._prepare_round_vals(),
            "number": number,
            "counts": {str(key): count for key, count in counts.items()},
            "blanc": blanc,
            "nul": nul,
            "exprimes": verdict.exprimes,
            "needed": verdict.needed,
            "elected_id": elected.id,
            "rule": verdict.rule,
            "sentence": nomination.round_sentence(
                [(row.name, counts[row.id]) for row in standing],
                verdict,
                round_number=number,
                blanc=blanc,
                nul=nul,
                elected=elected.name or "",
                feminine=bool(elected) and elected._is_feminine(),
                by_hand=self.by_hand,
            ),
            "replaces_id": rounds[-1:].id if reason else False,
            "reason": reason or False,
        }

    def _get_correction_reason(self, vals):
        """Return why the last round is corrected, "" for a new round."""
        reason = (vals.get("reason") or "").strip()
        if self.elected_id and not reason:
            raise ValidationError(
                self.env._(
                    "%s is elected already. Why is the round corrected?",
                    self.elected_id.name,
                )
            )
        return reason

    def _decide_round(self, counts, number, standing):
        """Return the verdict of the law on a round: lib.nomination.Verdict."""
        births = {row.id: row._get_births() for row in standing}
        try:
            return nomination.decide(counts, number, births)
        except nomination.AgeUnknownError as error:
            raise ValidationError(
                self.env._(
                    "Equal votes: age decides between %s. Enter the dates of birth on "
                    "their mandates.",
                    ", ".join(standing.browse(error.tied).mapped("name")),
                )
            ) from error

    def _prepare_round_vals(self):
        room = self.seance_id._get_roll(self.point_id)
        return {
            "nomination_id": self.id,
            "company_id": self.company_id.id,
            "present_count": len(room.voters),
            "pouvoir_count": len(room.represented),
            "closed_at": self.seance_id._get_gesture_time(),
            "closed_by_id": self.env.uid,
        }

    def _read_round(self, vals, standing):
        """Return (candidate id -> votes in their order, blank, void), as numbers."""
        try:
            typed = {int(key): int(n or 0) for key, n in vals["counts"].items()}
            blanc, nul = int(vals.get("blanc") or 0), int(vals.get("nul") or 0)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValidationError(
                self.env._("A number of votes is a whole number.")
            ) from error
        counts = {row.id: typed.get(row.id, 0) for row in standing}
        if not counts:
            raise ValidationError(self.env._("Enter the candidates first."))
        if min(*counts.values(), blanc, nul) < 0:
            raise ValidationError(self.env._("A number of votes is zero or more."))
        return counts, blanc, nul

    def _check_round_sum(self, counts, blanc, nul):
        room = self.seance_id._get_roll(self.point_id)
        total = sum(counts.values()) + blanc + nul
        if total > room.vote_count:
            raise ValidationError(
                self.env._(
                    "%(total)s ballots for %(voters)s voters: read the urn again.",
                    total=total,
                    voters=room.vote_count,
                )
            )

    def _prepare_console(self):
        """Return the election as the table shows it."""
        rounds = self._get_rounds()
        standing = self._get_standing(len(rounds) + 1)
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "by_hand": self.by_hand,
            "elected": self.elected_id.name or "",
            "round": len(rounds) + 1,
            "candidates": [{"id": row.id, "name": row.name} for row in standing],
            "counted": [
                {"id": row.id, "name": row.name}
                for row in self._get_standing(len(rounds) or 1)
            ],
            "withdrawn": [
                {"id": row.id, "name": row.name}
                for row in self.candidat_ids - standing
                if row.last_round == len(rounds)
            ],
            "rounds": self._get_story(),
            "unopposed": self.kind not in SECRET_KINDS
            and len(standing) == 1
            and not rounds,
            **self._prepare_console_office(),
        }
