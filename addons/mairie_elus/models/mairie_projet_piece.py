from odoo import api, fields, models


class MairieProjetPiece(models.Model):
    """A document of a draft: it becomes one of the agenda item."""

    _name = "mairie.projet.piece"
    _description = "Document of a Draft"
    _inherit = ["mairie.piece.mixin"]
    _order = "projet_id, sequence, id"

    projet_id = fields.Many2one(
        "mairie.projet", "Draft", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="projet_id.company_id", store=True)

    @api.model_create_multi
    def create(self, vals_list):
        pieces = super().create(vals_list)
        pieces.projet_id._check_editable()
        return pieces

    def write(self, vals):
        self.projet_id._check_editable()
        result = super().write(vals)
        self.projet_id._check_editable()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_while_editable(self):
        self.projet_id._check_editable()

    def _prepare_annexe_vals(self):
        """Return the document of the agenda item made from this one."""
        self.ensure_one()
        piece = self.with_context(bin_size=False)
        return {
            "sequence": piece.sequence,
            "name": piece.name,
            "kind": piece.kind,
            "filename": piece.filename,
            "file": piece.file,
        }
