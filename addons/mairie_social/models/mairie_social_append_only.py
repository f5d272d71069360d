from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class MairieSocialAppendOnly(models.AbstractModel):
    """Rows that are only ever added: refused here, and by PostgreSQL itself."""

    _name = "mairie.social.append.only"
    _description = "Row That Stays"

    def init(self):
        """Refuse UPDATE, DELETE and TRUNCATE on the table, whoever asks."""
        if self._abstract:
            return
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION mairie_social_refuse_change()
                   RETURNS trigger AS $$
            BEGIN
                RAISE EXCEPTION 'Une ligne de % ne se modifie pas.', TG_TABLE_NAME
                    USING ERRCODE = '23514';
            END $$ LANGUAGE plpgsql
            """
        )
        for level, events in (("ROW", "UPDATE OR DELETE"), ("STATEMENT", "TRUNCATE")):
            trigger = SQL.identifier(f"{self._table}_kept_{level.lower()}")
            table = SQL.identifier(self._table)
            self.env.cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, table))
            self.env.cr.execute(
                SQL(
                    "CREATE TRIGGER %s BEFORE %s ON %s FOR EACH %s"
                    " EXECUTE FUNCTION mairie_social_refuse_change()",
                    trigger,
                    SQL(events),
                    table,
                    SQL(level),
                )
            )

    # pylint: disable=method-required-super
    def write(self, vals):  # never reaches the table
        raise UserError(self.env._("This line is a proof: it cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("This line is a proof: it cannot be deleted."))
