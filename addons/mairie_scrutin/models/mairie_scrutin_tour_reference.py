import re

from odoo import api, fields, models
from odoo.tools import SQL

from ..lib.anomalies import Past


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """The past elections a round is compared with, and from where it is unusual."""

    _inherit = "mairie.scrutin.tour"

    reference_id = fields.Many2one(
        "mairie.scrutin.reference",
        "Compare the Evening With",
        ondelete="set null",
        index="btree_not_null",
        domain="[('company_id', '=', company_id)]",
        help="Turnout at the same hour, unusual figures and inverted lists are judged "
        "against this past election.",
    )
    other_reference_ids = fields.Many2many(
        "mairie.scrutin.reference",
        "mairie_scrutin_tour_reference_rel",
        "tour_id",
        "reference_id",
        "Compare Also With",
        domain="[('company_id', '=', company_id)]",
    )
    unusual_limit = fields.Float(
        "Unusual From (deviations)",
        default=5.0,
        help="A figure this far from the past or from the other stations is worth a "
        "call. Lower: more calls.",
    )
    swap_limit = fields.Float(
        "Inverted Lists From (deviations)",
        default=2.0,
        help="Two lists are suspected when the inverted figures fit this much better.",
    )
    quiet_minutes = fields.Integer(
        "Silent After (min)",
        default=20,
        help="A station that says nothing for so long after the closing is to be "
        "called.",
    )
    overdue_minutes = fields.Integer("Late After (min)", default=60)
    turnout_cap = fields.Float(
        "Highest Turnout Thought Possible (%)",
        help="Narrows the seats in play. Leave 0 to count every registered voter of "
        "the missing stations: then nothing is supposed.",
    )

    _night_limits = models.Constraint(
        "CHECK(unusual_limit > 0 AND swap_limit > 0 AND quiet_minutes >= 0 AND "
        "overdue_minutes >= 0 AND turnout_cap BETWEEN 0 AND 100)",
        "The limits of the evening are above zero, a turnout is at most 100 %.",
    )

    @api.model
    def _prepare_list_name(self, name):
        """A name as it is compared: no case, no sign."""
        return re.sub(r"\W+", " ", (name or "").casefold()).strip()

    def action_compare_with_first_round(self):
        """Make round 1 the past of round 2, lists joined by their parents or names."""
        self.ensure_one()
        self._check_supervisor()
        first = self.previous_tour_id
        if not first:
            return False
        reference = self.env["mairie.scrutin.reference"].search(
            [("past_tour_id", "=", first.id)], limit=1
        ) or self.env["mairie.scrutin.reference"].create(
            {
                "name": first.name,
                "date": first.date,
                "company_id": self.company_id.id,
                "past_tour_id": first.id,
            }
        )
        reference.action_read_past()
        self._join_lists(reference)
        self.sudo().reference_id = reference
        return True

    def action_view_comparisons(self):
        """This round beside its past elections, station by station."""
        self.ensure_one()
        return self.env["mairie.scrutin.comparaison"].action_open(self)

    def _join_lists(self, reference):
        """Tell each past list which of tonight carries it on."""
        by_key = {row.key: row for row in reference.liste_ids}
        names = {self._prepare_list_name(row.name): row for row in reference.liste_ids}
        for row in self.candidature_ids:
            past = [by_key[p.panneau] for p in row.parent_ids if p.panneau in by_key]
            same = names.get(self._prepare_list_name(row.name))
            for liste in past or ([same] if same else []):
                liste.candidature_ids = [fields.Command.link(row.id)]

    def _get_past(self):
        """Station id -> (lib Past, hour -> voters before) of the main past election.

        Three queries whatever the number of stations. A station cut again gets the sum
        of the parts of its former ones.
        """
        self.ensure_one()
        reference = self.sudo().reference_id
        if not reference:
            return {}
        lines = {
            row["code"]: row
            for row in reference.ligne_ids.read(
                [
                    "code",
                    "inscrits",
                    "votants",
                    "blancs",
                    "nuls",
                    "exprimes",
                    "votes",
                    "turnout",
                ]
            )
        }
        joined = self._get_joined_lists(reference)
        shares = reference._get_shares()
        found = {}
        for station in self.bureau_tour_ids:
            parts = shares.get(station.code) or [(station.code, 100)]
            parts = [(lines[old], part) for old, part in parts if old in lines]
            if parts:
                found[station.id] = _past_of(parts, joined)
        return found

    def _get_joined_lists(self, reference):
        """List of tonight -> keys of the past lists that compare with it."""
        joined = {}
        mine = set(self.candidature_ids.ids)
        for liste in reference.liste_ids:
            for candidature in liste.candidature_ids:
                if candidature.id in mine:
                    joined.setdefault(candidature.id, []).append(liste.key)
        return joined

    def _get_turnout_points(self):
        """Station id -> [(local hour, voters so far)] in order of time."""
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT bureau_tour_id, hour, votants
                  FROM mairie_scrutin_participation
                 WHERE tour_id = %s AND is_current
                 ORDER BY bureau_tour_id, hour
                """,
                self.id,
            )
        )
        found = {}
        for station, hour, votants in self.env.cr.fetchall():
            found.setdefault(station, []).append((hour, votants))
        return found


def _past_of(parts, joined):
    """(Past, hour -> voters) from [(line of a former station, percent)]."""

    def total(name):
        return sum(row[name] * part for row, part in parts) // 100

    def votes(keys):
        return (
            sum(
                (row["votes"] or {}).get(key, 0) * part
                for row, part in parts
                for key in keys
            )
            // 100
        )

    hours = set.intersection(*(set(row["turnout"] or {}) for row, _part in parts))
    turnout = {
        float(hour): sum(row["turnout"][hour] * part for row, part in parts) // 100
        for hour in hours
    }
    past = Past(
        inscrits=total("inscrits"),
        votants=total("votants"),
        blancs=total("blancs"),
        nuls=total("nuls"),
        exprimes=total("exprimes"),
        votes={name: votes(keys) for name, keys in joined.items()},
    )
    return past, turnout
