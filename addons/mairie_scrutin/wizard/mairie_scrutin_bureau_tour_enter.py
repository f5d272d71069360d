from odoo import api, fields, models
from odoo.exceptions import UserError


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
    comment = fields.Char("Remark of the Report")
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

    @api.depends("bureau_tour_id")
    def _compute_figures(self):
        for wizard in self:
            entry = wizard.bureau_tour_id.saisie_id
            wizard.inscrits = entry.inscrits or wizard.bureau_tour_id.inscrits
            for name in ("emargements", "votants", "blancs", "nuls", "exprimes"):
                wizard[name] = entry[name]

    @api.depends("bureau_tour_id")
    def _compute_lines(self):
        for wizard in self:
            station = wizard.bureau_tour_id
            votes = {
                line.candidature_id: line.voix for line in station.saisie_id.line_ids
            }
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

    def action_record(self):
        """Keep these figures as a new version and run the controls."""
        self.ensure_one()
        station = self.bureau_tour_id
        if not self.line_ids:
            raise UserError(self.env._("Enter the lists of this round first."))
        station._record_results([self._prepare_saisie_vals()])
        station.tour_id.sudo()._log("entry", self.comment or "", stations=station)
        return {"type": "ir.actions.act_window_close"}

    def _prepare_saisie_vals(self):
        return {
            "bureau_tour_id": self.bureau_tour_id.id,
            "source": "mairie",
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
