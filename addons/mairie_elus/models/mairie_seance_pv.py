from odoo import api, models
from odoo.tools import is_html_empty

from .mairie_seance_acts import ACT_KINDS


class MairieSeance(models.Model):
    """What the minutes say, and what they still lack."""

    _inherit = "mairie.seance"

    def _get_pv_gaps(self):
        """Return mention -> on which items it lacks, in brackets: " (2, 4)"."""
        self.ensure_one()
        open_items = self._get_open_items()
        lacking = {
            "debates": self._get_debated().filtered(lambda point: not point.debate),
            "reports": self._get_unreported(),
            "deliberations": open_items,
            "results": open_items,
        }
        return {
            mention: f" ({', '.join(map(str, sorted(points.mapped('rank'))))})"
            for mention, points in lacking.items()
            if points
        }

    def _get_to_rule(self):
        """Return the items that were taken up to be decided, and were not put off."""
        return self.point_ids.filtered(
            lambda point: (
                point.opened_at and point.kind in ACT_KINDS and not point.is_deferred
            )
        )

    def _get_open_items(self):
        """Return those of them on which nothing was decided."""
        return self._get_to_rule().filtered(lambda point: not point._is_decided())

    def _get_debated(self):
        return self._get_to_rule().filtered(lambda point: point.kind != "election")

    def _get_unreported(self):
        """Return the items decided without any report to mention.

        Where no note is due there may have been none. An item added in the room has its
        reason for report.
        """
        if not self.note_required:
            return self.env["mairie.point"]
        return self._get_debated().filtered(
            lambda point: (
                is_html_empty(point.note)
                and not point.annexe_ids
                and not point.added_reason
            )
        )

    def _get_pv_mentions(self):
        """Return mention of L2121-15 -> what is known of it."""
        self.ensure_one()
        points = self.point_ids
        ruled = not self._get_open_items()
        return {
            "date": self.opened_at and self.closed_at,
            "president": self._get_presiding(),
            "members": self.presence_ids,
            "secretary": self.secretary_ids,
            "quorum": points.filtered("opened_at") or not points,
            "agenda": points,
            "deliberations": ruled,
            "reports": not self._get_unreported(),
            "special_ballot": True,  # read from the mode of each vote
            "results": ruled,
            "debates": not self._get_debated().filtered(lambda point: not point.debate),
        }

    def _get_pv_labels(self):
        return {
            "date": self.env._("hours of opening and closing"),
            "president": self.env._("who presided"),
            "members": self.env._("members present"),
            "secretary": self.env._("the secretary of the meeting"),
            "quorum": self.env._("the quorum"),
            "agenda": self.env._("the agenda"),
            "deliberations": self.env._("the decision on each item"),
            "reports": self.env._("the reports on which the council ruled"),
            "special_ballot": self.env._("the requests for a special ballot"),
            "results": self.env._("the results of the votes"),
            "debates": self.env._("the substance of the debates"),
        }

    def _get_pv_people(self):
        """Return the members as the minutes name them.

        :return: dict of lists of names: ``present``, ``represented`` (with whom),
            ``absent``, all in the legal order
        """
        self.ensure_one()
        members = self._get_members()
        substitutes = self._get_substitutes()
        came = set(self.presence_ids.filtered("enters").partner_id.ids)
        given = self.pouvoir_ids._filter_valid()
        holder = {row.giver_id.id: row.holder_id.name for row in given}
        partly = self._get_partly_represented(
            given.giver_id.filtered(lambda p: p.id in came)
        )
        absent = members.filtered(
            lambda member: member.id not in came and member.id not in substitutes
        )
        return {
            "present": [member.name for member in members if member.id in came],
            "represented": [
                self._get_represented_words(
                    member.name, holder[member.id], partly=member in partly
                )
                for member in members
                if member in partly or member in absent and member.id in holder
            ],
            "absent": [member.name for member in absent if member.id not in holder],
        }

    def _get_partly_represented(self, givers):
        """Keep those who were there for a part and whose pouvoir voted for another."""
        if not givers:
            return givers
        taken = self.point_ids.filtered("opened_at")
        voted_for = {
            giver for point in taken for giver in self._get_roll(point).represented
        }
        return givers.filtered(lambda giver: giver.id in voted_for)

    @api.model
    def _get_represented_words(self, name, holder, partly=False):
        """Return how acts and minutes say a pouvoir, in French."""
        extent = ", pendant son absence" if partly else ""
        return f"{name} (pouvoir à {holder}{extent})"

    def _get_pv_moves(self, point):
        """Return who came or left while an item was on: sentences in French."""
        rows = self.presence_ids.filtered(lambda move: move.point_id == point)
        return [
            f"{move.partner_id.name} {'arrive' if move.enters else 'quitte la séance'} "
            f"à {self.company_id._mairie_localize(move.at):%H h %M}."
            for move in rows.sorted("id")
        ]
