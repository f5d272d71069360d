from fractions import Fraction

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Told apart by whoever does not see all colours, each dark enough beside white (3:1)
PALETTE = (
    "#1f5fa8",
    "#b5451b",
    "#1f7a4d",
    "#7a3e9d",
    "#946200",
    "#0b7285",
    "#c2255c",
    "#495057",
    "#5c7a00",
    "#6741d9",
    "#8d5524",
    "#2b8a9e",
)


# One file for each concern of a list: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinCandidature(models.Model):
    """The people of a list, its place on the ballot, its colour, its parents."""

    _inherit = "mairie.scrutin.candidature"

    candidat_ids = fields.One2many(
        "mairie.scrutin.candidat",
        "candidature_id",
        "People",
        domain=[("titular_id", "=", False)],
        copy=True,
    )
    remplacant_ids = fields.One2many(
        "mairie.scrutin.candidat",
        "candidature_id",
        "Substitutes",
        domain=[("titular_id", "!=", False)],
    )
    noun = fields.Char(
        related="tour_id.scrutin_id.noun", export_string_translation=False
    )
    ballot_order = fields.Integer(
        "Order on the Ballot",
        compute="_compute_ballot_order",
        store=True,
        readonly=False,
        help="Order in which the lists show. Proposed from the panel.",
    )
    color = fields.Char(
        "Colour",
        size=7,
        compute="_compute_color",
        store=True,
        readonly=False,
        help="Colour of the list on charts, as #1f5fa8. It never speaks alone.",
    )
    parent_ids = fields.Many2many(
        "mairie.scrutin.candidature",
        "mairie_scrutin_candidature_parent_rel",
        "child_id",
        "parent_id",
        "Lists of the First Round",
        copy=False,
        help="Lists of round 1 whose candidates are on this one.",
    )
    child_ids = fields.Many2many(
        "mairie.scrutin.candidature",
        "mairie_scrutin_candidature_parent_rel",
        "parent_id",
        "child_id",
        "Lists of the Second Round",
        copy=False,
    )

    @api.depends("candidat_ids")
    def _compute_candidate_count(self):
        for row in self:
            row.candidate_count = len(row.candidat_ids) or row.candidate_count

    @api.depends("panneau")
    def _compute_ballot_order(self):
        for row in self:
            figures = "".join(char for char in row.panneau or "" if char.isdigit())
            row.ballot_order = int(figures or 0)

    @api.depends("ballot_order")
    def _compute_color(self):
        for row in self:
            row.color = row.color or PALETTE[(row.ballot_order - 1) % len(PALETTE)]

    @api.constrains("color")
    def _check_color(self):
        for row in self:
            figures = (row.color or "#000000").lower()
            if (
                len(figures) != 7
                or figures[0] != "#"
                or set(figures[1:]) - set("0123456789abcdef")
            ):
                raise ValidationError(
                    self.env._(
                        "A colour is written with six figures or letters from A to F, "
                        "as #1f5fa8."
                    )
                )

    @api.constrains("parent_ids", "tour_id")
    def _check_parents(self):
        for row in self:
            if row.parent_ids.tour_id - row.tour_id.previous_tour_id:
                raise ValidationError(
                    self.env._("The parents of “%s” are lists of round 1.", row.name)
                )

    def _get_name_counts(self):
        """List id -> number of names, for those whose number is known."""
        return {row.id: row.candidate_count for row in self if row.candidate_count}

    def _get_section_name_counts(self):
        """List id -> section -> number of names, for lists whose names are known."""
        return {
            row.id: {
                section: len(people)
                for section, people in row.candidat_ids.grouped("section").items()
            }
            for row in self.sudo()
            if row.candidat_ids.filtered("section")
        }

    def _get_mean_ages(self):
        """List id -> exact mean age: typed, else from the birth dates of all names."""
        found = {}
        for row in self:
            ages = row._get_people_ages()
            if row.mean_age:
                found[row.id] = Fraction(round(row.mean_age * 1000), 1000)
            elif ages:
                found[row.id] = sum(ages) / len(ages)
        return found

    def _get_candidate_ages(self):
        """List id -> age of the next candidate as typed, else the ages in list order."""
        found = {}
        for row in self:
            ages = row._get_people_ages()
            if row.next_candidate_age:
                found[row.id] = Fraction(round(row.next_candidate_age * 1000), 1000)
            elif ages:
                found[row.id] = ages
        return found

    def _get_people_ages(self):
        """Ages in years on the day of the round, in list order; [] if one is unknown."""
        self.ensure_one()
        return self.sudo().candidat_ids.sorted("ordre")._get_ages()
