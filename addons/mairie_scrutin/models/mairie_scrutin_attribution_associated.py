from odoo import models

from ..lib.associated import allocate_associated
from ..lib.seat_allocation import SeatError, TieError


# One file for each concern of a share: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinAttribution(models.Model):
    """Communes of Polynesia made of associated communes: seats by section (L438)."""

    _inherit = "mairie.scrutin.attribution"

    def _prepare_associated_vals(self, tour, totals):
        """Values of the share, or of what stands in its way."""
        rows = tour.scrutin_id.section_ids
        problem = self._find_section_problem(tour, rows)
        if problem:
            return {"state": "open", "trace": [problem]}
        try:
            votes = tour._get_section_votes()
            share = self._call_associated(tour, votes, totals, rows)
        except TieError as tie:
            return {"state": "tie", "trace": [self._prepare_tie(tie)]}
        except SeatError:
            return {"state": "open", "trace": [{"step": "open_associated"}]}
        whole = share.whole
        trace = whole.trace
        if whole.decided:
            trace += self._prepare_associated_steps(votes, share)
        else:
            trace.append(self._prepare_second_round(totals, "polynesie"))
        return {
            "state": "shared" if whole.decided else "second_round",
            "trace": trace,
            "line_ids": [(0, 0, line) for line in self._prepare_lines(whole)],
        }

    def _find_section_problem(self, tour, rows):
        """A step that says what is missing on the sections, or None."""
        unknown = sorted({*tour._get_sections()} - {*rows.mapped("code")})
        unknown += [row.code for row in rows if not row.population]
        given, total = sum(rows.mapped("seat_count")), tour.scrutin_id.seat_count
        if not unknown and given == total:
            return None
        return {
            "step": "section_sizes",
            "unknown": unknown,
            "given": given,
            "total": total,
        }

    def _call_associated(self, tour, votes, totals, rows):
        """The lib on plain values. Hook: another reading of L438."""
        lists = tour.candidature_ids
        return allocate_associated(
            votes,
            {row.code: row.seat_count for row in rows},
            {row.code: row.population for row in rows},
            round=tour.numero,
            exprimes=totals["exprimes"],
            mean_ages=lists._get_mean_ages(),
            candidate_ages={
                row.id: self._get_section_ages(tour, row.id) for row in lists
            },
            candidates=lists._get_section_name_counts(),
        )

    def _prepare_associated_steps(self, votes, share):
        """Where the prime goes, then each list section by section."""
        steps = [
            {
                "step": "section_prime",
                "list": share.whole.prime_list,
                "rows": list(share.prime.items()),
            },
            {"step": "section_reading"},
        ]
        return steps + [
            {
                "step": "section",
                "associated": True,
                "list": key,
                "seats": share.whole.seats[key],
                "rows": [
                    [code, votes[key].get(code, 0), won, won]
                    for code, won in cells.items()
                ],
                "ties": [],
            }
            for key, cells in share.seats.items()
            if share.whole.seats[key]
        ]

    def _sentence_section(self, step, names):
        if not step.get("associated"):
            return super()._sentence_section(step, names)
        return self.env._(
            "%(list)s: %(seats)s seats, by section: %(split)s.",
            list=names.get(step["list"], ""),
            seats=step["seats"],
            split=self._say_split((code, won) for code, _v, won, _w in step["rows"]),
        )

    def _sentence_section_prime(self, step, names):
        return self.env._(
            "The prime of %(list)s goes to the sections by their population: one seat "
            "where a section has two, none where it has one (L438): %(split)s.",
            list=names.get(step["list"], ""),
            split=self._say_split(step["rows"]),
        )

    def _sentence_section_reading(self, step, names):
        return self.env._(
            "The other seats of a section are shared here by the votes cast in that "
            "section. Ask the haut-commissaire to confirm it before you proclaim."
        )

    def _sentence_section_sizes(self, step, names):
        if step["unknown"]:
            return self.env._(
                "Commune made of associated communes: write the population and the "
                "seats of each section on the election. Missing: %s.",
                ", ".join(step["unknown"]),
            )
        return self.env._(
            "The sections have %(given)s seats in all, the council has %(total)s: correct "
            "them from the order of the haut-commissaire (L438).",
            given=step["given"],
            total=step["total"],
        )

    def _sentence_open_associated(self, step, names):
        return self.env._(
            "No list reaches 5 %, or the prime has no room in the sections: no text says "
            "who takes the seats. Ask the haut-commissaire."
        )

    def _sentence_seat(self, step, names):
        return self._with_section(step, super()._sentence_seat(step, names))

    def _sentence_tie(self, step, names):
        if step["stage"] != "population":
            return self._with_section(step, super()._sentence_tie(step, names))
        labels = self._get_section_names()
        return self.env._(
            "Equal populations of %s: no text says which section has the last seat.",
            ", ".join(labels.get(code, code) for code in step["lists"]),
        )

    def _prepare_tie(self, tie):
        vals = super()._prepare_tie(tie)
        return vals if tie.section is None else vals | {"section": tie.section}

    def _with_section(self, step, sentence):
        code = step.get("section")
        if not sentence or code is None:
            return sentence
        label = self._get_section_names().get(code, code)
        return self.env._("%(section)s: %(what)s", section=label, what=sentence)

    def _say_split(self, rows):
        labels = self._get_section_names()
        return ", ".join(f"{labels.get(code, code)} ({won})" for code, won in rows)
