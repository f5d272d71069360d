from odoo import api, fields, models

from ..lib.elected import council_members
from ..lib.sections import guarantee, share_sections


# One file for each concern of a share: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinAttribution(models.Model):
    """Seats of a regional list between its départements (L338-1)."""

    _inherit = "mairie.scrutin.attribution"

    sections = fields.Html(
        "Seats by Section", compute="_compute_sections", sanitize=False
    )

    @api.depends("trace", "line_ids")
    @api.depends_context("lang")
    def _compute_sections(self):
        for row in self:
            table = row._get_section_table()
            row.sections = (
                self.env["ir.qweb"]._render(
                    "mairie_scrutin.section_table", {"table": table}
                )
                if table["rows"]
                else False
            )

    def _prepare_sections(self, tour, outcome):
        """Steps of the trace: one for each list, then the seats that move.

        A région of one département has one list order, hence nothing to share.
        """
        if outcome.regime.code != "regional" or not outcome.decided:
            return []
        votes = tour._get_section_votes()
        if len(next(iter(votes.values()), ())) < 2:
            return []
        shares = {
            key: share_sections(votes[key], seats, self._get_section_ages(tour, key))
            for key, seats in outcome.seats.items()
            if seats
        }
        return self._prepare_section_steps(tour, outcome, shares)

    def _get_section_ages(self, tour, candidature_id):
        """Section -> ages of its candidates in order, where all births are known."""
        row = tour.candidature_ids.filtered(lambda row: row.id == candidature_id)
        people = row.sudo().candidat_ids.sorted("ordre")
        ages = {
            section: rows._get_ages()
            for section, rows in people.grouped("section").items()
        }
        return {section: found for section, found in ages.items() if found}

    def _prepare_section_steps(self, tour, outcome, shares):
        known = {row.code: row for row in tour.scrutin_id.section_ids}
        codes = list(next(iter(shares.values())).votes)
        least = {code: known[code].least for code in codes if code in known}
        least = {code: needed for code, needed in least.items() if needed}
        seats, moved = guarantee(shares, outcome.prime_list, least)
        steps = [
            {
                "step": "section",
                "list": key,
                "seats": outcome.seats[key],
                "rows": [
                    [code, share.votes[code], seats[key][code], share.seats[code]]
                    for code in share.votes
                ],
                "ties": [
                    {"section": one.section, "rule": one.rule, "tied": list(one.tied)}
                    for one in share.steps
                    if one.rule != "average"
                ],
            }
            for key, share in shares.items()
        ]
        steps += [
            {
                "step": "section_moved",
                "list": outcome.prime_list,
                "giver": one.giver,
                "taker": one.taker,
                "least": least[one.taker],
            }
            for one in moved
        ]
        unknown = [code for code in codes if code not in least]
        if unknown:
            steps.append({"step": "section_unchecked", "sections": unknown})
        return steps

    def _get_section_seats(self):
        """Candidature id -> [(section, votes, seats)]; {} where nothing is shared."""
        self.ensure_one()
        return {
            step["list"]: [tuple(row[:3]) for row in step["rows"]]
            for step in self.trace or []
            if step["step"] == "section"
        }

    def _prepare_section_people(self, line):
        """Values of the elected people of a list, section by section (L338-1)."""
        people = line.candidature_id.candidat_ids.sorted("ordre")
        named = people.grouped("section")
        found = []
        for section, _votes, seats in self._get_section_seats()[line.candidature_id.id]:
            rows = named.get(section, people.browse())
            keys = council_members(self._prepare_candidates(rows), seats)
            ranks = {person.id: person.ordre for person in rows}
            label = self._get_section_names().get(section, section)
            found += [
                {"candidat_id": key, "ordre": ranks[key], "section": label}
                for key in keys
            ]
            if not people:
                found += [
                    {"ordre": rank, "section": label} for rank in range(1, seats + 1)
                ]
        return found

    def _get_section_names(self):
        """Code -> name of the sections of the election."""
        self.ensure_one()
        sections = self.sudo().tour_id.scrutin_id.section_ids
        return {row.code: row.name for row in sections}

    def _get_section_table(self):
        """Lists by sections: the votes there, the seats there, totals last."""
        self.ensure_one()
        shared = self._get_section_seats()
        names = {row.id: row.name for row in self.sudo().tour_id.candidature_ids}
        labels = self._get_section_names()
        codes = [code for code, _v, _s in next(iter(shared.values()), ())]
        rows = [
            {
                "name": names.get(key, ""),
                "cells": [
                    {"votes": self._format(votes), "seats": seats}
                    for _code, votes, seats in cells
                ],
                "seats": sum(seats for _code, _votes, seats in cells),
            }
            for key, cells in shared.items()
        ]
        columns = zip(*(row["cells"] for row in rows), strict=True)
        return {
            "sections": [labels.get(code, code) for code in codes],
            "rows": rows,
            "totals": [sum(cell["seats"] for cell in column) for column in columns],
        }

    def _sentence_section(self, step, names):
        labels = self._get_section_names()
        split = ", ".join(
            f"{labels.get(code, code)} ({shared})"  # before the seats that move
            for code, _votes, _seats, shared in step["rows"]
        )
        sentence = self.env._(
            "%(list)s: its %(seats)s seats go to its sections by its votes in each, at "
            "the highest average (L338-1): %(split)s.",
            list=names.get(step["list"], ""),
            seats=step["seats"],
            split=split,
        )
        more = [self._say_section_tie(tie, labels) for tie in step["ties"]]
        return " ".join([sentence, *more])

    def _say_section_tie(self, tie, labels):
        values = {
            "section": labels.get(tie["section"], tie["section"]),
            "tied": ", ".join(labels.get(code, code) for code in tie["tied"]),
        }
        if tie["rule"] == "most_votes":
            return self.env._(
                "Same average for %(tied)s: the last seat goes to %(section)s, where the "
                "list has most votes.",
                **values,
            )
        return self.env._(
            "Same average and same votes for %(tied)s: the older candidate takes the "
            "last seat, in %(section)s.",
            **values,
        )

    def _sentence_section_moved(self, step, names):
        labels = self._get_section_names()
        return self.env._(
            "%(taker)s has fewer than %(least)s councillors: a seat of %(list)s, first "
            "in the région, goes there from %(giver)s (L338-1).",
            taker=labels.get(step["taker"], step["taker"]),
            giver=labels.get(step["giver"], step["giver"]),
            least=step["least"],
            list=names.get(step["list"], ""),
        )

    def _sentence_section_unchecked(self, step, names):
        labels = self._get_section_names()
        return self.env._(
            "The population of %s is not known: whether it has its least number of "
            "councillors was not checked (L338-1).",
            ", ".join(labels.get(code, code) for code in step["sections"]),
        )

    def _sentence_section_tie(self, step):
        labels = self._get_section_names()
        return self.env._(
            "Perfect tie for the last seat of a list between its sections %s: the ages "
            "of the next candidates decide. Enter their birth dates.",
            ", ".join(labels.get(code, code) for code in step["lists"]),
        )
