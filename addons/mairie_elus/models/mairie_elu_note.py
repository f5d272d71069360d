from odoo import api, fields, models
from odoo.exceptions import ValidationError

MAX_LENGTH = 20_000


class MairieEluNote(models.Model):
    """What a member writes for himself on an item or a page. Nobody else reads it.

    No role has a right to it but members, each to his own; the rule is global, so that
    no other right opens it.
    """

    _name = "mairie.elu.note"
    _description = "Private Note of a Member"
    _order = "point_id, annexe_id, page, id"
    _rec_name = "point_id"

    partner_id = fields.Many2one(
        "res.partner",
        "Of",
        required=True,
        ondelete="cascade",
        index=True,
        default=lambda self: self.env.user.partner_id,
    )
    point_id = fields.Many2one(
        "mairie.point", "Item", required=True, ondelete="cascade", index=True
    )
    annexe_id = fields.Many2one("mairie.annexe", "Document", ondelete="cascade")
    page = fields.Integer()
    text = fields.Text(required=True)

    _page_positive = models.Constraint("CHECK (page >= 0)", "Pages are counted from 1.")

    @api.constrains("text")
    def _check_text(self):
        if any(len(note.text) > MAX_LENGTH for note in self):
            raise ValidationError(self.env._("This note is too long: cut it in two."))

    @api.constrains("annexe_id", "point_id")
    def _check_annexe(self):
        if any(
            note.annexe_id and note.annexe_id.point_id != note.point_id for note in self
        ):
            raise ValidationError(self.env._("This document belongs to another item."))
