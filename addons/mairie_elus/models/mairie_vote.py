from odoo import api, fields, models

from ..lib import acts, ballot

MODES = [
    (ballot.ORDINARY, "By hands"),
    (ballot.PUBLIC, "By names"),
    (ballot.SECRET, "Secret"),
]
SIDES = (ballot.POUR, ballot.CONTRE, ballot.ABSTENTION)
COUNTS = (*SIDES, "blanc", "nul")


class MairieVote(models.Model):
    """A vote on an item, closed and sealed. A correction is a new one, with its reason."""

    _name = "mairie.vote"
    _description = "Vote on an Item"
    _inherit = ["mairie.sealed.mixin"]
    _order = "point_id, id"

    point_id = fields.Many2one(
        "mairie.point", "Item", required=True, ondelete="restrict", index=True
    )
    seance_id = fields.Many2one(
        "mairie.seance", "Meeting", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    subject = fields.Char(help="An amendment; empty for the item itself.")
    mode = fields.Selection(MODES, required=True)
    pour = fields.Integer("For", required=True)
    contre = fields.Integer("Against", required=True)
    abstention = fields.Integer(required=True)
    blanc = fields.Integer("Blank", required=True)
    nul = fields.Integer("Void", required=True)
    asked_public = fields.Integer("Members who asked for names")
    asked_secret = fields.Integer("Members who asked for secrecy")
    presiding_id = fields.Many2one(
        "res.partner",
        "Presided by",
        ondelete="restrict",
        help="Of this item: somebody else than the mayor for his or her accounts "
        "(CGCT, L2121-14).",
    )
    president_vote = fields.Selection(
        [
            (ballot.POUR, "For"),
            (ballot.CONTRE, "Against"),
            (ballot.ABSTENTION, "Abstention"),
        ],
        "Vote of the president",
        help="Asked for on a tie only.",
    )
    tie_ruling = fields.Selection(
        [("adopted", "Adopted"), ("rejected", "Not adopted")],
        "Tie, by the body's own rules",
        help="Asked for on a tie that no text settles only.",
    )
    present_count = fields.Integer("Present", required=True)
    pouvoir_count = fields.Integer("Pouvoirs", required=True)
    is_adopted = fields.Boolean("Adopted", required=True)
    rule = fields.Char(required=True)
    sentence = fields.Char(required=True)
    closed_at = fields.Datetime("Closed", required=True)
    closed_by_id = fields.Many2one("res.users", "Recorded by", required=True)
    replaces_id = fields.Many2one("mairie.vote", "Corrects", ondelete="restrict")
    reason = fields.Char("Reason of the correction")
    nom_ids = fields.One2many("mairie.vote.nom", "vote_id", "Names")

    _replaced_once = models.UniqueIndex(
        "(replaces_id) WHERE replaces_id IS NOT NULL",
        "This vote was corrected by somebody else meanwhile. Read it again.",
    )
    _once_per_subject = models.UniqueIndex(
        "(point_id, COALESCE(subject, '')) WHERE replaces_id IS NULL",
        "This vote was recorded by somebody else meanwhile. Read it again.",
    )

    @api.depends("point_id", "subject")
    def _compute_display_name(self):
        for vote in self:
            vote.display_name = vote.subject or vote.point_id.display_name

    @api.model
    def _prepare_vals(self, point, roll, vals):
        """Return the values of a vote that the law has judged.

        :param roll: lib.roll.Roll of the item
        :param vals: as ``mairie.point._read_vote`` returns them
        :raise ballot.CastingVoteUnknownError: a tie, how the president voted is missing
        :raise ballot.OpenTieError: a tie, what the body's own rules say is missing
        """
        count = ballot.Count(*(vals[name] for name in COUNTS))
        mode, president = vals["mode"], vals["president_vote"]
        ruling = vals["tie_ruling"]
        result = ballot.outcome(
            count,
            mode,
            president=president,
            accounts=point.kind == "accounts" and not vals["subject"],
            open_tie=point.seance_id._is_tie_open(mode),
            ruling=None if ruling is None else ruling == "adopted",
        )
        return {
            "point_id": point.id,
            "seance_id": point.seance_id.id,
            "company_id": point.company_id.id,
            "subject": vals["subject"],
            "mode": mode,
            **{name: getattr(count, name) for name in COUNTS},
            "asked_public": vals["asked_public"],
            "asked_secret": vals["asked_secret"],
            "presiding_id": point.seance_id._get_presiding(roll).id,
            "president_vote": president or False,
            "tie_ruling": result.rule == "own_rules" and ruling,
            "present_count": len(roll.voters),
            "pouvoir_count": len(roll.represented),
            "is_adopted": result.adopted,
            "rule": result.rule,
            "sentence": acts.result_sentence(count, result, mode),
            "closed_at": point.seance_id._get_gesture_time(),
            "closed_by_id": self.env.uid,
        }

    def _get_current(self):
        """Keep those that no later one corrects."""
        return self - self.replaces_id

    def _prepare_console_vote(self):
        return {
            "id": self.id,
            "subject": self.subject or "",
            "mode": self.mode,
            "sentence": self.sentence,
            "adopted": self.is_adopted,
            "corrected": bool(self.replaces_id),
            "names": {
                side: self.nom_ids.filtered(
                    lambda row, side=side: row.choice == side
                ).partner_id.mapped("name")
                for side in SIDES
            },
        }

    def _get_requests(self):
        """Return who asked for another way of voting, as minutes say it, in French."""
        self.ensure_one()
        asked = (("public", self.asked_public), ("secret", self.asked_secret))
        return [
            f"Vote {mode} demandé par {count} membre{'s' * (count > 1)} "
            f"présent{'s' * (count > 1)}."
            for mode, count in asked
            if count
        ]

    def _get_printed_names(self):
        """Return (side in French, names) that acts and minutes print."""
        self.ensure_one()
        choice = self.company_id.sudo().mairie_vote_names
        words = {"pour": "Pour", "contre": "Contre", "abstention": "Abstention"}
        rows = []
        for side in acts.printed_sides(self.mode, choice):
            people = self.nom_ids.filtered(lambda row, s=side: row.choice == s)
            people = people.partner_id
            if side == ballot.POUR:
                people |= self._get_unnamed()
            rows.append((words[side], people.mapped("name")))
        return [(word, names) for word, names in rows if names]

    def _get_unnamed(self):
        """Return who voted for without being named: once all the others are."""
        room = self.seance_id._get_roll(self.point_id)
        named = set(self.nom_ids.partner_id.ids)
        voters = [*room.voters, *room.represented]
        others = [member for member in voters if member not in named]
        said = self.nom_ids.filtered(lambda row: row.choice == ballot.POUR)
        is_whole = len(said) + len(others) == self.pour
        return self.env["res.partner"].browse(others if is_whole else [])

    def _prepare_live_names(self):
        """Return (side, names) of a public vote, in the order of the council."""
        if not self or self.mode != "public":
            return []
        rows = [
            (side, self.nom_ids.filtered(lambda row, side=side: row.choice == side))
            for side in SIDES
        ]
        return [
            (side, found.partner_id.mapped("name")) for side, found in rows if found
        ]
