from markupsafe import Markup
from odoo import api, fields, models

EQUAL = {"asks": "unwritten"}


class MairieScrutinAttribution(models.Model):
    """Why these seats: the trace of the lib, told in sentences and in a table."""

    _inherit = "mairie.scrutin.attribution"

    explanation = fields.Html(
        compute="_compute_explanation", sanitize=False, export_string_translation=False
    )
    headline = fields.Char(compute="_compute_explanation")
    averages = fields.Html(
        "Averages Step by Step", compute="_compute_averages", sanitize=False
    )

    @api.depends("trace", "state", "line_ids")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for row in self:
            sentences = row._get_sentences()
            row.headline = sentences[0] if sentences else ""
            items = Markup().join(Markup("<li>%s</li>") % line for line in sentences)
            row.explanation = Markup("<ol>%s</ol>") % items if sentences else False

    @api.depends("trace", "line_ids")
    @api.depends_context("lang")
    def _compute_averages(self):
        for row in self:
            table = row._get_average_table()
            row.averages = (
                self.env["ir.qweb"]._render(
                    "mairie_scrutin.average_table", {"table": table}
                )
                if table["rows"]
                else False
            )

    def _get_sentences(self):
        """The reasons, one sentence each, the outcome first. Plain text."""
        self.ensure_one()
        names = {row.id: row.name for row in self.sudo().tour_id.candidature_ids}
        sentences = []
        if self.is_provisional:
            missing = self.station_total - self.station_count
            sentences.append(
                self.env._("Provisional: %s stations are missing.", missing)
            )
        for step in self.trace or []:
            sentence = getattr(self, f"_sentence_{step['step']}")(step, names)
            if sentence:
                sentences.append(sentence)
        if self.other_reading:
            sentences.append(self._sentence_other_reading(self.other_reading, names))
        return sentences

    def _sentence_other_reading(self, step, names):
        split = ", ".join(f"{names.get(key, '')} {won}" for key, won in step["seats"])
        if step["rule"] == "total_pourvu":
            return self.env._(
                "Other reading, on the seats that have a name only: %s. No text settles "
                "it; the setting of the election chooses.",
                split,
            )
        return self.env._(
            "Other reading, on the legal size of the council: %s. No text settles it; "
            "the setting of the election chooses.",
            split,
        )

    def _sentence_complete(self, step, names):
        if step["reached"]:
            return self.env._(
                "%(elected)s members are elected for a legal size of %(legal)s: the "
                "council is deemed complete from %(needed)s on (CGCT, L2121-2-1).",
                **{key: step[key] for key in ("elected", "legal", "needed")},
            )
        return self.env._(
            "Only %(elected)s members are elected and %(needed)s are needed: the council "
            "is not complete (CGCT, L2121-2-1).",
            elected=step["elected"],
            needed=step["needed"],
        )

    def _sentence_installation(self, step, names):
        return self.env._(
            "Under 1,000 inhabitants the %s community seats follow the order of the "
            "tableau: they are known once the mayor and the deputies are elected "
            "(L273-11).",
            step["seats"],
        )

    def _format(self, value):
        return self.env["mairie.scrutin.tour"]._format_int(value)

    def _sentence_majority(self, step, names):
        if step["reached"]:
            return self.env._(
                "A list has the absolute majority: %(best)s votes, %(needed)s were "
                "needed.",
                best=self._format(step["best"]),
                needed=self._format(step["needed"]),
            )
        if step["round"] != 1:
            return ""
        return self.env._(
            "Second round: no list has the absolute majority (%s).",
            self._format(step["needed"]),
        )

    def _sentence_second_round(self, step, names):
        standing = ", ".join(names.get(key, "") for key in step["standing"])
        sentence = self.env._(
            "May stand again, with %(percent)s %% or more: %(lists)s.",
            percent=step.get("percent", 10),
            lists=standing or "–",
        )
        if step.get("fallback"):
            more = self.env._(
                "The text adds the next ones, as fewer than two reach it."
            )
            sentence = f"{sentence} {more}"
        if step.get("tied"):
            more = self._sentence_equal(EQUAL | {"lists": step["tied"]}, names)
            sentence = f"{sentence} {more}"
        if step["mergeable"]:
            mergeable = ", ".join(names.get(key, "") for key in step["mergeable"])
            more = self.env._("May only merge, from 5 %% on: %s.", mergeable)
            sentence = f"{sentence} {more}"
        return sentence

    def _sentence_prime(self, step, names):
        values = {
            "list": names.get(step["list"], ""),
            "seats": step["seats"],
            "total": step["seat_total"],
            "article": step["article"],
        }
        if step["rule"] == "mean_age":
            return self.env._(
                "%(list)s takes the prime by its higher mean age, at equal votes: "
                "%(seats)s of %(total)s seats (%(article)s).",
                **values,
            )
        return self.env._(
            "%(list)s comes first and takes the prime: %(seats)s of %(total)s seats "
            "(%(article)s).",
            **values,
        )

    def _sentence_threshold(self, step, names):
        if not step["excluded"]:
            return self.env._(
                "All lists have at least 5 %% of the valid votes (%s votes) and take "
                "part in the share.",
                self._format(step["votes"]),
            )
        return self.env._(
            "Under 5 %% of the valid votes (%(votes)s votes), no seat: %(lists)s.",
            votes=self._format(step["votes"]),
            lists=", ".join(names.get(key, "") for key in step["excluded"]),
        )

    def _sentence_quotient(self, step, names):
        return self.env._(
            "%s seats are shared by the highest average: each one goes to the list "
            "with most votes for each seat won, plus one. The prime does not count.",
            step["seats_left"],
        )

    def _sentence_seat(self, step, names):
        """Only a seat that an average alone did not settle is told in words."""
        if step["rule"] == "average":
            return ""
        values = {
            "number": step["number"],
            "list": names.get(step["list"], ""),
            "lists": ", ".join(names.get(key, "") for key in step["tied"]),
        }
        if step["rule"] == "most_votes":
            return self.env._(
                "Seat %(number)s: same average for %(lists)s. It goes to the list with "
                "most votes: %(list)s.",
                **values,
            )
        return self.env._(
            "Seat %(number)s: same average and same votes for %(lists)s. Age decides: "
            "%(list)s.",
            **values,
        )

    def _sentence_vacant(self, step, names):
        return self.env._(
            "%(list)s has no more names: %(seats)s seats stay vacant.",
            list=names.get(step["list"], ""),
            seats=step["seats"],
        )

    def _sentence_margin(self, step, names):
        if step["moves_prime"]:
            return ""
        return self.env._(
            "Last seat: %(holder)s. %(challenger)s lacked %(votes)s votes to take it.",
            holder=names.get(step["holder"], ""),
            challenger=names.get(step["challenger"], ""),
            votes=self._format(step["votes"]),
        )

    def _sentence_tie(self, step, names):
        if step["stage"] == "section":
            return self._sentence_section_tie(step)
        lists = ", ".join(names.get(key, "") for key in step["lists"])
        if step["asks"] == "mean_age":
            return self.env._(
                "Perfect tie between %s: the mean ages decide. Enter them on the lists.",
                lists,
            )
        return self.env._(
            "Perfect tie for the last seat between %s: the ages of the next candidates "
            "decide. Enter them on the lists.",
            lists,
        )

    def _sentence_open(self, step, names):
        return self.env._(
            "No list reaches 5 % of the valid votes: no text says who takes the seats. "
            "Ask the préfecture."
        )

    def _get_average_table(self):
        """Each seat by highest average: the lists, their averages, the winner."""
        self.ensure_one()
        steps = [step for step in self.trace or [] if step["step"] == "seat"]
        keys = [key for key, _num, _den in steps[0]["averages"]] if steps else []
        names = {row.id: row.name for row in self.sudo().tour_id.candidature_ids}
        rows = [
            {
                "number": self._with_section(step, step["number"]),
                "winner": names.get(step["list"], ""),
                "cells": [
                    {
                        "value": self._format_average(num, den),
                        "wins": key == step["list"],
                    }
                    for key, num, den in step["averages"]
                ],
            }
            for step in steps
        ]
        return {"lists": [names.get(key, "") for key in keys], "rows": rows}

    def _format_average(self, num, den):
        """Cut to two decimals for display, never rounded up."""
        return self.env["mairie.scrutin.tour"]._format_decimal(100 * num // den, 2)
