from odoo import fields, models


class MairiePoint(models.Model):
    """The elections of an item."""

    # One question per file: pylint: disable-next=consider-merging-classes-inherited
    _inherit = "mairie.point"

    nomination_ids = fields.One2many(
        "mairie.nomination", "point_id", "Elections", copy=False
    )

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
