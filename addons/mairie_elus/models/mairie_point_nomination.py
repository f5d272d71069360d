from odoo import fields, models


class MairiePoint(models.Model):
    """The elections of an item."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.point"

    nomination_ids = fields.One2many(
        "mairie.nomination", "point_id", "Elections", copy=False
    )

    def _is_decided(self):
        """Tell whether the assembly ruled: a vote closed, or a round counted."""
        self.ensure_one()
        return bool(self.vote_id or self.nomination_ids.tour_ids)

    def _get_count(self):
        """Return what was counted last: mairie.vote or mairie.nomination.tour."""
        self.ensure_one()
        return self.vote_id or self.nomination_ids._get_last_round()

    def _is_counted(self):
        """Tell whether anything was counted: who was there does not change any more."""
        return bool(self.vote_ids or self.nomination_ids.tour_ids)

    def _get_counting_times(self):
        """Return when votes were closed and rounds counted on these items."""
        return [
            *self.vote_ids.mapped("closed_at"),
            *self.nomination_ids.tour_ids.mapped("closed_at"),
        ]

    def _get_free_fields(self):
        return super()._get_free_fields() | {"nomination_ids"}

    def _prepare_console_item(self, room):
        return {
            **super()._prepare_console_item(room),
            "nominations": [row._prepare_console() for row in self.nomination_ids],
        }

    def _prepare_console_row(self):
        elections = self.nomination_ids
        done = bool(elections) and all(row.elected_id for row in elections)
        return {**super()._prepare_console_row(), "elected": done}
