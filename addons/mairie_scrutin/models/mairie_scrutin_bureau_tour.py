from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.prefecture_record import StationLine
from ..lib.tally import StationResult, check_station, check_stations


class MairieScrutinBureauTour(models.Model):
    """A polling station on the day of one round: awaited, received, validated."""

    _name = "mairie.scrutin.bureau.tour"
    _inherit = ["mairie.scrutin.protected"]
    _description = "Polling Station of a Round"
    _order = "tour_id, code"
    _rec_names_search = ["code", "bureau_id.name"]
    _protected_fields = ("state", "saisie_id", "validated_by_id", "validated_date")

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
            ("a_verifier", "To check"),
            ("valide", "Validated"),
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
    saisie_ids = fields.One2many("mairie.scrutin.saisie", "bureau_tour_id", "Versions")
    saisie_count = fields.Integer("Number of Versions", compute="_compute_saisie_count")
    controle_ids = fields.One2many(
        "mairie.scrutin.controle", "bureau_tour_id", "Checks"
    )
    open_alert_count = fields.Integer(
        "Open Alerts", compute="_compute_open_alert_count"
    )
    alert_summary = fields.Char("To Handle", compute="_compute_open_alert_count")
    votants = fields.Integer(related="saisie_id.votants", related_sudo=False)
    emargements = fields.Integer(related="saisie_id.emargements", related_sudo=False)
    blancs = fields.Integer(related="saisie_id.blancs", related_sudo=False)
    nuls = fields.Integer(related="saisie_id.nuls", related_sudo=False)
    exprimes = fields.Integer(related="saisie_id.exprimes", related_sudo=False)
    turnout = fields.Char(compute="_compute_turnout")
    received_date = fields.Datetime(
        "Received On", related="saisie_id.create_date", related_sudo=False
    )
    line_ids = fields.One2many(related="saisie_id.line_ids", string="Votes")
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

    @api.depends("votants", "saisie_id.inscrits")
    def _compute_turnout(self):
        share = self.env["mairie.scrutin.tour"]._format_share
        for station in self:
            entry = station.saisie_id
            station.turnout = share(entry.votants, entry.inscrits) if entry else ""

    @api.ondelete(at_uninstall=False)
    def _unlink_if_no_entry(self):
        if self.saisie_ids:
            raise UserError(
                self.env._("A result was recorded for this station: it is kept.")
            )

    def _record_results(self, vals_list):
        """Keep new entries, run the controls, say where each station stands.

        :param vals_list: one dict for each station of ``self``, in the same order:
            values of ``mairie.scrutin.saisie`` and ``votes``, candidature id -> votes
        """
        self.tour_id._check_open()
        self._check_not_validated()
        saisies = self.env["mairie.scrutin.saisie"].create(
            [self._prepare_entry_vals(vals) for vals in vals_list]
        )
        self.sudo().controle_ids.write({"active": False})
        for station, saisie in zip(self, saisies, strict=True):
            station.sudo().saisie_id = saisie
            if not station.inscrits:
                station.sudo().inscrits = saisie.inscrits
        for tour, stations in self.grouped("tour_id").items():
            stations._run_controls(tour)
            if tour.state == "preparation":
                tour.sudo().state = "depouillement"
        return saisies

    def _prepare_entry_vals(self, vals):
        vals = dict(vals)
        votes = vals.pop("votes")
        vals["line_ids"] = [
            fields.Command.create({"candidature_id": key, "voix": voix})
            for key, voix in votes.items()
        ]
        return vals

    def _check_not_validated(self):
        done = self.filtered(lambda station: station.state == "valide")
        if done:
            raise UserError(
                self.env._(
                    "Station %s is validated. To correct it towards the signed "
                    "report, reopen it with a reason.",
                    done[0].code,
                )
            )

    def _run_controls(self, tour):
        """Write the controls of the retained entries and set the states."""
        limits = tour._get_limits()
        everyone = tour.sudo().bureau_tour_ids.filtered("saisie_id")
        results = {station.id: station._get_result() for station in everyone}
        across = check_stations(results, limits)
        rows = []
        for station in self:
            findings = check_station(results[station.id], limits) + across[station.id]
            rows += [
                {
                    "saisie_id": station.saisie_id.id,
                    "code": finding.code,
                    "level": finding.level,
                    "params": finding.params,
                }
                for finding in findings
            ]
            blocked = any(finding.level == "error" for finding in findings)
            station.sudo().state = "erreur" if blocked else "a_verifier"
        self.env["mairie.scrutin.controle"].sudo().create(rows)

    def _get_result(self):
        """The retained entry as the lib of controls wants it."""
        self.ensure_one()
        entry = self.saisie_id
        return StationResult(
            inscrits=entry.inscrits,
            votants=entry.votants,
            blancs=entry.blancs,
            nuls=entry.nuls,
            exprimes=entry.exprimes,
            emargements=entry.emargements,
            votes={line.candidature_id.id: line.voix for line in entry.line_ids},
            voting_machine=self.bureau_id.has_voting_machine,
        )

    def action_validate(self):
        """Validate: no error left, and a reason for each alert."""
        self.tour_id._check_supervisor()
        self.tour_id._check_open()
        todo = self.filtered(lambda station: station.state != "valide")
        todo.check_access("write")
        todo._check_can_validate()
        todo.controle_ids._accept()
        todo.sudo().write(
            {
                "state": "valide",
                "validated_by_id": self.env.uid,
                "validated_date": fields.Datetime.now(),
            }
        )
        for tour, stations in todo.grouped("tour_id").items():
            tour._log("validation", stations=stations)

    def _check_can_validate(self):
        for station in self:
            if not station.saisie_id:
                raise UserError(
                    self.env._("Station %s has not sent its result yet.", station.code)
                )
            if station.state == "erreur":
                raise UserError(
                    self.env._(
                        "Station %(code)s: %(errors)s Call the station, then enter "
                        "the figures of its report again.",
                        code=station.code,
                        errors=station.alert_summary,
                    )
                )
            if station.open_alert_count:
                raise UserError(
                    self.env._(
                        "Station %(code)s: %(alerts)s Write the reason beside it, as "
                        "in the report, then validate.",
                        code=station.code,
                        alerts=station.alert_summary,
                    )
                )

    def _reopen(self, reason):
        """Take a validation back, with its reason in the journal."""
        self.tour_id._check_supervisor()
        self.tour_id._check_open()
        if not (reason or "").strip():
            raise UserError(self.env._("A reason is needed: the journal keeps it."))
        self.check_access("write")
        for station in self.filtered(lambda station: station.state == "valide"):
            station.sudo().write(
                {
                    "state": "a_verifier",
                    "validated_by_id": False,
                    "validated_date": False,
                }
            )
            station.tour_id._log("reopening", reason, stations=station)

    def action_enter(self):
        """Type the figures of the report."""
        self.ensure_one()
        self.tour_id._check_open()
        self._check_not_validated()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_bureau_tour_enter_action"
        )
        return dict(action, context={"default_bureau_tour_id": self.id})

    def action_reopen(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_bureau_tour_reopen_action"
        )
        return dict(action, context={"default_bureau_tour_id": self.id})

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
