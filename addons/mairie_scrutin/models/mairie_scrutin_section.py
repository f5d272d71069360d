from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.associated import section_sizes
from ..lib.seat_allocation import SeatError
from ..lib.sections import least_seats


class MairieScrutinSection(models.Model):
    """A section of the lists: a département of a région (L338), or one of the
    associated communes of a commune of Polynesia (L438)."""

    _name = "mairie.scrutin.section"
    _description = "Section of the Lists"
    _order = "scrutin_id, code"

    scrutin_id = fields.Many2one(
        "mairie.scrutin", "Election", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="scrutin_id.company_id", store=True)
    code = fields.Char(required=True, help="As on the stations and the candidates: 49.")
    name = fields.Char(required=True)
    population = fields.Integer(
        help="A département has at least two regional councillors under 100,000 "
        "inhabitants, four from there on (L338-1)."
    )
    least = fields.Integer("At Least", compute="_compute_least")
    seat_count = fields.Integer(
        "Seats",
        compute="_compute_seat_count",
        store=True,
        readonly=False,
        help="Proposed from the populations once all are known; the order of the "
        "haut-commissaire decides (L438).",
    )

    _code_uniq = models.Constraint(
        "UNIQUE(scrutin_id, code)", "This election already has that section."
    )

    @api.depends("population")
    def _compute_least(self):
        for section in self:
            known = section.population > 0
            section.least = least_seats(section.population) if known else 0

    @api.depends(
        "population",
        "scrutin_id.regime",
        "scrutin_id.seat_count",
        "scrutin_id.section_ids.population",
    )
    def _compute_seat_count(self):
        for scrutin, sections in self.grouped("scrutin_id").items():
            sizes = scrutin._propose_section_sizes()
            for section in sections:  # what was typed stays
                section.seat_count = section.seat_count or sizes.get(section.code, 0)


# One file for the sections of an election, whichever model holds them.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutin(models.Model):
    _inherit = "mairie.scrutin"

    section_ids = fields.One2many("mairie.scrutin.section", "scrutin_id", "Sections")

    def _propose_section_sizes(self):
        """Code -> seats by population (L438), {} where it cannot be proposed."""
        people = {row.code: row.population for row in self.section_ids}
        if self.regime != "polynesie" or not people or not all(people.values()):
            return {}
        try:
            return section_sizes(people, self.seat_count)
        except SeatError:
            return {}

    def action_fill_sections(self):
        """Add the sections that the stations of this election name."""
        self.ensure_one()
        self.check_access("write")
        named = [code for tour in self.tour_ids for code in tour._get_sections()]
        known = set(self.section_ids.mapped("code"))
        new = [code for code in dict.fromkeys(named) if code not in known]
        if not new:
            raise UserError(
                self.env._(
                    "The stations name no other section. Write the section of each "
                    "station, or the INSEE code of its commune."
                )
            )
        self.section_ids = [
            fields.Command.create({"code": code, "name": code}) for code in new
        ]
