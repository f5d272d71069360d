from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class MairieSealedMixin(models.AbstractModel):
    """Rows that are only ever added: refused here, and by PostgreSQL itself."""

    _name = "mairie.sealed.mixin"
    _description = "Sealed Record"

    def init(self):
        """Refuse UPDATE, DELETE and TRUNCATE on the table, whoever asks."""
        if self._abstract:
            return
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION mairie_elus_refuse_change() RETURNS trigger AS $$
            BEGIN
                -- The one way out: a slip of elimination that the archives approved.
                IF TG_OP = 'DELETE' AND TG_LEVEL = 'ROW' AND TG_TABLE_NAME IN
                    ('mairie_convocation_event', 'mairie_envoi') THEN
                    IF EXISTS (SELECT 1 FROM mairie_elimination WHERE state = 'approved'
                        AND id::text = current_setting('mairie_elus.elimination', true))
                    THEN
                        RETURN OLD;
                    END IF;
                END IF;
                RAISE EXCEPTION 'Preuve scellée : % ne se modifie pas.', TG_TABLE_NAME
                    USING ERRCODE = '23514';
            END $$ LANGUAGE plpgsql
            """
        )
        for level, events in (("ROW", "UPDATE OR DELETE"), ("STATEMENT", "TRUNCATE")):
            trigger = SQL.identifier(f"{self._table}_sealed_{level.lower()}")
            table = SQL.identifier(self._table)
            self.env.cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, table))
            self.env.cr.execute(
                SQL(
                    "CREATE TRIGGER %s BEFORE %s ON %s FOR EACH %s"
                    " EXECUTE FUNCTION mairie_elus_refuse_change()",
                    trigger,
                    SQL(events),
                    table,
                    SQL(level),
                )
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
