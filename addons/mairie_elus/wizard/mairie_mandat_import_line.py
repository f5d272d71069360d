from odoo import fields, models


class MairieMandatImportLine(models.TransientModel):
    """One line of the file: who, and what becomes of it."""

    _name = "mairie.mandat.import.line"
    _description = "Line of an Import of Members"
    _order = "number"

    import_id = fields.Many2one("mairie.mandat.import", ondelete="cascade")
    number = fields.Integer("Line", readonly=True)
    name = fields.Char("Member", readonly=True)
    function = fields.Selection(
        selection=lambda self: self._get_functions(),
        readonly=True,
    )
    groupe = fields.Char("Group", readonly=True)
    state = fields.Selection(
        [("new", "To create"), ("known", "Already there"), ("error", "To correct")],
        readonly=True,
    )
    message = fields.Char("What is wrong", readonly=True)

    def _get_functions(self):
        field = self.env["mairie.mandat"]._fields["function"]
        return field._description_selection(self.env)
