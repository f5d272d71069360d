from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL


# One file for each concern of a round: together they would be too long to read.
# pylint: disable=consider-merging-classes-inherited
class MairieScrutinTour(models.Model):
    """A rehearsal leaves nothing behind."""

    _inherit = "mairie.scrutin.tour"

    def _delete_rehearsal(self):
        """Delete these rounds and all that hangs on them, sealed rows included.

        The database lets go of sealed rows of rehearsals only.
        """
        if not self:
            return
        if not all(tour.is_rehearsal for tour in self):
            raise UserError(self.env._("Only a rehearsal is deleted."))
        self.env.flush_all()
        stations, entries = self.bureau_tour_ids, self.bureau_tour_ids.saisie_ids
        self.env.cr.execute(
            SQL(
                "UPDATE mairie_scrutin_bureau_tour SET saisie_id = NULL "
                "WHERE tour_id = ANY(%s)",
                self.ids,
            )
        )
        sealed = self.env["mairie.scrutin.journal"]
        for name in ("mairie.scrutin.maillon", sealed._name):
            self._delete_rows(name, "tour_id", self.ids)
        self._delete_pointing("mairie.scrutin.saisie", entries.ids)
        self._delete_rows("mairie.scrutin.saisie", "id", entries.ids)
        self._delete_pointing("mairie.scrutin.bureau.tour", stations.ids)
        self.env.invalidate_all()
        elections = self.scrutin_id
        self.unlink()
        elections.filtered(lambda row: not row.tour_ids).unlink()

    def _delete_pointing(self, target, ids):
        """Delete the rows of other tables that cannot do without these."""
        for name, model in self.env.registry.items():
            if model._abstract or model._transient or not model._auto:
                continue
            for field in model._fields.values():
                points = field.type == "many2one" and field.comodel_name == target
                if points and field.store and field.column_type and field.required:
                    self._delete_rows(name, field.name, ids)

    def _delete_rows(self, name, column, ids):
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s WHERE %s = ANY(%s)",
                SQL.identifier(self.env[name]._table),
                SQL.identifier(column),
                list(ids),
            )
        )
