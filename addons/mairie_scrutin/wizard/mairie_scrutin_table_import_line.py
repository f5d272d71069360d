from odoo import fields, models


class MairieScrutinTableImportLine(models.TransientModel):
    """One line of the table in the preview: what will become of it, and why."""

    _name = "mairie.scrutin.table.import.line"
    _description = "Line of a Table to Import"
    _order = "number"

    import_id = fields.Many2one(
        "mairie.scrutin.table.import", required=True, ondelete="cascade"
    )
    number = fields.Integer("Line")
    status = fields.Selection(
        [
            ("new", "To add"),
            ("changed", "To update"),
            ("same", "Already there"),
            ("refused", "Not importable"),
        ],
        required=True,
    )
    label = fields.Char("Read As")
    reason = fields.Char()
    raw = fields.Char("Text")
    vals = fields.Json()
    target_id = fields.Integer()
