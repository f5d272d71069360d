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
        elections, seen = self.scrutin_id, {}
        self._delete_tree("mairie.scrutin.maillon", self._find_ids("maillon"), seen)
        self._delete_tree("mairie.scrutin.bureau.tour", self.bureau_tour_ids.ids, seen)
        self._delete_tree("mairie.scrutin.journal", self._find_ids("journal"), seen)
        self.env.invalidate_all()
        self.unlink()
        elections.filtered(lambda row: not row.tour_ids).unlink()

    def _find_ids(self, name):
        rows = self.env[f"mairie.scrutin.{name}"].sudo()
        return rows.search([("tour_id", "in", self.ids)]).ids

    def _delete_tree(self, name, ids, seen):
        """Delete rows, after those of any table that would keep them from going.

        :param seen: model -> ids already on their way, for rows that point at each other
        """
        ids = set(ids) - seen.setdefault(name, set())
        if not ids:
            return
        seen[name] |= ids
        for other, column in self._get_holders(name):
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM %s WHERE %s = ANY(%s)",
                    SQL.identifier(self.env[other]._table),
                    SQL.identifier(column),
                    list(ids),
                )
            )
            held = [row[0] for row in self.env.cr.fetchall()]
            self._delete_tree(other, held, seen)
        table = SQL.identifier(self.env[name]._table)
        self.env.cr.execute(SQL("DELETE FROM %s WHERE id = ANY(%s)", table, list(ids)))

    def _get_holders(self, target):
        """[(model, column)] of the rows that PostgreSQL would not let go of."""
        return [
            (name, field.name)
            for name, model in self.env.registry.items()
            if model._auto and not model._abstract and not model._transient
            for field in model._fields.values()
            if field.type == "many2one"
            and field.comodel_name == target
            and field.store
            and field.ondelete == "restrict"
        ]
