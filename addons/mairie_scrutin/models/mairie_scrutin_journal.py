from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..lib.journal_chain import short

# Only what a rehearsal left may be deleted; a round never becomes a rehearsal after its
# creation, the database sees to it (mairie_scrutin_tour_proof.py).
SEAL_FUNCTION = """
CREATE OR REPLACE FUNCTION mairie_scrutin_append_only() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    line jsonb;
    rehearsal boolean := false;
BEGIN
    IF TG_OP = 'DELETE' THEN
        line := to_jsonb(OLD);
        IF line ? 'saisie_id' AND NOT line ? 'bureau_tour_id' THEN
            SELECT to_jsonb(s) INTO line FROM mairie_scrutin_saisie s
             WHERE s.id = (line->>'saisie_id')::int;
        END IF;
        SELECT t.is_rehearsal INTO rehearsal FROM mairie_scrutin_tour t
          LEFT JOIN mairie_scrutin_bureau_tour bt ON bt.tour_id = t.id
         WHERE t.id = (line->>'tour_id')::int
            OR bt.id = (line->>'bureau_tour_id')::int LIMIT 1;
        IF rehearsal THEN
            RETURN OLD;
        END IF;
    END IF;
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
            ("opening", "Station opened"),
            ("closing", "Station closed"),
            ("phone", "Result received from the phone"),
            ("second", "Second entry typed"),
            ("difference", "Difference settled"),
            ("access", "Access printed"),
            ("revocation", "Access revoked"),
            ("unlock", "Access unlocked"),
            ("device", "Phone let in"),
            ("photo", "Photo of the report received"),
            ("census", "Results collated"),
            ("rectification", "Result rectified after the recensement"),
            ("validation", "Station validated"),
            ("reopening", "Station reopened"),
            ("armed", "Public opening armed"),
            ("agreed", "Second agreement given"),
            ("disarmed", "Public opening withdrawn"),
            ("terms", "Terms of the opening changed"),
            ("screen", "Address of a screen changed"),
            ("proclamation", "Results proclaimed"),
            ("fingerprint", "Fingerprint printed or sent"),
            ("verification", "Journal verified"),
            ("rehearsal", "Rehearsal"),
            ("candidacies", "Candidacies imported"),
            ("second_round", "Second round prepared"),
            ("convocation", "Members convened"),
            ("spot", "Bureau completed among the voters"),
            ("time_stamp", "Fingerprint time stamped"),
            ("succession", "Successor called"),
            ("restoration", "Replacement taken back"),
            ("purge", "Private data of the members erased"),
        ],
        required=True,
    )
    detail = fields.Char("Reason or Detail")
    user_id = fields.Many2one("res.users", "By", required=True, ondelete="restrict")
    saisie_id = fields.Many2one(
        "mairie.scrutin.saisie",
        "Version",
        ondelete="restrict",
        help="The version of the figures that was retained at that moment.",
    )
    closing = fields.Json(
        help="Sums and seats at the proclamation.", export_string_translation=False
    )
    fingerprint = fields.Char(compute="_compute_fingerprint")

    def init(self):
        """A line of the journal is sealed when it is written."""
        self._seal_table(
            self._table,
            (
                "tour_id",
                "bureau_tour_id",
                "event",
                "detail",
                "user_id",
                "saisie_id",
                "closing",
            ),
        )

    @api.model_create_multi
    def create(self, vals_list):
        """A line says which figures it is about; it is linked after the commit."""
        stations = self.env["mairie.scrutin.bureau.tour"].sudo()
        rounds = self.env["mairie.scrutin.tour"].sudo()
        for vals in vals_list:
            station = stations.browse(vals.get("bureau_tour_id") or [])
            vals.setdefault("saisie_id", station.saisie_id.id)
            if vals["event"] == "proclamation":
                vals["closing"] = rounds.browse(vals["tour_id"])._prepare_closing()
        lines = super().create(vals_list)
        for tour, written in lines.grouped("tour_id").items():
            tour._seal_after_commit("journal", written)
        if "proclamation" in lines.mapped("event"):
            cron = self.env.ref("mairie_scrutin.cron_fingerprint", False)
            if cron:  # not yet there while the demo data load
                cron.sudo()._trigger()
        return lines

    def write(self, vals):
        self.check_access("write")
        self._refuse_change()
        return super().write(vals)

    def _refuse_change(self):
        raise UserError(self.env._("A line of the journal does not change."))

    def _compute_fingerprint(self):
        """Short fingerprint of the link of each line, empty until it is linked."""
        links = (
            self.env["mairie.scrutin.maillon"]
            .sudo()
            .search([("kind", "=", "journal"), ("res_id", "in", self.ids)])
        )
        found = {link.res_id: link.hash for link in links}
        for line in self:
            line.fingerprint = short(found.get(line.id, ""))

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
