from odoo import fields, models
from odoo.tools import SQL


class MairieVoteVoix(models.Model):
    """One vote, confirmed on a device: added once, never changed."""

    _name = "mairie.vote.voix"
    _description = "Vote Cast on a Device"
    _inherit = ["mairie.sealed.mixin"]
    _order = "ouvert_id, id"

    ouvert_id = fields.Many2one(
        "mairie.vote.ouvert", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="restrict")
    partner_id = fields.Many2one(
        "res.partner", "In the name of", required=True, ondelete="restrict"
    )
    cast_by_id = fields.Many2one(
        "res.partner", "Cast by", required=True, ondelete="restrict"
    )
    choice = fields.Selection(
        [("pour", "For"), ("contre", "Against"), ("abstention", "Abstention")],
        required=True,
    )
    cast_at = fields.Datetime(required=True)

    _once = models.Constraint(
        "UNIQUE (ouvert_id, partner_id)", "A member votes once in his own name."
    )

    def init(self):  # pylint: disable=missing-return
        """No vote after the end: PostgreSQL itself looks at the row that closes.

        The lock is shared, voters do not wait for one another; who closes waits for
        those who are voting. A voter whose view is older than the end is started again.
        """
        super().init()
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION mairie_elus_vote_is_open() RETURNS trigger AS $$
            BEGIN
                PERFORM 1 FROM mairie_vote_ouvert
                 WHERE id = NEW.ouvert_id AND closed_at IS NULL FOR SHARE;
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'Vote clos.' USING ERRCODE = '23514';
                END IF;
                RETURN NEW;
            END $$ LANGUAGE plpgsql
            """
        )
        table = SQL.identifier(self._table)
        trigger = SQL.identifier(f"{self._table}_open")
        self.env.cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, table))
        self.env.cr.execute(
            SQL(
                "CREATE TRIGGER %s BEFORE INSERT ON %s FOR EACH ROW"
                " EXECUTE FUNCTION mairie_elus_vote_is_open()",
                trigger,
                table,
            )
        )
