from odoo import fields, models


class MairieScrutinTourCandidaciesLine(models.TransientModel):
    """A list of the file (or a line that cannot be read) and what becomes of it."""

    _name = "mairie.scrutin.tour.candidacies.line"
    _description = "List in the File of Candidacies"
    _order = "panneau, number"

    import_id = fields.Many2one(
        "mairie.scrutin.tour.candidacies", required=True, ondelete="cascade"
    )
    number = fields.Integer("Line")
    panneau = fields.Char("Panel")
    name = fields.Char("List")
    head = fields.Char("Head of List")
    people_count = fields.Integer("People")
    community_count = fields.Integer("For the Community")
    status = fields.Selection(
        [
            ("new", "To import"),
            ("changed", "To import, it differs"),
            ("same", "Already there"),
            ("locked", "Left as it is"),
            ("refused", "Unreadable line"),
        ],
        required=True,
    )
    reason = fields.Char()
    raw = fields.Char("Text")
