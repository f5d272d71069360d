from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.sections import least_seats


class MairieScrutinSection(models.Model):
    """A section of the lists of an election: one département of a région (L338)."""

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

    _code_uniq = models.Constraint(
        "UNIQUE(scrutin_id, code)", "This election already has that section."
    )

    @api.depends("population")
    def _compute_least(self):
        for section in self:
            known = section.population > 0
            section.least = least_seats(section.population) if known else 0


# One file for the sections of an election, whichever model holds them.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutin(models.Model):
    _inherit = "mairie.scrutin"

    section_ids = fields.One2many("mairie.scrutin.section", "scrutin_id", "Sections")

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
