from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class MairieSealedMixin(models.AbstractModel):
    """Rows that are only ever added: refused here, and by PostgreSQL itself."""

    _name = "mairie.sealed.mixin"
    _description = "Sealed Record"

    #: PostgreSQL function that the triggers of the table run.
    _refusal = "mairie_refuse_change"

    def init(self):
        """Refuse UPDATE, DELETE and TRUNCATE on the table, whoever asks."""
        if self._abstract:
            return
        self._create_refusal()
        for level, events in (("ROW", "UPDATE OR DELETE"), ("STATEMENT", "TRUNCATE")):
            trigger = SQL.identifier(f"{self._table}_sealed_{level.lower()}")
            table = SQL.identifier(self._table)
            self.env.cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, table))
            self.env.cr.execute(
                SQL(
                    "CREATE TRIGGER %s BEFORE %s ON %s FOR EACH %s"
                    " EXECUTE FUNCTION %s()",
                    trigger,
                    SQL(events),
                    table,
                    SQL(level),
                    SQL.identifier(self._refusal),
                )
            )

    def _create_refusal(self):
        """Create the function named by ``_refusal``. A mixin may know a way out."""
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION mairie_refuse_change() RETURNS trigger AS $$
            BEGIN
                RAISE EXCEPTION 'Preuve scellée : % ne se modifie pas.', TG_TABLE_NAME
                    USING ERRCODE = '23514';
            END $$ LANGUAGE plpgsql
            """
        )

    # pylint: disable=method-required-super
    def write(self, vals):  # never reaches the table
        raise UserError(
            self.env._(
                "A sealed proof cannot be changed: it is corrected by a new one."
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A sealed proof cannot be deleted."))
