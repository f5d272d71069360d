from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

#: Items on which the council decides, hence that need a summary note.
DECIDED_KINDS = ("deliberation", "accounts")


class MairiePoint(models.Model):
    _name = "mairie.point"
    _description = "Agenda Item"
    _inherit = ["mairie.matiere.mixin"]
    _order = "seance_id, sequence, id"

    seance_id = fields.Many2one(
        "mairie.seance", "Meeting", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="seance_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    rank = fields.Integer("No.", compute="_compute_rank", store=True)
    name = fields.Char("Subject", required=True)
    kind = fields.Selection(
        [
            ("deliberation", "Deliberation"),
            ("information", "Information"),
            ("election", "Election"),
            ("accounts", "Accounts"),
            ("urgency", "Vote on the urgency"),
            ("questions", "Questions"),
        ],
        "Type",
        required=True,
        default="deliberation",
    )
    rapporteur_id = fields.Many2one("res.partner")
    theme = fields.Char()
    note = fields.Html(
        "Summary note",
        sanitize_style=True,
        sanitize_form=True,
        help="« Note explicative de synthèse »: sent with the notice from 3,500 "
        "inhabitants on (CGCT, L2121-12).",
    )
    is_icpe = fields.Boolean(
        "Classified installation",
        help="The item concerns a classified installation: 5 clear days and a note, "
        "whatever the size of the commune (CGCT, L2121-12).",
    )
    is_public_service = fields.Boolean(
        "Public-service contract",
        help="The notice says that the draft contract and all its papers are open to any "
        "councillor at the town hall (CGCT, L2121-12).",
    )
    special_mention = fields.Char(
        help="The notice of a meeting that elects the mayor or deputies says so "
        "(CGCT, L2122-8)."
    )
    is_huis_clos = fields.Boolean(
        "Closed to the public",
        help="Read in a session only, never by the link of an e-mail.",
    )
    annexe_ids = fields.One2many("mairie.annexe", "point_id", "Documents", copy=True)
    annexe_count = fields.Integer("Documents count", compute="_compute_annexe_count")
    has_note = fields.Boolean(compute="_compute_has_note")
    origin_id = fields.Many2one(
        "mairie.point", "Taken up from", ondelete="restrict", copy=False
    )
    state = fields.Selection(related="seance_id.state")

    _matiere_format = models.Constraint(
        r"CHECK (matiere_code ~ '^[1-9]\.[0-9]{1,2}$')",
        "A matter code is a figure, a point and one or two figures: 7.1.",
    )

    @api.depends("seance_id.point_ids.sequence")
    def _compute_rank(self):
        for seance in self.seance_id:
            points = seance.point_ids.sorted(
                lambda point: (point.sequence, point._origin.id)
            )
            for rank, point in enumerate(points, 1):
                point.rank = rank
        self.filtered(lambda point: not point.seance_id).rank = 0

    @api.depends("annexe_ids")
    def _compute_annexe_count(self):
        for point in self:
            point.annexe_count = len(point.annexe_ids)

    @api.depends("note", "annexe_ids.kind")
    def _compute_has_note(self):
        for point in self:
            written = not is_html_empty(point.note)
            point.has_note = written or "note" in point.annexe_ids.mapped("kind")

    @api.depends("rank", "name")
    def _compute_display_name(self):
        for point in self:
            point.display_name = f"{point.rank}. {point.name}"

    @api.model_create_multi
    def create(self, vals_list):
        points = super().create(vals_list)
        points._check_agenda_open()
        return points

    def write(self, vals):
        if not self._get_free_fields().issuperset(vals):
            self._check_agenda_open()
        result = super().write(vals)
        if "seance_id" in vals:
            self._check_agenda_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_while_open(self):
        self._check_agenda_open()

    def _get_free_fields(self):
        """Return the fields that may change once the members are convened."""
        return set()

    def _check_agenda_open(self):
        """Refuse to change what the members have received."""
        for seance in self.seance_id:
            if seance.state not in ("draft", "ready"):
                raise UserError(
                    self.env._(
                        "The members have received this agenda. Reopen the "
                        "preparation to change it: they will be convened again."
                    )
                )
