from odoo import models

from ..lib import nomination
from ..lib.french import NBSP


class MairieNomination(models.Model):
    """What is written of an election: its story, who is proclaimed. In French."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.nomination"

    def _get_last_round(self):
        """Return the last round counted in any of these elections."""
        rounds = self.tour_ids - self.tour_ids.replaces_id
        return rounds.sorted("id")[-1:]

    def _get_story(self):
        """Return the sentences of the minutes: rounds, candidates in between."""
        self.ensure_one()
        lines, rounds = [], self._get_rounds()
        for turn in rounds:
            lines += [*self._get_moves(turn.number), turn.sentence]
        return lines + self._get_moves(len(rounds) + 1)

    def _get_moves(self, number):
        """Return who withdrew, then who came forward, between a round and this one."""
        if number == 1:
            return []
        stood = self.candidat_ids.filtered(
            lambda row: not row.last_round or row.last_round >= row.first_round
        )
        gone = stood.filtered(lambda row: row.last_round == number - 1)
        new = stood.filtered(lambda row: row.first_round == number)
        return [f"{row.name} retire sa candidature." for row in gone] + [
            f"{row.name} présente sa candidature." for row in new
        ]

    def _get_first_candidates(self):
        """Return the names of those who stood at the first round."""
        return self._get_standing(1).mapped("name")

    def _get_proclamation(self):
        """Return the sentence of the proclamation, "" when the rounds say it all."""
        self.ensure_one()
        elected = self.elected_id
        if not elected or self._get_last_round().rule == nomination.UNOPPOSED:
            return ""
        names = elected._get_people().mapped("name") or [elected.name]
        feminine = elected._is_feminine()
        return nomination.proclamation(self.kind, self.name, names, feminine)

    def _get_result_text(self):
        """Return who was elected to what, election by election."""
        lines = []
        for row in self.filtered("tour_ids"):
            turn = row._get_last_round()
            elected = turn.elected_id
            lines.append(
                nomination.result_words(
                    row.name,
                    elected.name or "",
                    feminine=bool(elected) and elected._is_feminine(),
                    rule=turn.rule,
                    round_number=turn.number,
                )
            )
        return f"{NBSP}; ".join(line.removesuffix(".") for line in lines) + (
            "." if lines else ""
        )
