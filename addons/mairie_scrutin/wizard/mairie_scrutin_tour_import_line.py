from odoo import fields, models


class MairieScrutinTourImportLine(models.TransientModel):
    """One line of the file in the preview: what will become of it, and why."""

    _name = "mairie.scrutin.tour.import.line"
    _description = "Line of the File of the Préfecture"
    _order = "number"

    import_id = fields.Many2one(
        "mairie.scrutin.tour.import", required=True, ondelete="cascade"
    )
    number = fields.Integer("Line")
    bureau = fields.Char("Station")
    status = fields.Selection(
        [
            ("new", "To import"),
            ("changed", "To import, figures differ"),
            ("same", "Already there"),
            ("locked", "Validated, left as it is"),
            ("refused", "Unreadable line"),
        ],
        required=True,
    )
    inscrits = fields.Integer("Registered Voters")
    votants = fields.Integer("Voters")
    exprimes = fields.Integer("Valid Votes")
    reason = fields.Char()
    raw = fields.Char("Text")
