from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..lib.tally import StationResult

SECOND_AUTHOR = """
CREATE OR REPLACE FUNCTION mairie_scrutin_second_author() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.rang = 2 AND EXISTS (
        SELECT FROM mairie_scrutin_saisie f
         WHERE f.id = NEW.first_id AND f.author = NEW.author)
    THEN
        RAISE EXCEPTION 'The second entry belongs to somebody else.'
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS mairie_scrutin_saisie_second_author ON mairie_scrutin_saisie;
CREATE TRIGGER mairie_scrutin_saisie_second_author
BEFORE INSERT ON mairie_scrutin_saisie
FOR EACH ROW EXECUTE FUNCTION mairie_scrutin_second_author();
"""
COMPARED = ("inscrits", "emargements", "votants", "blancs", "nuls", "exprimes")
SEALED = (
    "bureau_tour_id",
    "source",
    "inscrits",
    "votants",
    "emargements",
    "blancs",
    "nuls",
    "exprimes",
    "comment",
    "source_line",
    "kind",
    "rang",
    "version",
    "first_id",
    "author",
    "enveloppes",
    "annexes",
    "nul_causes",
    "uuid",
    "device_id",
)


class MairieScrutinSaisie(models.Model):
    """One version of the figures of a station. Never changed, never deleted.

    A correction is a new version: the database itself refuses anything else.
    """

    _name = "mairie.scrutin.saisie"
    _description = "Station Result"
    _order = "id desc"

    bureau_tour_id = fields.Many2one(
        "mairie.scrutin.bureau.tour",
        "Station",
        required=True,
        index=True,
        ondelete="restrict",
    )
    tour_id = fields.Many2one(related="bureau_tour_id.tour_id", string="Round")
    company_id = fields.Many2one(related="bureau_tour_id.company_id")
    kind = fields.Selection(
        [
            ("centaine1", "First hundred"),
            ("centaine2", "Second hundred"),
            ("definitif", "Result"),
        ],
        required=True,
        default="definitif",
        index=True,
        help="Hundreds are estimates for the town hall: never in the totals.",
    )
    rang = fields.Integer(
        "Entry", default=1, required=True, help="1: first entry, 2: second entry."
    )
    version = fields.Integer(
        readonly=True, help="Counts the results of this station, whoever sent them."
    )
    first_id = fields.Many2one(
        "mairie.scrutin.saisie", "Second Entry Of", readonly=True, ondelete="restrict"
    )
    author = fields.Char(
        readonly=True,
        copy=False,
        help="user:7 or device:12: who typed it. The second entry is somebody else's.",
    )
    source = fields.Selection(
        [
            ("import", "File"),
            ("mairie", "Typed at the town hall"),
            ("phone", "Phone of the station"),
            ("fallback", "Code of four lines"),
        ],
        required=True,
        default="mairie",
    )
    inscrits = fields.Integer("Registered Voters", required=True)
    votants = fields.Integer("Voters", required=True)
    enveloppes = fields.Integer("Envelopes")
    emargements = fields.Integer("Signatures on the List", required=True)
    blancs = fields.Integer("Blank", required=True)
    nuls = fields.Integer("Void", required=True)
    exprimes = fields.Integer("Valid Votes", required=True)
    annexes = fields.Integer("Ballots Annexed", help="Blank and void ones (L65, L66).")
    has_annexes = fields.Boolean("Annexes Counted")
    nul_causes = fields.Json("Causes of the Void Ballots")
    uuid = fields.Char(readonly=True, copy=False, export_string_translation=False)
    device_id = fields.Many2one(
        "mairie.scrutin.device", readonly=True, ondelete="restrict"
    )
    photo_ids = fields.One2many(
        related="bureau_tour_id.photo_ids", string="Photos of the Report"
    )
    comment = fields.Char("Remark")
    source_line = fields.Char("Line of the File")
    settled = fields.Boolean(
        readonly=True, help="Chosen between two entries: no second entry any more."
    )
    line_ids = fields.One2many("mairie.scrutin.saisie.ligne", "saisie_id", "Votes")
    controle_ids = fields.One2many("mairie.scrutin.controle", "saisie_id", "Checks")
    is_retained = fields.Boolean("Retained", compute="_compute_is_retained")

    _uuid_uniq = models.UniqueIndex(
        "(bureau_tour_id, uuid) WHERE uuid IS NOT NULL",
        "This result was already received.",
    )
    _version_uniq = models.UniqueIndex(
        "(bureau_tour_id, version) WHERE version > 0",
        "Somebody else sent a result at the same moment: read it, then try again.",
    )
    _rang_range = models.Constraint(
        "CHECK(rang = 1 OR (rang = 2 AND first_id IS NOT NULL))",
        "A second entry belongs to a first one.",
    )

    def init(self):
        """Sealed rows: the database refuses UPDATE of a figure, DELETE and TRUNCATE."""
        self.env["mairie.scrutin.journal"]._seal_table(self._table, SEALED)
        self.env.cr.execute(SQL(SECOND_AUTHOR))

    @api.depends("bureau_tour_id.saisie_id")
    def _compute_is_retained(self):
        for saisie in self:
            saisie.is_retained = saisie.bureau_tour_id.saisie_id == saisie

    @api.depends("bureau_tour_id", "create_date")
    def _compute_display_name(self):
        for saisie in self:
            saisie.display_name = self.env._(
                "Station %(code)s, version %(id)s",
                code=saisie.bureau_tour_id.code,
                id=saisie.id or "",
            )

    @api.model
    def _probe(self, station, vals):
        """Figures that are not kept yet, as the lib of controls wants them."""
        names = ("inscrits", "votants", "blancs", "nuls", "exprimes", "emargements")
        return StationResult(
            **{name: vals[name] for name in names},
            annexes=vals["annexes"] if vals.get("has_annexes") else None,
            nul_causes=vals.get("nul_causes") or None,
            expected_inscrits=station.inscrits or None,
            turnout=station._get_turnout_points(),
            votes=vals["votes"],
            voting_machine=station.bureau_id.has_voting_machine,
        )

    def _get_figures(self):
        """What two entries have in common: name or list -> figure."""
        self.ensure_one()
        named = {name: self[name] for name in COMPARED}
        return named | {row.candidature_id.id: row.voix for row in self.line_ids}

    def _give_reasons(self, reasons):
        """Write the reasons that came with the figures beside their alerts.

        :param reasons: code of an alert -> reason
        """
        for row in self.controle_ids.sudo():
            reason = (reasons.get(row.code) or "").strip()
            if reason and row.level == "alert":
                row.write({"reason": reason, "device_id": self.device_id.id})

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A recorded result is never deleted."))
