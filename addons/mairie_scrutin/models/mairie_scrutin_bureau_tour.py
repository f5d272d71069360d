from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.prefecture_record import StationLine


class MairieScrutinBureauTour(models.Model):
    """A polling station on the day of one round: awaited, received, validated."""

    _name = "mairie.scrutin.bureau.tour"
    _inherit = ["mairie.scrutin.protected"]
    _description = "Polling Station of a Round"
    _order = "tour_id, code"
    _rec_names_search = ["code", "bureau_id.name"]
    _protected_fields = (
        "state",
        "saisie_id",
        "second_id",
        "evening_saisie_id",
        "validated_by_id",
        "validated_date",
        "phase",
        "opened_date",
        "closed_date",
    )

    tour_id = fields.Many2one(
        "mairie.scrutin.tour", "Round", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="tour_id.company_id", store=True, index=True)
    bureau_id = fields.Many2one(
        "mairie.scrutin.bureau", "Station", required=True, ondelete="restrict"
    )
    code = fields.Char("Number", related="bureau_id.code", store=True)
    place = fields.Char("Place", related="bureau_id.name")
    inscrits = fields.Integer("Registered Voters")
    secretaire_id = fields.Many2one(
        "res.users", "Secretary", help="Sees and enters this station only."
    )
    state = fields.Selection(
        [
            ("a_saisir", "Awaited"),
            ("erreur", "Error"),
            ("a_double_saisir", "Second entry awaited"),
            ("ecarts", "Entries differ"),
            ("a_verifier", "To check"),
            ("valide", "Validated"),
            ("recense", "Collated"),
        ],
        default="a_saisir",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    saisie_id = fields.Many2one(
        "mairie.scrutin.saisie", "Result", readonly=True, copy=False
    )
    second_id = fields.Many2one(
        "mairie.scrutin.saisie", "Second Entry", readonly=True, copy=False
    )
    evening_saisie_id = fields.Many2one(
        "mairie.scrutin.saisie",
        "Result of the Evening",
        readonly=True,
        copy=False,
        help="As validated on the evening, before the recensement.",
    )
    saisie_ids = fields.One2many("mairie.scrutin.saisie", "bureau_tour_id", "Versions")
    saisie_count = fields.Integer("Number of Versions", compute="_compute_saisie_count")
    controle_ids = fields.One2many(
        "mairie.scrutin.controle", "bureau_tour_id", "Checks"
    )
    open_alert_count = fields.Integer(
        "Open Alerts", compute="_compute_open_alert_count"
    )
    alert_summary = fields.Char("To Handle", compute="_compute_open_alert_count")
    votants = fields.Integer("Voters", compute="_compute_entry", compute_sudo=False)
    emargements = fields.Integer(
        "Signatures on the List", compute="_compute_entry", compute_sudo=False
    )
    blancs = fields.Integer("Blank", compute="_compute_entry", compute_sudo=False)
    nuls = fields.Integer("Void", compute="_compute_entry", compute_sudo=False)
    exprimes = fields.Integer(
        "Valid Votes", compute="_compute_entry", compute_sudo=False
    )
    turnout = fields.Char(compute="_compute_turnout")
    received_date = fields.Datetime(
        "Received On", compute="_compute_entry", compute_sudo=False
    )
    line_ids = fields.One2many(
        "mairie.scrutin.saisie.ligne",
        string="Votes",
        compute="_compute_entry",
        compute_sudo=False,
    )
    validated_by_id = fields.Many2one(
        "res.users", "Validator", readonly=True, copy=False
    )
    validated_date = fields.Datetime("Validated On", readonly=True, copy=False)

    _bureau_uniq = models.Constraint(
        "UNIQUE(tour_id, bureau_id)", "This round already has that polling station."
    )

    @api.depends("code", "bureau_id.name")
    def _compute_display_name(self):
        for station in self:
            place = station.bureau_id.name
            label = self.env._("Station %s", station.code or "")
            station.display_name = f"{label}, {place}" if place else label

    @api.depends("saisie_ids")
    def _compute_saisie_count(self):
        for station in self:
            station.saisie_count = len(station.saisie_ids)

    @api.depends("controle_ids.reason", "controle_ids.code")
    @api.depends_context("lang", "uid")
    def _compute_open_alert_count(self):
        for station in self:
            open_ = station.controle_ids.filtered(lambda row: not row.is_settled)
            station.open_alert_count = len(open_)
            messages = (open_ or station.controle_ids).mapped("message")
            station.alert_summary = " ".join(messages)

    @api.depends("saisie_id", "state")
    @api.depends_context("uid")
    def _compute_entry(self):
        """Figures of the retained entry, for those who may read it: who makes the
        second entry does not see the first one."""
        if not self.env.su:
            self.filtered("id").check_access("read")
        for station in self:
            entry = station.saisie_id._filtered_access("read")
            for name in ("votants", "emargements", "blancs", "nuls", "exprimes"):
                station[name] = entry[name]
            station.received_date = entry.create_date
            station.line_ids = entry.line_ids

    @api.depends("votants", "saisie_id")
    def _compute_turnout(self):
        share = self.env["mairie.scrutin.tour"]._format_share
        for station in self:
            entry = station.saisie_id._filtered_access("read")
            station.turnout = share(entry.votants, entry.inscrits) if entry else ""

    @api.ondelete(at_uninstall=False)
    def _unlink_if_no_entry(self):
        if self.saisie_ids:
            raise UserError(
                self.env._("A result was recorded for this station: it is kept.")
            )

    def _prepare_station_line(self, rank):
        """This station as a line of the préfecture's file."""
        entry, scrutin = self.saisie_id, self.tour_id.scrutin_id
        code = scrutin.commune_insee
        size = 3 if code.startswith("97") else 2
        return StationLine(
            sequence=str(rank),
            type_code=scrutin.type_code,
            year=str(scrutin.year),
            round=str(self.tour_id.numero),
            departement=code[:size],
            commune=code[size:].zfill(3),
            bureau=self.code,
            flag=scrutin.prefecture_flag or "I",
            inscrits=entry.inscrits,
            abstentions=entry.inscrits - entry.votants,
            votants=entry.votants,
            emargements=entry.emargements,
            blancs=entry.blancs,
            nuls=entry.nuls,
            exprimes=entry.exprimes,
            votes=tuple(
                (line.candidature_id.panneau, line.voix) for line in entry.line_ids
            ),
        )
