from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

SEAL_FUNCTION = """
CREATE OR REPLACE FUNCTION mairie_scrutin_append_only() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'These figures are sealed: a correction is a new version.'
    USING ERRCODE = 'check_violation';
END $$
"""


class MairieScrutinJournal(models.Model):
    """Who did what, when and why. Lines are only ever added."""

    _name = "mairie.scrutin.journal"
    _description = "Election Journal"
    _order = "id desc"
    _rec_name = "event"

    tour_id = fields.Many2one(
        "mairie.scrutin.tour", "Round", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="tour_id.company_id")
    bureau_tour_id = fields.Many2one(
        "mairie.scrutin.bureau.tour", "Station", ondelete="restrict"
    )
    event = fields.Selection(
        [
            ("import", "File imported"),
            ("export", "File of the préfecture made"),
            ("entry", "Result typed"),
            ("validation", "Station validated"),
            ("reopening", "Station reopened"),
            ("armed", "Public opening armed"),
            ("agreed", "Second agreement given"),
            ("disarmed", "Public opening withdrawn"),
            ("terms", "Terms of the opening changed"),
            ("proclamation", "Results proclaimed"),
        ],
        required=True,
    )
    detail = fields.Char("Reason or Detail")
    user_id = fields.Many2one("res.users", "By", required=True, ondelete="restrict")

    def init(self):
        """A line of the journal is sealed when it is written."""
        self._seal_table(
            self._table, ("tour_id", "bureau_tour_id", "event", "detail", "user_id")
        )

    @api.model
    def _seal_table(self, table, columns):
        """Have PostgreSQL refuse UPDATE of ``columns``, DELETE and TRUNCATE.

        Columns added later are free until they are named here: an upgrade may fill them.
        """
        name, target = SQL.identifier(f"{table}_sealed"), SQL.identifier(table)
        emptied = SQL.identifier(f"{table}_never_emptied")
        self.env.cr.execute(SQL(SEAL_FUNCTION))
        for trigger in (name, emptied):
            self.env.cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, target))
        self.env.cr.execute(
            SQL(
                "CREATE TRIGGER %s BEFORE DELETE OR UPDATE OF %s ON %s "
                "FOR EACH ROW EXECUTE FUNCTION mairie_scrutin_append_only()",
                name,
                SQL(", ").join(SQL.identifier(column) for column in columns),
                target,
            )
        )
        self.env.cr.execute(
            SQL(
                "CREATE TRIGGER %s BEFORE TRUNCATE ON %s "
                "FOR EACH STATEMENT EXECUTE FUNCTION mairie_scrutin_append_only()",
                emptied,
                target,
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A line of the journal is never deleted."))
