from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.election_kinds import rectifying_articles
from ..lib.fallback_code import CodeError, decode
from ..models.mairie_scrutin_saisie import COMPARED

#: Figures of the version before that a correction starts from
PROPOSED = (
    *("emargements", "votants", "blancs", "nuls", "exprimes"),
    *("annexes", "has_annexes"),
)


class MairieScrutinBureauTourEnter(models.TransientModel):
    """Type the figures of a station's report: each time a new version."""

    _name = "mairie.scrutin.bureau.tour.enter"
    _description = "Enter a Station Result"

    bureau_tour_id = fields.Many2one(
        "mairie.scrutin.bureau.tour", "Station", required=True, readonly=True
    )
    inscrits = fields.Integer(
        "Registered Voters",
        compute="_compute_figures",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    emargements = fields.Integer(
        "Signatures on the List",
        compute="_compute_figures",
        compute_sudo=False,
        store=True,
        readonly=False,
        help="Signatures on the list of voters.",
    )
    votants = fields.Integer(
        "Voters (envelopes)",
        compute="_compute_figures",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    blancs = fields.Integer(
        "Blank",
        compute="_compute_figures",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    nuls = fields.Integer(
        "Void",
        compute="_compute_figures",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    exprimes = fields.Integer(
        "Valid Votes",
        compute="_compute_figures",
        compute_sudo=False,
        store=True,
        readonly=False,
        help="Voters minus blank and void.",
    )
    annexes = fields.Integer(
        "Ballots Annexed",
        compute="_compute_figures",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    has_annexes = fields.Boolean(
        compute="_compute_figures",
        compute_sudo=False,
        store=True,
        readonly=False,
        export_string_translation=False,
    )
    comment = fields.Char("Remark of the Report")
    origin = fields.Selection(
        [
            ("mairie", "Paper, photo or phone call"),
            ("fallback", "Code of four lines"),
        ],
        default="mairie",
        required=True,
    )
    code_lines = fields.Text("Code", help="The four lines, as dictated or received.")
    rang = fields.Integer(compute="_compute_rang", store=True, readonly=False)
    correction = fields.Boolean(readonly=True)
    rectification = fields.Boolean(readonly=True)
    rectification_note = fields.Char(compute="_compute_rectification_note")
    base_version = fields.Integer(
        compute="_compute_rang", compute_sudo=True, store=True, readonly=False
    )
    conflict = fields.Text(readonly=True)
    is_proposed = fields.Boolean(compute="_compute_is_proposed")
    blank_count = fields.Integer(export_string_translation=False)
    photo_id = fields.Many2one(
        "mairie.scrutin.photo", compute="_compute_photo_id", compute_sudo=False
    )
    photo = fields.Binary("Photo of the Report", related="photo_id.image")
    line_ids = fields.One2many(
        "mairie.scrutin.bureau.tour.enter.line",
        "enter_id",
        "Votes",
        compute="_compute_lines",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    difference = fields.Char(compute="_compute_difference")
    is_even = fields.Boolean(compute="_compute_difference")

    @api.model_create_multi
    def create(self, vals_list):
        """Figures are proposed from the station: only to those who may read it."""
        wizards = super().create(vals_list)
        wizards.bureau_tour_id.check_access("read")
        return wizards

    @api.depends("bureau_tour_id", "rang")
    def _compute_figures(self):
        for wizard in self:
            entry = wizard._get_proposed_entry()
            wizard.inscrits = entry.inscrits or wizard.bureau_tour_id.inscrits
            for name in PROPOSED:
                wizard[name] = entry[name]

    def _get_proposed_entry(self):
        """Figures to start from: never those of somebody else's first entry."""
        entry = self.bureau_tour_id.saisie_id
        return entry.browse() if self.rang == 2 else entry

    @api.depends("bureau_tour_id", "rang", "conflict")
    def _compute_is_proposed(self):
        for wizard in self:
            wizard.is_proposed = bool(wizard._get_proposed_entry() or wizard.conflict)

    @api.depends("bureau_tour_id", "correction")
    def _compute_rang(self):
        for wizard in self:
            station = wizard.bureau_tour_id
            waits = station.state == "a_double_saisir" and not wizard.correction
            wizard.rang = 2 if waits else 1
            wizard.base_version = station._get_versions().get(station.id, 0)

    @api.depends("rectification", "bureau_tour_id")
    @api.depends_context("lang")
    def _compute_rectification_note(self):
        """Who may change a collated result, by kind of election."""
        for wizard in self:
            kind = wizard.bureau_tour_id.sudo().tour_id.scrutin_id.kind
            articles = rectifying_articles(kind)
            if not wizard.rectification:
                wizard.rectification_note = False
            elif articles:
                wizard.rectification_note = self.env._(
                    "What the commission de recensement rectified (%s): the result of "
                    "the evening stays readable.",
                    articles,
                )
            else:
                wizard.rectification_note = self.env._(
                    "A slip of this screen, corrected towards the signed report: no text "
                    "lets the recensement change the figures of a station (R69), only "
                    "the judge does."
                )

    @api.depends("bureau_tour_id")
    def _compute_photo_id(self):
        for wizard in self:
            photos = wizard.bureau_tour_id.photo_ids
            central = self.env.user.has_group("mairie_scrutin.group_operateur")
            wizard.photo_id = central and photos[:1]

    @api.depends("bureau_tour_id", "rang")
    def _compute_lines(self):
        for wizard in self:
            station = wizard.bureau_tour_id
            entry = wizard._get_proposed_entry()
            votes = {line.candidature_id: line.voix for line in entry.line_ids}
            lists = station.tour_id.sudo().candidature_ids
            wizard.line_ids = [fields.Command.clear()] + [
                fields.Command.create(
                    {"candidature_id": row.id, "voix": votes.get(row, 0)}
                )
                for row in lists
            ]

    @api.depends("votants", "blancs", "nuls", "exprimes", "line_ids.voix")
    def _compute_difference(self):
        for wizard in self:
            parts = wizard.blancs + wizard.nuls + wizard.exprimes - wizard.votants
            votes = sum(wizard.line_ids.mapped("voix")) - wizard.exprimes
            wizard.is_even = not parts and not votes
            wizard.difference = wizard._get_difference(parts, votes)

    def _get_difference(self, parts, votes):
        """Sentence under the figures while they are typed."""
        if parts:
            return self.env._(
                "Blank, void and valid make %(sum)s for %(votants)s envelopes.",
                sum=parts + self.votants,
                votants=self.votants,
            )
        if votes > 0:
            return self.env._("Votes exceed the valid votes by %s.", votes)
        if votes < 0:
            return self.env._(
                "%(votes)s of %(exprimes)s: %(gap)s votes are missing.",
                votes=votes + self.exprimes,
                exprimes=self.exprimes,
                gap=-votes,
            )
        return self.env._("The count is right: %s votes.", self.exprimes)

    def action_read_code(self):
        """Fill the figures from the four lines, or say which one to have read again."""
        self.ensure_one()
        code, votes, figures, lines = self._decode()
        station, tour = self.bureau_tour_id, self.bureau_tour_id.tour_id
        if (code.lstrip("0"), lines) != (station.code.upper().lstrip("0"), tour.id):
            raise UserError(self.env._("This code is not of this station: %s.", code))
        if len(votes) != len(self.line_ids):
            raise UserError(self.env._("This code does not have one figure a list."))
        annexes = figures.pop("annexes")
        self.write(
            {
                **figures,
                "annexes": annexes or 0,
                "has_annexes": annexes is not None,
                "origin": "fallback",
                "blank_count": 0,
                "conflict": self._tell_read_back(figures),
            }
        )
        for line, voix in zip(self.line_ids, votes, strict=True):
            line.voix = voix
        return self._reopen()

    def _decode(self):
        try:
            lines = (self.code_lines or "").strip().splitlines()
            code, tour, figures, votes = decode([*lines, "", "", "", ""][:4])
        except CodeError as error:
            raise UserError(
                self.env._(
                    "Line %s is not right: have it read again, figure by figure.",
                    error.line,
                )
            ) from error
        return code, votes, figures, tour

    def _tell_read_back(self, figures):
        """What the operator reads back, or answers by SMS."""
        last = self.code_lines.strip().splitlines()[-1].strip()
        return self.env._(
            "Station %(code)s read: %(inscrits)s registered, %(votants)s voters, "
            "%(blancs)s blank, %(nuls)s void, %(exprimes)s valid. Right? Answer YES "
            "%(check)s. Else NO %(check)s.",
            code=self.bureau_tour_id.code,
            check=last,
            **figures,
        )

    def action_record(self):
        """Keep these figures as a new version and run the controls."""
        self.ensure_one()
        station = self.bureau_tour_id
        if not self.line_ids:
            raise UserError(self.env._("Enter the lists of this round first."))
        if self.blank_count:
            raise UserError(
                self.env._(
                    "%s figures are missing: write 0 if there are none.",
                    self.blank_count,
                )
            )
        version = station.sudo()._get_versions().get(station.id, 0)
        if version != self.base_version:
            return self._tell_conflict(version)
        message = self._keep(station)
        close = {"type": "ir.actions.act_window_close"}
        if not message:
            return close
        return station.tour_id._notify_done(message)

    def _keep(self, station):
        """Record as first entry, second entry or rectification; what to tell."""
        vals = self._prepare_saisie_vals()
        if self.rectification:
            station._rectify(vals, self.comment)
            return None
        if self.rang == 2:
            station._record_second(vals)
            station.tour_id.sudo()._log("second", self.comment or "", stations=station)
            if station.sudo().state == "ecarts":
                return self.env._("The two entries differ: a supervisor settles them.")
            return self.env._("Two identical entries.")
        if station.state == "a_double_saisir" and not self.correction:
            station._check_second_author()
        station._record_results([vals])
        station.tour_id.sudo()._log("entry", self.comment or "", stations=station)
        return None

    def _tell_conflict(self, version):
        """Somebody was quicker: both versions side by side, nothing is lost."""
        station = self.bureau_tour_id.sudo()
        latest = station.saisie_ids.filtered(lambda row: row.version == version)
        self.base_version = version
        if self.rang == 2 or latest.rang == 2:
            raise UserError(
                self.env._(
                    "Somebody else recorded this station meanwhile. Close this entry "
                    "and open the station again."
                )
            )
        theirs, mine = latest._get_figures(), self._prepare_saisie_vals()
        mine = {name: mine[name] for name in COMPARED} | mine["votes"]
        lists = {row.id: row.name for row in station.tour_id.candidature_ids}
        told = [
            self.env._(
                "%(line)s: %(mine)s here, %(theirs)s recorded",
                line=lists.get(key)
                or latest._fields[key]._description_string(self.env),
                mine=mine[key],
                theirs=value,
            )
            for key, value in theirs.items()
            if mine[key] != value
        ]
        who = latest.device_id.name or latest.create_uid.name
        moment = station.company_id._mairie_localize(latest.create_date)
        self.conflict = "\n".join(
            [
                self.env._(
                    "%(name)s recorded another version at %(hour)s. Record again to "
                    "keep yours, go back to keep theirs.",
                    name=who,
                    hour=f"{moment:%H:%M}",
                ),
                *told,
            ]
        )
        return self._reopen()

    def _reopen(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mairie_scrutin.mairie_scrutin_bureau_tour_enter_action"
        )
        return dict(action, res_id=self.id)

    def _prepare_saisie_vals(self):
        return {
            "bureau_tour_id": self.bureau_tour_id.id,
            "source": self.origin,
            "enveloppes": self.votants,
            "annexes": self.annexes,
            "has_annexes": self.has_annexes,
            "inscrits": self.inscrits,
            "votants": self.votants,
            "emargements": self.emargements,
            "blancs": self.blancs,
            "nuls": self.nuls,
            "exprimes": self.exprimes,
            "comment": self.comment,
            "votes": {line.candidature_id.id: line.voix for line in self.line_ids},
        }


class MairieScrutinBureauTourEnterLine(models.TransientModel):
    """Votes of one list while they are typed."""

    _name = "mairie.scrutin.bureau.tour.enter.line"
    _description = "Votes of a List Being Entered"
    _order = "id"

    enter_id = fields.Many2one(
        "mairie.scrutin.bureau.tour.enter", required=True, ondelete="cascade"
    )
    candidature_id = fields.Many2one(
        "mairie.scrutin.candidature", "List", required=True, readonly=True
    )
    voix = fields.Integer("Votes")
