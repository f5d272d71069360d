from odoo import api, fields, models
from odoo.exceptions import ValidationError


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """Links to the other round, and to the other election of the same day."""

    _inherit = "mairie.scrutin.tour"

    previous_tour_id = fields.Many2one(
        "mairie.scrutin.tour",
        "First Round",
        compute="_compute_previous_tour_id",
        store=True,
        index="btree_not_null",
    )
    concomitant_id = fields.Many2one(
        "mairie.scrutin.tour",
        "Other Election of the Day",
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        domain="[('date', '=', date), ('id', '!=', id)]",
        help="A second ballot on that day, in the same stations. Both rounds name each "
        "other.",
    )

    @api.depends("numero", "scrutin_id.tour_ids.numero")
    def _compute_previous_tour_id(self):
        for tour in self:
            first = tour.scrutin_id.tour_ids.filtered(lambda row: row.numero == 1)
            tour.previous_tour_id = first._origin[:1] if tour.numero == 2 else False

    @api.constrains("concomitant_id", "date", "company_id")
    def _check_concomitant(self):
        for tour in self.filtered("concomitant_id"):
            other = tour.concomitant_id
            if other == tour or other.date != tour.date:
                raise ValidationError(
                    self.env._("The other election of the day has the same date.")
                )
            if other.company_id != tour.company_id:
                raise ValidationError(
                    self.env._("The other election of the day is in the same commune.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        tours = super().create(vals_list)
        tours.filtered("concomitant_id")._pair_concomitant()
        return tours

    def write(self, vals):
        if "concomitant_id" not in vals:
            return super().write(vals)
        former = self.concomitant_id
        result = super().write(vals)
        left = former.filtered(lambda row: row.concomitant_id in self) - (
            self.concomitant_id
        )
        if left:
            super(MairieScrutinTour, left).write({"concomitant_id": False})
        self._pair_concomitant()
        return result

    def _pair_concomitant(self):
        """Make the other round name this one; its former mate is left alone."""
        for tour in self.filtered("concomitant_id"):
            other = tour.concomitant_id
            if other.concomitant_id != tour:
                other.write({"concomitant_id": tour.id})
