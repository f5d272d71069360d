from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL


class MairieScrutinReference(models.Model):
    """A past election, station by station: what tonight is compared with.

    Lists of another election are others: each past list names those of tonight that it
    compares with. Stations that were cut again name where their voters went.
    """

    _name = "mairie.scrutin.reference"
    _description = "Past Election"
    _order = "date desc, id desc"

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, default=lambda self: self.env.company
    )
    date = fields.Date(required=True)
    past_tour_id = fields.Many2one(
        "mairie.scrutin.tour",
        "Round in This Application",
        ondelete="cascade",
        index="btree_not_null",
        help="The figures of its validated stations are read again by the button.",
    )
    ligne_ids = fields.One2many(
        "mairie.scrutin.reference.ligne", "reference_id", "Stations"
    )
    liste_ids = fields.One2many(
        "mairie.scrutin.reference.liste", "reference_id", "Lists"
    )
    passage_ids = fields.One2many(
        "mairie.scrutin.reference.passage", "reference_id", "Stations Cut Again"
    )
    station_count = fields.Integer("Number of Stations", compute="_compute_counts")
    exprimes = fields.Integer("Valid Votes", compute="_compute_counts")

    @api.depends("ligne_ids.exprimes")
    def _compute_counts(self):
        groups = self.env["mairie.scrutin.reference.ligne"]._read_group(
            [("reference_id", "in", self.ids)],
            ["reference_id"],
            ["__count", "exprimes:sum"],
        )
        known = {reference: (count, total) for reference, count, total in groups}
        for reference in self:
            count, total = known.get(reference._origin, (0, 0))
            reference.station_count = count
            reference.exprimes = total

    @api.constrains("past_tour_id", "company_id")
    def _check_past_tour(self):
        for reference in self.filtered("past_tour_id"):
            if reference.past_tour_id.company_id != reference.company_id:
                raise ValidationError(
                    self.env._("The past round is one of the same commune.")
                )

    def action_read_past(self):
        """Read the figures of the past round, stations and lists."""
        self.ensure_one()
        self.check_access("write")
        if not self.past_tour_id:
            raise UserError(self.env._("Choose a past round first."))
        rows = self._get_past_rows()
        if not rows:
            raise UserError(
                self.env._("No station of this round is validated: nothing was read.")
            )
        self._set_lines(rows)
        self._set_lists(
            [
                {"key": row.panneau, "name": row.name}
                for row in self.past_tour_id.candidature_ids
            ]
        )
        return True

    def action_import_file(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_reference_import_action"
        )
        return dict(action, context={"default_reference_id": self.id})

    def _get_past_rows(self):
        """Figures of each validated station of the past round, as values of lines."""
        self.env.flush_all()
        turnout = self._get_past_turnout()
        self.env.cr.execute(
            SQL(
                """
                SELECT bt.id, bt.code, s.inscrits, s.votants, s.blancs, s.nuls,
                       s.exprimes, jsonb_object_agg(c.panneau, l.voix)
                  FROM mairie_scrutin_bureau_tour bt
                  JOIN mairie_scrutin_saisie s ON s.id = bt.saisie_id
                  JOIN mairie_scrutin_saisie_ligne l ON l.saisie_id = s.id
                  JOIN mairie_scrutin_candidature c ON c.id = l.candidature_id
                 WHERE bt.tour_id = %s AND bt.state IN ('valide', 'recense')
                 GROUP BY bt.id, s.id
                """,
                self.past_tour_id.id,
            )
        )
        names = ("code", "inscrits", "votants", "blancs", "nuls", "exprimes", "votes")
        return [
            dict(zip(names, row[1:], strict=True), turnout=turnout.get(row[0], {}))
            for row in self.env.cr.fetchall()
        ]

    def _get_past_turnout(self):
        """Station id -> hour, as text -> voters so far."""
        return {
            station: {str(hour): votants for hour, votants in points}
            for station, points in self.past_tour_id._get_turnout_points().items()
        }

    def _set_lines(self, rows):
        self.ligne_ids.unlink()
        self.env["mairie.scrutin.reference.ligne"].create(
            [dict(row, reference_id=self.id) for row in rows]
        )

    def _set_lists(self, lists):
        """Add the lists that are not there yet, by their key."""
        known = set(self.liste_ids.mapped("key"))
        self.env["mairie.scrutin.reference.liste"].create(
            [
                dict(row, reference_id=self.id, sequence=rank)
                for rank, row in enumerate(lists)
                if row["key"] not in known
            ]
        )

    def _get_shares(self):
        """New code -> [(old code, percent of its voters)], for stations cut again."""
        found = {}
        for row in self.passage_ids:
            found.setdefault(row.new_code, []).append((row.old_code, row.percent))
        return found
