from odoo import api, fields, models

from ..lib.quorum import quorum


class MairieSeance(models.Model):
    """The answers: will we be enough?"""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.seance"

    convened_count = fields.Integer("Convened", compute="_compute_answers")
    present_count = fields.Integer("Will be there", compute="_compute_answers")
    absent_count = fields.Integer("Absent", compute="_compute_answers")
    unknown_count = fields.Integer("Do not know yet", compute="_compute_answers")
    silent_count = fields.Integer("No answer", compute="_compute_answers")
    paper_count = fields.Integer("On paper", compute="_compute_answers")
    to_remind_count = fields.Integer(
        "To remind",
        compute="_compute_answers",
        help="No answer, and an e-mail address.",
    )
    pouvoir_count = fields.Integer("Pouvoirs", compute="_compute_pouvoir_count")
    quorum_needed = fields.Integer(
        compute="_compute_answers",
        help="More than half of the members in office, present. Proxies do not count.",
    )
    quorum_text = fields.Char(compute="_compute_answers")

    @api.depends("convocation_ids.answer", "convocation_ids.channel", "state")
    @api.depends_context("lang")
    def _compute_answers(self):
        counts = self._count_answers()
        for seance in self:
            count = counts.get(seance.id, {})
            seance.convened_count = sum(count.values())
            seance.present_count = _total(count, "present", "late")
            seance.absent_count = _total(count, "absent")
            seance.unknown_count = _total(count, "unknown")
            seance.silent_count = _total(count, False)
            seance.paper_count = _total(count, channel="paper")
            seance.to_remind_count = _total(count, False, channel="email")
            in_office = seance.convened_count or seance.recipient_count
            in_office -= len(seance._get_substitutes()) if in_office else 0
            seance.quorum_needed = quorum(in_office) if in_office else 0
            seance.quorum_text = seance._get_quorum_text()

    @api.depends("pouvoir_ids.revoked_on")
    def _compute_pouvoir_count(self):
        for seance in self:
            seance.pouvoir_count = len(seance.pouvoir_ids._filter_valid())

    def _count_answers(self):
        """Return the number of answers: meeting id -> (answer, channel) -> count."""
        counts = {}
        for seance, answer, channel, count in self.env[
            "mairie.convocation"
        ]._read_group(
            [("seance_id", "in", self.ids)],
            ["seance_id", "answer", "channel"],
            ["__count"],
        ):
            counts.setdefault(seance.id, {})[answer, channel] = count
        return counts

    def _get_quorum_text(self):
        """Return the forecast in one sentence."""
        if not self.convened_count:
            return False
        margin = self.present_count - self.quorum_needed
        if self.call == "second_call":
            return self.env._("No quorum is asked on a second call.")
        if margin >= 0:
            return self.env._(
                "With these answers the quorum of %(needed)s holds, %(margin)s to spare.",
                needed=self.quorum_needed,
                margin=margin,
            )
        return self.env._(
            "With these answers the quorum of %(needed)s lacks %(missing)s members.",
            needed=self.quorum_needed,
            missing=-margin,
        )


def _total(count, *answers, channel=None):
    """Return how many gave one of these answers, any without one named."""
    return sum(
        number
        for (answer, by), number in count.items()
        if (not answers or answer in answers) and channel in (None, by)
    )
