from odoo import api, fields, models
from odoo.exceptions import AccessError


class MairieSocialGroupContentMixin(models.AbstractModel):
    """What hangs on a group: it stays there, is found by its readers, goes with it."""

    _name = "mairie.social.group.content.mixin"
    _description = "Content of a Group"

    group_id = fields.Many2one(
        "mairie.social.group", required=True, index=True, ondelete="cascade"
    )
    may_write = fields.Boolean(
        compute="_compute_may_write", export_string_translation=False
    )

    def _compute_may_write(self):
        raise NotImplementedError

    def _check_may_add(self):
        """Refuse whoever may not add to the group.

        Not a constraint: Odoo checks those as superuser, who may do anything.
        """
        raise NotImplementedError

    def _mairie_index(self):
        """Put what readers of the group may find into the search."""
        raise NotImplementedError

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create([self._prepare_vals(vals) for vals in vals_list])
        records._check_may_add()
        records._mairie_index()
        return records

    def write(self, vals):
        if "group_id" in vals and not self.env.su:
            raise AccessError(self.env._("What hangs on a group stays in its group."))
        result = super().write(self._prepare_vals(vals))
        self._mairie_index()
        return result

    def unlink(self):
        ids = self.ids
        result = super().unlink()
        self.env["mairie.social.doc"]._drop(self._name, ids)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_by_who_began_it(self):
        """Members work together; what goes for good goes by who began it or a moderator."""
        for record in self:
            mine = record.sudo().create_uid == self.env.user
            if not self.env.su and not (mine or record.group_id.is_moderator):
                raise AccessError(
                    self.env._("Only whoever began it, or a moderator, deletes it.")
                )

    @api.model
    def _prepare_vals(self, vals):
        """Hook: refuse or clean what is written."""
        return vals

    def _prepare_doc(self):
        """Hook: what of one record is searched, and by whom."""
        return {
            **self.group_id._prepare_doc_rights(),
            "res_model": self._name,
            "res_id": self.id,
            "author_ref": False,
            "date": self.write_date,
            "title": self.name,
            "tags": self.group_id.name,
        }
